/**
 * How far a price can be trusted: read in a source, calculated from one that was, or remembered.
 * `verified` says that the figure was read, not that it is today's: look at its date.
 */
export type PriceConfidence = 'verified' | 'computed' | 'recalled';

/**
 * One price: service, SKU, region (`all` where it does not vary), unit, amount as a decimal text, index of its source,
 * date (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), confidence, and for a tier beyond the first the quantity a month from which
 * it holds. A tuple, because a provider has thousands.
 */
export type PriceTuple = readonly [
  service: string,
  sku: string,
  region: string,
  unit: string,
  amount: string,
  source: number,
  asOf: string,
  confidence: PriceConfidence,
  from?: string,
];

/** The prices of one provider, in US dollars, before tax. Compiled from the file of the same name beside the table. */
export interface PriceTable {
  readonly provider: string;
  readonly sources: readonly string[];
  readonly rows: readonly PriceTuple[];
}
