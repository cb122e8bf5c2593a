/** Prices older than this many days are told as old: many move by the month. */
export const oldAfterDays = 90;

const millisecondsPerDay = 86_400_000;

/** Days from the date of a price to this day. A date without a day or month counts as its first day. @param today YYYY-MM-DD */
export function ageInDays(asOf: string, today: string): number {
  const first = asOf.length === 4 ? `${asOf}-01-01` : asOf.length === 7 ? `${asOf}-01` : asOf;
  return Math.floor((Date.parse(today) - Date.parse(first)) / millisecondsPerDay);
}

/** Whether a price of this date is old on this day. */
export function isOld(asOf: string, today: string): boolean {
  return ageInDays(asOf, today) > oldAfterDays;
}
