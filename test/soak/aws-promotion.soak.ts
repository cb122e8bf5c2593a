import type { Environment } from '../../environments/schema';
import { type Journey, type Pair, goesThrough, rows } from '../stacks/transition/journey';
import { type Clouds, patience, type Stage, stage } from '../stacks/transition/support';
import { type Emulator, needsAws, startEmulator } from '../support/aws-emulator';
import { startProvider, withoutOwnSettings } from '../support/aws-stack';
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

  for (const [name, pair] of rows(pairs))
    withAws.concurrent(
      `${name}: applied phase by phase, all the way back, and to the end`,
      async () => {
        const emulated = await start();
        started.push(emulated);
        const place = await stage(emulated.clouds);
        await goesThrough(place, pair, (journey, began) => thereAgain(place, journey, began));
        expect(emulated.emulator.gaps()).toEqual([]);
      },
      6 * patience,
    );
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

/** From a switched state back to where it began, as far as a resize allows, and there again. */
async function thereAgain(place: Stage, journey: Journey, began: readonly string[]): Promise<void> {
  const phases = journey.phases.filter((phase) => phase !== 'contract');
  // What a provider has resized, nobody makes smaller.
  if (phases.includes('migrate')) return;
  await journey.apply('migrate');
  await journey.apply('rollback');
  expect(place.addresses()).toEqual(began);
  expect(await journey.plain(journey.environment)).toEqual({});
  for (const phase of phases) await journey.apply(phase);
}
