import type { Decimal } from 'decimal.js';
import type { Confidence } from '../estimate-types';
import type { Product } from '../mapping/types';

/** One dated price. */
export interface Price {
  readonly product: Product;
  /** What one `amount` buys. In units ending in `-included` the amount is an allowance, in `percent-*` a percentage. */
  readonly unit: string;
  /** US dollars per unit. */
  readonly amount: Decimal;
  /** Quantity a month from which it holds: 0 but for the further steps of a price in steps. */
  readonly from: Decimal;
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` where no more is known. */
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** Dated unit prices. Knows no Terraform. */
export interface PriceBook {
  /** The price of a product per this unit, of its first step; undefined when the book does not have it. Never that of another region. */
  find(product: Product, unit: string): Price | undefined;
  /** All steps of that price, ascending from 0; empty when the book does not have it. */
  steps(product: Product, unit: string): readonly Price[];
  /** The SKUs of a service, for naming the nearest one to an unknown. */
  skus(provider: string, service: string): readonly string[];
  /** Regions in which the book has a price for this SKU, whatever region was asked for; sorted. */
  regions(product: Product): readonly string[];
  /** Every row, sorted by product, unit and step. */
  readonly rows: readonly Price[];
}
