/** Where a fact comes from and when it held. Every row of the catalog carries both. */
export interface Dated {
  /** The document, page, package or API answer it was read in. */
  readonly source: string;
  /** ISO date, or year and month, or year, as exactly as the source allows. */
  readonly asOf: string;
}
