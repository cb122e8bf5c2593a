import { Decimal } from 'decimal.js';

/** One price that a provider publishes, in the words of the book. */
export interface Offer {
  readonly provider: string;
  readonly service: string;
  readonly sku: string;
  readonly region: string;
  readonly unit: string;
  /** US dollars, a plain decimal number. */
  readonly price: string;
  readonly source: string;
  /** YYYY-MM-DD */
  readonly asOf: string;
  /** For a price under a commitment: the row of the list price of the same. */
  readonly list?: { readonly service: string; readonly sku: string };
}

/** A price as plain decimal digits; undefined for what is no price above 0. Lists hold zeros for what is not sold. */
export function priceText(given: string | number): string | undefined {
  if (!/^\d+(\.\d+)?(e-?\d+)?$/i.test(String(given))) return undefined;
  const price = new Decimal(given);
  return price.isFinite() && price.gt(0) ? price.toFixed() : undefined;
}
