import { needs } from '../../support/needs';
import { type Pair, goesAgain, goesThrough, rows } from './journey';
import type { Environment } from '../../../environments/schema';
import { patience, type Stage, stage } from './support';

const terraform = needs('terraform');

/** Two regions, and no card that is not sold there. */
const upper: Partial<Environment> = { region: 'tor1', regions: ['ams3'], gpu: { spot: false, otherwise: 'cpu' } };

/** Applied with real Terraform on the stand-in, whose plans follow the provider's own schema. */
const pairs: readonly Pair[] = [
  // For every change this one is led back (rollback.test.ts), rehearsed and run (../../promotion).
  { from: 'tier1', to: 'tier2', rarely: true, closely: true },
  { from: 'tier2', to: 'tier3', rarely: true },
  { from: 'tier2', to: 'tier3', how: ', data moved', reversible: true, closely: true },
  { from: 'tier1', to: 'tier3', rarely: true },
  { from: 'tier3', to: 'tier4', rarely: true, more: upper },
  { from: 'tier2', to: 'tier1', rarely: true },
  { from: 'tier4', to: 'tier5', rarely: true, more: upper },
  { from: 'tier5', to: 'tier4', rarely: true, more: upper },
];

describe.each(rows(pairs))('%s', (_, pair) => {
  let place: Stage;

  beforeAll(async () => {
    place = await stage();
  });
  afterAll(() => place.stop());

  terraform(
    'no phase endangers data, no other stack may do anything, and the end is the target tier',
    () => goesThrough(place, pair),
    patience,
  );
});

/** What a way back leaves standing refuses its names to everybody else. */
const twice: readonly Pair[] = [
  { from: 'tier1', to: 'tier2', rarely: true },
  { from: 'tier2', to: 'tier3', how: ', data moved', reversible: true, rarely: true },
];

for (const [name, pair] of rows(twice))
  terraform(
    `${name}: back from a switched state, and there again to the end`,
    async () => {
      const place = await stage();
      try {
        await goesAgain(place, pair);
      } finally {
        await place.stop();
      }
    },
    2 * patience,
  );
