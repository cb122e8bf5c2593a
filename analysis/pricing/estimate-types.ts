import type { Decimal } from 'decimal.js';
import type { PriceConfidence } from '../../catalog/prices';

/** A figure that rests on several prices has the weakest of their confidences. */
export type Confidence = PriceConfidence;

/** A quantity or an amount that is not certain. Always low <= typical <= high. */
export interface Band {
  readonly low: Decimal;
  readonly typical: Decimal;
  readonly high: Decimal;
}

/** One line of a monthly bill. Amounts are US dollars, already rounded to cents. */
export interface EstimateLine {
  readonly component: string;
  readonly address: string;
  /** Resource type. */
  readonly type: string;
  /** What is paid for: `droplet s-4vcpu-8gb`. */
  readonly name: string;
  /** What is bought, for comparing two estimates: `digitalocean/droplet/s-4vcpu-8gb`. */
  readonly product: string;
  /** Quantities per month; `quantity` is the typical one. */
  readonly quantity: Decimal;
  readonly quantities: Band;
  readonly unit: string;
  /** US dollars per unit, unrounded. */
  readonly price: Decimal;
  readonly low: Decimal;
  readonly monthly: Decimal;
  readonly high: Decimal;
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY` where no more is known. */
  readonly asOf: string;
  readonly confidence: Confidence;
  /** What the quantity rests on where no resource states it. */
  readonly assumption?: string;
  /** Of a price in steps: what the steps are of, and the quantity a month from which this one holds. */
  readonly step?: { readonly of: string; readonly from: Decimal };
  /** The same quantity with a commitment of one year, where the provider sells it, the book has it and it is cheaper. */
  readonly committed?: CommittedPrice;
}

/** A unit price under a commitment of one year, and what the line costs with it. Amounts are in cents. */
export interface CommittedPrice extends Band {
  readonly product: string;
  readonly price: Decimal;
  readonly source: string;
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** A resource that costs nothing, and why. */
export interface FreeResource {
  readonly component: string;
  readonly address: string;
  readonly type: string;
  readonly reason: string;
}

/** A resource, or a part of one, whose cost is not known. Never counted as zero. */
export interface UnpricedResource {
  readonly component: string;
  readonly address: string;
  readonly type: string;
  /** Which part, where the rest of the resource is priced. */
  readonly part?: string;
  readonly reason: string;
}

/**
 * What a graph of resources costs per month at list prices, before tax. Each line is rounded half up to cents and the
 * totals are the sums of the rounded lines, so that a reader who adds the column gets the total.
 */
export interface Estimate {
  readonly currency: 'USD';
  readonly low: Decimal;
  /** The typical month. */
  readonly monthly: Decimal;
  readonly high: Decimal;
  /** The same total where everything that can be committed to for a year is; never above the list price. */
  readonly committed: Band;
  /** Sorted by component, address, name. */
  readonly lines: readonly EstimateLine[];
  readonly free: readonly FreeResource[];
  readonly unpriced: readonly UnpricedResource[];
  /** Date of the oldest price used, `YYYY-MM-DD` or `YYYY`; absent when nothing was priced. */
  readonly oldestPrice?: string;
  /** Share of `monthly` that rests on prices that were not read in a source, 0 to 1. */
  readonly unverifiedShare: Decimal;
  /** Conventions and assumptions that a reader of the figures needs. */
  readonly notes: readonly string[];
}
