import { checkLoad, plantOf } from '../../../analysis/capacity';
import { estimate, listBook } from '../../../analysis/pricing';
import {
  cheapestVariation,
  type Knob,
  knobsOf,
  offerOf,
  type StoredTier,
  storedTiers,
  type Variation,
  withOption,
} from '../../../analysis/selection';
import { soak } from '../../support/soak';

const book = listBook();

describe('variations', () => {
  /** Combinations multiply with everything that can be larger. */
  const few = (knob: Knob): Knob => ({ ...knob, options: knob.options.slice(0, soak ? 5 : 3) });

  /** Every combination of options. */
  function all(stored: StoredTier, knobs: readonly Knob[]): readonly Variation[] {
    return knobs.reduce<readonly Variation[]>(
      (so, knob) => so.flatMap((variation) => knob.options.map((option) => withOption(variation, knob, option))),
      [{ graph: stored.graph, plant: stored.plant, changes: [] }],
    );
  }

  const price = ({ graph }: Variation): number => estimate(graph, book).monthly.toNumber();

  // What has parts without a price is not offered, however large.
  const priced = storedTiers.filter(({ graph }) => estimate(graph, book).unpriced.length === 0);

  test.each(priced.map((stored) => [stored.tier.id, stored] as const))(
    'the cheapest of %s equals the cheapest of all combinations',
    (_id, stored) => {
      const knobs = knobsOf(stored).map(few);
      const prices = all(stored, knobs).map((variation) => ({ variation, monthly: price(variation) }));
      for (const users of [50, 130, 300, 600, 1000, 2000, 5000]) {
        const checked = checkLoad({ users, overrides: { requestsPerMinute: 60, storageKilobytesPerUser: 100 } });
        const carrying = prices.filter(
          ({ variation }) => offerOf({ ...stored, graph: variation.graph, plant: variation.plant }, { checked }, book).reasons.length === 0,
        );
        const found = cheapestVariation(stored, checked, knobs);
        const least = Math.min(...carrying.map(({ monthly }) => monthly));
        expect(found === undefined ? Number.POSITIVE_INFINITY : price(found)).toBe(least);
      }
    },
    120_000,
  );

  test('what an option does to the resources is what it says of the machines', () => {
    for (const stored of storedTiers) {
      for (const knob of knobsOf(stored)) {
        for (const option of knob.options) {
          const { graph, plant } = withOption({ graph: stored.graph, plant: stored.plant, changes: [] }, knob, option);
          expect(plantOf(stored.tier, graph)).toEqual(plant);
        }
      }
    }
  });

  test('options ascend in price, the stock first', () => {
    for (const stored of storedTiers) {
      for (const { options } of knobsOf(stored)) {
        const estimates = options
          .slice(0, 12)
          .map((option) => estimate(option.graph(stored.graph), book))
          .filter(({ unpriced }) => unpriced.length === 0);
        const prices = estimates.map(({ monthly }) => monthly.toNumber());
        expect(prices).toEqual([...prices].sort((a, b) => a - b));
      }
    }
  });
});
