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
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY` where no more is known. */
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** Dated unit prices. Knows no Terraform. */
export interface PriceBook {
  /** The price of a product per this unit; undefined when the book does not have it. */
  find(product: Product, unit: string): Price | undefined;
  /** The SKUs of a service, for naming the nearest one to an unknown. */
  skus(provider: string, service: string): readonly string[];
  /** Every row, sorted by product and unit. */
  readonly rows: readonly Price[];
}
