import type { Environment } from '../../environments/schema';
import { goesAgain, goesThrough, Journey, type Pair, rows } from '../stacks/transition/journey';
import { type Clouds, patience, type Stage, stage } from '../stacks/transition/support';
import { type Emulator, needsAws, startEmulator } from '../support/aws-emulator';
import { startProvider, withoutOwnSettings } from '../support/aws-stack';
import { legible } from '../support/legible';
import { scratch } from '../support/scratch';

const withAws = needsAws();

const aws: Partial<Environment> = { platform: 'aws', region: 'us-east-1', gpu: { spot: false, otherwise: 'cpu' } };

/** Of one region each: an alias of the provider needs a process of its own. */
const pairs: readonly Pair[] = [
  { from: 'tier1', to: 'tier2', more: aws },
  { from: 'tier2', to: 'tier3', more: aws },
  { from: 'tier2', to: 'tier3', how: ', data moved', reversible: true, more: aws },
  { from: 'tier3', to: 'tier4', more: aws },
];

describe('promotions by hashicorp/aws 5.100.0 on moto and our patches', () => {
  const started: Emulated[] = [];
  afterAll(() => started.forEach(({ clouds }) => void clouds.stop()));

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
  const provider = await startProvider(room, room, { ...withoutOwnSettings(), ...emulator.env });
  const stop = (): void => {
    provider.process.kill();
    emulator.stop();
  };
  return { clouds: { reattach: provider.reattach, remember: true, stop }, emulator };
}
