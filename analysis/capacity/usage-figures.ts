import type { Decimal } from 'decimal.js';
import { decimal } from '../pricing/decimal';
import type { UsageFigure } from '../pricing/usage';

/** Days in a month: 365 / 12. */
export const daysPerMonth = decimal(365).div(12);

/** Assumption: a low month is half of the typical one, a high one twice. */
const spread = { low: 0.5, high: 2 } as const;

/** A figure with a low and a high month around it. */
export function around(typical: Decimal, assumption: string): UsageFigure {
  return { low: typical.times(spread.low), typical, high: typical.times(spread.high), assumption };
}

/** Where users were counted on another basis, the daily ones may be a fraction. */
export function people(users: number): string {
  return decimal(users).toDecimalPlaces(1).toFixed();
}
