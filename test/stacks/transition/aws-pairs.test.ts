import { join } from 'node:path';
import type { Environment } from '../../../environments/schema';
import { startStandin } from '../../../terraform/standin/server';
import { needsAwsProvider } from '../../support/aws-emulator';
import { startEcho } from '../../support/aws-echo';
import type { AwsProvider } from '../../support/aws-provider';
import { scratch } from '../../support/scratch';
import { type Journey, type Pair, goesThrough, rows } from './journey';
import { patience, type Stage, stage, together } from './support';

const withProvider = needsAwsProvider();

const aws: Partial<Environment> = {
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2', 'eu-west-1'],
  gpu: { spot: false, otherwise: 'cpu' },
};

/** Planned by hashicorp/aws 5.100.0 itself, over a state that it planned, with no cloud behind it. */
const pairs: readonly Pair[] = [
  { from: 'tier1', to: 'tier2', more: aws },
  { from: 'tier2', to: 'tier3', rarely: true, more: aws },
  { from: 'tier3', to: 'tier4', rarely: true, more: aws },
  { from: 'tier4', to: 'tier5', rarely: true, more: aws },
  { from: 'tier5', to: 'tier6', rarely: true, more: aws },
];

/** Between two platforms: DigitalOcean's half applied on the stand-in, that of AWS planned by its provider, in one state. */
const between: readonly Pair[] = [{ from: 'tier3', to: 'tier3', rarely: true, there: { platform: 'aws', region: 'us-east-1' } }];

let echo: AwsProvider;
let place: Stage;

beforeEach(async () => {
  echo ??= await startEcho();
  place = await stage(echo);
}, patience);
afterAll(() => echo?.stop());

for (const [name, pair] of rows(pairs)) withProvider(`on AWS, ${name}`, () => goesThrough(place, pair, back), 3 * patience);

for (const [name, pair] of rows(between))
  withProvider(
    `from DigitalOcean, ${name}`,
    async () => {
      const standin = await startStandin({ state: join(scratch(), 'sandbox.json') });
      place = await stage(together(echo, standin));
      try {
        await goesThrough(place, pair, back);
      } finally {
        await standin.stop();
      }
    },
    3 * patience,
  );

/** Writes were led back first, so that the way leads over the phase before. */
async function back(journey: Journey, began: readonly string[]): Promise<void> {
  await place.aside(async () => {
    await journey.apply('migrate');
    await journey.apply('rollback');
    expect(place.addresses()).toEqual(began);
    expect(await journey.plain(journey.environment)).toEqual({});
  });
}
