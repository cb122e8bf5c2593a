import type { Decimal } from 'decimal.js';
import { countOr, isSet, why, type Block } from '../read';
import { type Count, countBetween, whyRange } from '../results';

/** Arguments that say how many of something an autoscaler may run. */
export interface RangeNames {
  readonly low: string;
  readonly high: string;
  readonly wanted: string;
}

/** The count that a group starts with, between its ends; without one the middle of the range is taken. */
export function countOf(block: Block, names: RangeNames, what: string): Count | { readonly reason: string } {
  const [low, high] = [countOr(block, names.low, 0), countOr(block, names.high, 0)];
  if (low === undefined || high === undefined || low.gt(high)) return { reason: whyRange(block, names.low, names.high) };
  if (!isSet(block, names.wanted)) return countBetween(low, high, what) ?? { reason: whyRange(block, names.low, names.high) };
  const wanted = countOr(block, names.wanted, 0);
  if (wanted === undefined) return { reason: why(block, names.wanted) };
  return within(low, wanted, high, what, names.wanted);
}

/** The same, unless usage says how many run on average. */
export function runningOf(block: Block, names: RangeNames, what: string): ReturnType<typeof countOf> {
  const count = countOf(block, names, what);
  const never = !('reason' in count) && count.quantity.isZero() && count.usage === undefined;
  return 'reason' in count || never ? count : { ...count, dependsOn: 'instances' };
}

function within(low: Decimal, wanted: Decimal, high: Decimal, what: string, name: string): Count {
  if (low.eq(high)) return { quantity: low };
  const typical = wanted.lt(low) ? low : wanted.gt(high) ? high : wanted;
  return {
    quantity: typical,
    usage: { low, typical, high, assumption: `${low} to ${high} ${what}; ${name}, ${typical}, is taken as typical` },
  };
}
