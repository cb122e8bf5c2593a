import * as fc from 'fast-check';
import type { JsonObject } from '../../../analysis/graph';
import { estimate, explainDifference } from '../../../analysis/pricing';
import type { Difference, Estimate } from '../../../analysis/pricing';
import { graphOf, smallBook } from './support';

const old = smallBook([
  ['droplet', 's-small', 'month', '48'],
  ['droplet', 's-big', 'month', '96'],
  ['droplet', 'backups-weekly', 'percent-of-resource', '20'],
  ['volume', 'block-storage', 'GB-month', '0.1'],
]);
const dearer = smallBook([
  ['droplet', 's-small', 'month', '50'],
  ['droplet', 's-big', 'month', '96'],
  ['droplet', 'backups-weekly', 'percent-of-resource', '20'],
  ['volume', 'block-storage', 'GB-month', '0.12'],
]);

type Resources = Readonly<Record<string, JsonObject>>;

const small = { 'digitalocean_droplet.app': { size: 's-small' } };
const big = { 'digitalocean_droplet.app': { size: 's-big' } };

function cost(resources: Resources, book = old): Estimate {
  return estimate(graphOf(resources), book);
}

function summary(difference: Difference): readonly string[] {
  const lines = difference.lines.map(
    (line) =>
      `${line.kind} ${line.name}: ${line.before.toFixed(2)} -> ${line.after.toFixed(2)}, price ${line.byPrice.toFixed(2)}, change ${line.byChange.toFixed(2)}`,
  );
  return [...lines, `price ${difference.byPrice.toFixed(2)}, change ${difference.byChange.toFixed(2)}`];
}

describe('a changed price and a changed resource are told apart', () => {
  test.each<[string, Estimate, Estimate, readonly string[]]>([
    ['nothing', cost(small), cost(small), ['price 0.00, change 0.00']],
    [
      'the price changed',
      cost(small),
      cost(small, dearer),
      ['changed droplet s-small: 48.00 -> 50.00, price 2.00, change 0.00', 'price 2.00, change 0.00'],
    ],
    [
      'you changed it',
      cost(small),
      cost(big),
      [
        'added droplet s-big: 0.00 -> 96.00, price 0.00, change 96.00',
        'removed droplet s-small: 48.00 -> 0.00, price 0.00, change -48.00',
        'price 0.00, change 48.00',
      ],
    ],
    [
      'a bigger droplet does not make its backups dearer',
      cost({ 'digitalocean_droplet.app': { size: 's-small', backups: true } }),
      cost({ 'digitalocean_droplet.app': { size: 's-big', backups: true } }),
      [
        'added droplet s-big: 0.00 -> 96.00, price 0.00, change 96.00',
        'removed droplet s-small: 48.00 -> 0.00, price 0.00, change -48.00',
        'removed weekly backups: 9.60 -> 0.00, price 0.00, change -9.60',
        'added weekly backups: 0.00 -> 19.20, price 0.00, change 19.20',
        'price 0.00, change 57.60',
      ],
    ],
    [
      'both at once: 100 GB at 0.10, then 150 GB at 0.12',
      cost({ 'digitalocean_volume.v': { size: 100 } }),
      cost({ 'digitalocean_volume.v': { size: 150 } }, dearer),
      ['changed block storage: 10.00 -> 18.00, price 2.00, change 6.00', 'price 2.00, change 6.00'],
    ],
  ])('%s', (_, before, after, expected) => expect(summary(explainDifference(before, after))).toEqual(expected));

  test('the two add up exactly, whatever changes', () => {
    const resources = fc.array(fc.record({ size: fc.constantFrom('s-small', 's-big'), backups: fc.boolean() }), { maxLength: 5 });
    const volumes = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 5 });
    const named = fc
      .tuple(resources, volumes)
      .map(([droplets, sizes]): Resources =>
        Object.fromEntries([
          ...droplets.map((body, index) => [`digitalocean_droplet.d${index}`, body]),
          ...sizes.map((size, index) => [`digitalocean_volume.v${index}`, { size }]),
        ]),
      );
    fc.assert(
      fc.property(named, named, fc.boolean(), (a, b, repriced) => {
        const [before, after] = [cost(a), cost(b, repriced ? dearer : old)];
        const difference = explainDifference(before, after);
        expect(difference.byPrice.plus(difference.byChange).toFixed()).toBe(after.monthly.minus(before.monthly).toFixed());
        if (!repriced) expect(difference.byPrice.toFixed()).toBe('0');
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });
});
