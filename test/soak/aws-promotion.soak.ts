import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { goesAgain, goesThrough, Journey, type Pair, rows } from '../stacks/transition/journey';
import { startStandin } from '../../terraform/standin/server';
import { type Clouds, patience, type Stage, stage, together } from '../stacks/transition/support';
import { type Emulator, needsAws, startEmulator } from '../support/aws-emulator';
import { startProviders } from '../support/aws-provider';
import { withoutOwnSettings } from '../support/aws-stack';
import { legible } from '../support/legible';
import { scratch } from '../support/scratch';

const withAws = needsAws();

const aws: Partial<Environment> = {
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2', 'eu-west-1'],
  gpu: { spot: false, otherwise: 'cpu' },
};

const there = { platform: 'aws', region: 'us-east-1' } as const;

const pairs: readonly Pair[] = [
  { from: 'tier1', to: 'tier2', more: aws },
  { from: 'tier2', to: 'tier3', more: aws },
  { from: 'tier2', to: 'tier3', how: ', data moved', reversible: true, more: aws },
  { from: 'tier3', to: 'tier4', more: aws },
  { from: 'tier4', to: 'tier5', more: aws },
  { from: 'tier5', to: 'tier6', more: aws },
  // From DigitalOcean, whose half is applied on the stand-in.
  { from: 'tier1', to: 'tier1', there },
  { from: 'tier2', to: 'tier2', there },
  { from: 'tier3', to: 'tier3', there },
  { from: 'tier4', to: 'tier4', there, more: { region: 'tor1', gpu: { spot: false, otherwise: 'cpu' } } },
];

describe('promotions by hashicorp/aws 5.100.0 on moto and our patches', () => {
  const started: Emulated[] = [];
  afterAll(async () => Promise.all(started.map(async ({ clouds }) => clouds.stop())));

  const emulated = (name: string, work: (place: Stage) => Promise<unknown>): void =>
    withAws.concurrent(
      name,
      async () => {
        const cloud = await start();
        started.push(cloud);
        const place = await stage(cloud.clouds);
        await legible(() => work(place));
        expect(cloud.emulator.gaps()).toEqual([]);
      },
      6 * patience,
    );

  // What a provider has resized, nobody makes smaller: from there no way leads back.
  for (const [name, pair] of rows(pairs))
    if (new Journey({} as Stage, pair).phases.includes('migrate'))
      emulated(`${name}: applied phase by phase, to the end`, (place) => goesThrough(place, pair));
    else emulated(`${name}: from a switched state all the way back, and there again to the end`, (place) => goesAgain(place, pair));
});

interface Emulated {
  readonly clouds: Clouds;
  readonly emulator: Emulator;
}

async function start(): Promise<Emulated> {
  const room = scratch('terrace-aws-promotion-');
  const emulator = await startEmulator(room);
  const provider = await startProviders({ folder: room, directory: room, env: { ...withoutOwnSettings(), ...emulator.env } });
  const standin = await startStandin({ state: join(room, 'sandbox.json') });
  const clouds = together({ ...provider, remember: true }, { ...standin, remember: true });
  const stop = async (): Promise<void> => {
    await clouds.stop();
    emulator.stop();
  };
  return { clouds: { ...clouds, stop }, emulator };
}
