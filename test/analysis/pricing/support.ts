import type { Decimal } from 'decimal.js';
import { graphFromSynthesis } from '../../../analysis/graph';
import type { JsonObject, ResourceGraph } from '../../../analysis/graph';
import { digitalOceanBook, estimate, priceBook } from '../../../analysis/pricing';
import type { Estimate, PriceBook, Usage } from '../../../analysis/pricing';
import { inStep, sum } from '../../../analysis/pricing/arithmetic';
import type { PriceTuple } from '../../../catalog/prices';

/** The book that the release carries. */
export const book = digitalOceanBook();

/** A graph of resources, `{ 'digitalocean_droplet.app': { size: ... } }`. */
export function graphOf(resources: Readonly<Record<string, JsonObject>>): ResourceGraph {
  const types: Record<string, Record<string, JsonObject>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type = '', name = ''] = address.split('.');
    types[type] = { ...types[type], [name]: body };
  }
  return graphFromSynthesis({ resource: types });
}

/** What these resources cost. */
export function bill(resources: Readonly<Record<string, JsonObject>>, usage: Usage = {}): Estimate {
  return estimate(graphOf(resources), book, usage);
}

/** Lines that cost something, as `name quantity unit x price = amount`. */
export function lines(of: Estimate): readonly string[] {
  return of.lines
    .filter((line) => !line.high.isZero())
    .map((line) => `${line.name}: ${line.quantity.toFixed()} ${line.unit} x ${line.price.toFixed()} = ${line.monthly.toFixed(2)}`);
}

/** A book with these rows alone. */
export function smallBook(
  rows: readonly (readonly [service: string, sku: string, unit: string, amount: string])[],
  asOf = '2026-01-01',
): PriceBook {
  const tuples = rows.map(([service, sku, unit, amount]): PriceTuple => [service, sku, 'all', unit, amount, 0, asOf, 'verified']);
  return priceBook([{ provider: 'digitalocean', sources: ['a test'], rows: tuples }]);
}

/** What a quantity costs, each part of it at the price of its step. Steps ascend and begin at 0. */
export function steppedCost(quantity: Decimal, steps: readonly { readonly from: Decimal; readonly price: Decimal }[]): Decimal {
  return sum(steps.map(({ from, price }, index) => inStep(quantity, from, steps[index + 1]?.from).times(price)));
}
