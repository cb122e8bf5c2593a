import type { Decimal } from 'decimal.js';
import type { Estimate, EstimateLine } from './estimate-types';

/** One line of an estimate in JSON: money with two places, unit prices and quantities as they are, all as texts. */
export interface EstimateLineJson {
  readonly component: string;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly product: string;
  readonly quantity: string;
  readonly quantities: { readonly low: string; readonly typical: string; readonly high: string };
  readonly unit: string;
  readonly price: string;
  readonly low: string;
  readonly monthly: string;
  readonly high: string;
  readonly source: string;
  readonly asOf: string;
  readonly confidence: string;
  readonly assumption: string | null;
}

/** An estimate in JSON. `monthly` is the typical month. */
export interface EstimateJson {
  readonly currency: 'USD';
  readonly low: string;
  readonly monthly: string;
  readonly high: string;
  readonly oldestPrice: string | null;
  readonly unverifiedShare: string;
  readonly lines: readonly EstimateLineJson[];
  readonly free: readonly { readonly component: string; readonly address: string; readonly type: string; readonly reason: string }[];
  readonly unpriced: readonly {
    readonly component: string;
    readonly address: string;
    readonly type: string;
    readonly part: string | null;
    readonly reason: string;
  }[];
  readonly notes: readonly string[];
}

/** An estimate as plain data for `JSON.stringify`: the same estimate always gives the same bytes. */
export function estimateToJson(estimate: Estimate): EstimateJson {
  return {
    currency: estimate.currency,
    low: money(estimate.low),
    monthly: money(estimate.monthly),
    high: money(estimate.high),
    oldestPrice: estimate.oldestPrice ?? null,
    unverifiedShare: estimate.unverifiedShare.toDecimalPlaces(4).toFixed(),
    lines: estimate.lines.map(lineToJson),
    free: estimate.free.map(({ component, address, type, reason }) => ({ component, address, type, reason })),
    unpriced: estimate.unpriced.map(({ component, address, type, part, reason }) => ({
      component,
      address,
      type,
      part: part ?? null,
      reason,
    })),
    notes: estimate.notes,
  };
}

function lineToJson(line: EstimateLine): EstimateLineJson {
  const { component, address, type, name, product, unit, source, asOf, confidence } = line;
  const { low, typical, high } = line.quantities;
  return {
    component,
    address,
    type,
    name,
    product,
    quantity: line.quantity.toFixed(),
    quantities: { low: low.toFixed(), typical: typical.toFixed(), high: high.toFixed() },
    unit,
    price: line.price.toFixed(),
    low: money(line.low),
    monthly: money(line.monthly),
    high: money(line.high),
    source,
    asOf,
    confidence,
    assumption: line.assumption ?? null,
  };
}

/** Money as a text with two places: `48.00`. */
export function money(amount: Decimal): string {
  return amount.toFixed(2);
}
