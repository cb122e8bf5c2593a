import * as fc from 'fast-check';
import type { JsonObject } from '../../../analysis/graph';
import {
  csvText,
  type Estimate,
  estimate,
  estimateDocument,
  explainDifference,
  differenceDocument,
  groupings,
  groupsOf,
  listBook,
  markdownText,
  reportOf,
  spotOffers,
  terminalText,
  usageFigure,
  withLlm,
} from '../../../analysis/pricing';
import { ageInDays, isOld } from '../../../analysis/pricing/age';
import { sum } from '../../../analysis/pricing/arithmetic';
import { decimal } from '../../../analysis/pricing/decimal';
import { estimateFromDocument } from '../../../analysis/pricing/document/read';
import { productOf } from '../../../analysis/pricing/product-text';
import { productText } from '../../../analysis/pricing';
import { graphOf, steppedCost } from './support';

const seed = { seed: 20261121, numRuns: 100 };
const book = listBook();

const resource = fc.oneof(
  fc
    .record({ size: fc.constantFrom('s-1vcpu-1gb', 's-4vcpu-8gb', 'gpu-l40sx1-48gb', 'none'), backups: fc.boolean() })
    .map((body): [string, JsonObject] => ['digitalocean_droplet', body]),
  fc.record({ size: fc.integer({ min: 1, max: 9999 }) }).map((body): [string, JsonObject] => ['digitalocean_volume', body]),
  fc.constantFrom<[string, JsonObject]>(
    ['digitalocean_spaces_bucket', {}],
    ['digitalocean_vpc', {}],
    ['acme_widget', {}],
    ['digitalocean_custom_image', {}],
  ),
);
const resources = fc
  .array(resource, { maxLength: 8 })
  .map((list): Readonly<Record<string, JsonObject>> => Object.fromEntries(list.map(([type, body], index) => [`${type}.r${index}`, body])));
const figure = fc.tuple(fc.nat(99_999), fc.nat(99_999), fc.nat(99_999)).map((ends) => {
  const [low = 0, typical = 0, high = 0] = [...ends].sort((a, b) => a - b);
  return usageFigure(low, typical, high, 'given');
});
const estimates = fc.tuple(resources, figure, figure, fc.boolean()).map(([all, egressGb, tokens, llm]): Estimate => {
  const priced = estimate(graphOf(all), book, { total: { egressGb } });
  return llm ? withLlm(priced, [{ model: 'openai/gpt-5-mini', inputMillion: tokens, outputMillion: tokens }], book) : priced;
});

describe('an estimate, its document and its reports say the same', () => {
  test('a document read back is the same estimate', () => {
    fc.assert(
      fc.property(estimates, (before) => {
        const document = estimateDocument(before);
        const after = estimateFromDocument(JSON.parse(JSON.stringify(document)), 'a document');
        expect(estimateDocument(after)).toEqual(document);
        expect(explainDifference(before, after).lines).toEqual([]);
      }),
      seed,
    );
  });

  test('the two parts of a difference of two documents add up to it, in each line and in all', () => {
    fc.assert(
      fc.property(estimates, estimates, (before, after) => {
        const cents = (text: string): bigint => BigInt(text.replace('.', ''));
        const document = differenceDocument(
          { input: 'a', estimate: before },
          { input: 'b', estimate: after },
          explainDifference(before, after),
        );
        expect(cents(document.byPrice) + cents(document.byChange)).toBe(cents(document.difference));
        expect(cents(document.after.monthly) - cents(document.before.monthly)).toBe(cents(document.difference));
        const lines = [...document.added, ...document.removed, ...document.changed];
        for (const line of lines) expect(cents(line.byPrice) + cents(line.byChange)).toBe(cents(line.after) - cents(line.before));
        expect(lines.reduce((total, line) => total + cents(line.after) - cents(line.before), 0n)).toBe(cents(document.difference));
      }),
      seed,
    );
  });

  test('sums by component, resource and service are the total, and the total with tokens is low <= typical <= high', () => {
    fc.assert(
      fc.property(estimates, (one) => {
        for (const by of groupings) {
          const groups = groupsOf(one.lines, by);
          expect(sum(groups.map((group) => group.monthly)).toFixed()).toBe(one.monthly.toFixed());
          expect(sum(groups.map((group) => group.committed)).toFixed()).toBe(one.committed.typical.toFixed());
        }
        expect(one.low.lte(one.monthly) && one.monthly.lte(one.high) && one.committed.typical.lte(one.monthly)).toBe(true);
      }),
      seed,
    );
  });

  test('every form names every resource that has no price, and the same input gives the same bytes', () => {
    fc.assert(
      fc.property(estimates, (one) => {
        const context = { spot: spotOffers(one.lines, book) };
        const texts = [
          terminalText(reportOf(one, context)).replace(/\s+/g, ' '),
          csvText(one),
          JSON.stringify(estimateDocument(one, context)),
        ];
        for (const { address } of one.unpriced) for (const text of texts) expect(text).toContain(address);
        expect(markdownText(reportOf(one, context))).toBe(markdownText(reportOf(one, context)));
      }),
      { ...seed, numRuns: 40 },
    );
  });
});

describe('monotone', () => {
  const total = (body: JsonObject, type: string): number => estimate(graphOf({ [`${type}.x`]: body }), book).monthly.toNumber();

  test.each<[string, (n: number) => number]>([
    ['count of droplets', (n) => total({ count: n, size: 's-1vcpu-1gb' }, 'digitalocean_droplet')],
    ['size of a volume', (n) => total({ size: n }, 'digitalocean_volume')],
    [
      'nodes of a database',
      (n) => total({ engine: 'pg', size: 'db-s-4vcpu-8gb', node_count: Math.min(n, 3) }, 'digitalocean_database_cluster'),
    ],
    ['nodes of a pool', (n) => total({ size: 's-4vcpu-8gb', node_count: n }, 'digitalocean_kubernetes_node_pool')],
  ])('in %s', (_, cost) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), (n, more) =>
        expect(cost(n + more)).toBeGreaterThanOrEqual(cost(n)),
      ),
      { ...seed, numRuns: 30 },
    );
  });

  test('a larger droplet of one family costs more', () => {
    const family = ['s-1vcpu-1gb', 's-1vcpu-2gb', 's-2vcpu-4gb', 's-4vcpu-8gb', 's-8vcpu-16gb'].map((size) =>
      total({ size }, 'digitalocean_droplet'),
    );
    expect([...family].sort((a, b) => a - b)).toEqual(family);
  });
});

test('every tiered price of the book is continuous at its boundaries: a little more costs a little more', () => {
  const tiered = book.rows.filter((row) => !row.from.isZero());
  expect(tiered.length).toBeGreaterThan(0);
  for (const { product, unit } of tiered) {
    const tiers = book.steps(product, unit).map((price) => ({ from: decimal(price.from), price: decimal(price.amount) }));
    const dearest = tiers.reduce((most, tier) => (tier.price.gt(most) ? tier.price : most), decimal(0));
    expect(tiers[0]?.from.toFixed()).toBe('0');
    for (const { from } of tiers.slice(1)) {
      const [below, at, above] = [from.minus('0.001'), from, from.plus('0.001')].map((quantity) => steppedCost(quantity, tiers));
      expect(
        at?.minus(below ?? 0).lte(dearest.times('0.001')) === true &&
          above?.minus(at ?? 0).lte(dearest.times('0.001')) === true &&
          above.gte(at ?? 0),
      ).toBe(true);
    }
  }
});

test('a product is read back from its text', () => {
  for (const { product } of book.rows)
    expect(productText(productOf(productText(product)) ?? { provider: '', service: '', sku: '' })).toBe(productText(product));
  expect(productOf('digitalocean/droplet/backups-weekly of digitalocean/droplet/s-1vcpu-1gb')).toBeUndefined();
});

test.each([
  ['2026-11-21', 0, false],
  ['2026-08-23', 90, false],
  ['2026-08-22', 91, true],
  ['2026-08', 112, true],
  ['2025', 689, true],
])('a price of %s is %i days old', (asOf, days, old) => {
  expect([ageInDays(asOf, '2026-11-21'), isOld(asOf, '2026-11-21')]).toEqual([days, old]);
});
