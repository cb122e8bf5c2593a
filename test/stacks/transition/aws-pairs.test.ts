import { join } from 'node:path';
import { startStandin } from '../../../terraform/standin/server';
import { needsAwsProvider } from '../../support/aws-emulator';
import { startEcho } from '../../support/aws-echo';
import type { AwsProvider } from '../../support/aws-provider';
import { legible } from '../../support/legible';
import { scratch } from '../../support/scratch';
import { goesThrough } from './journey';
import { patience, stage, together } from './support';
import { rowsFrom } from './table';

const withProvider = needsAwsProvider();

let echo: Promise<AwsProvider> | undefined;

function echoed(): Promise<AwsProvider> {
  return (echo ??= startEcho());
}
afterAll(async () => (await echo)?.stop());

/** Planned by hashicorp/aws 5.100.0 itself, over a state that it planned, with no cloud behind it. */
for (const [name, row] of rowsFrom({ here: 'aws', there: 'aws' }))
  withProvider.concurrent(
    name,
    async () => {
      const place = await stage(await echoed());
      await legible(() => goesThrough(place, row));
    },
    3 * patience,
  );

/** Between two platforms: DigitalOcean's half applied on the stand-in, that of AWS planned by its provider, in one state. */
for (const [name, row] of rowsFrom({ here: 'digitalocean', there: 'aws' }))
  withProvider.concurrent(
    name,
    async () => {
      const standin = await startStandin({ state: join(scratch(), 'sandbox.json') });
      try {
        const place = await stage(together(await echoed(), standin));
        await legible(() => goesThrough(place, row));
      } finally {
        await standin.stop();
      }
    },
    3 * patience,
  );
