import { oldest, sum, sumBands } from './arithmetic';
import { zero } from './decimal';
import type { Band, Estimate, EstimateLine } from './estimate-types';

/** Lines and all that is summed over them. */
export type Totals = Pick<Estimate, 'low' | 'monthly' | 'high' | 'committed' | 'lines' | 'unverifiedShare' | 'oldestPrice'>;

/** The sums of lines, which are of cents already: a total is what a reader gets who adds up the lines. */
export function totalsOf(lines: readonly EstimateLine[]): Totals {
  const monthly = monthlySum(lines);
  const unverified = monthlySum(lines.filter((line) => line.confidence !== 'verified'));
  const oldestPrice = oldest(lines.map((line) => line.asOf));
  return {
    low: sum(lines.map((line) => line.low)),
    monthly,
    high: sum(lines.map((line) => line.high)),
    committed: sumBands(lines.map((line) => line.committed ?? listAmounts(line))),
    lines,
    unverifiedShare: monthly.isZero() ? zero : unverified.div(monthly),
    ...(oldestPrice === undefined ? {} : { oldestPrice }),
  };
}

/** What a line costs at its list price. */
export function listAmounts(line: Pick<EstimateLine, 'low' | 'monthly' | 'high'>): Band {
  return { low: line.low, typical: line.monthly, high: line.high };
}

function monthlySum(lines: readonly EstimateLine[]): EstimateLine['monthly'] {
  return sum(lines.map((line) => line.monthly));
}
