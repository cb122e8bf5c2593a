import type { Decimal } from 'decimal.js';
import { compareText } from '../graph/order';
import { sum, toCents } from './arithmetic';
import { zero } from './decimal';
import type { Estimate, EstimateLine } from './estimate-types';

/** How one line changed, in dollars a month of the typical month. */
export interface LineDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly component: string;
  readonly address: string;
  /** Resource type. */
  readonly type: string;
  readonly name: string;
  readonly before: Decimal;
  readonly after: Decimal;
  /** Because the book has another price for the same product: what the old quantity costs more. */
  readonly byPrice: Decimal;
  /** Because the resources, or what they are used for, changed. */
  readonly byChange: Decimal;
}

/** The difference of two estimates. `byPrice` and `byChange` add up to it exactly, in each line and in all. */
export interface Difference {
  readonly before: Decimal;
  readonly after: Decimal;
  readonly byPrice: Decimal;
  readonly byChange: Decimal;
  /** Lines that differ, sorted by component, address, name. */
  readonly lines: readonly LineDifference[];
}

/**
 * Tells a changed price from a changed resource. A line is the same line where address and product are; another product at
 * the same address is one line removed and one added, so that a bigger server is never called dearer.
 */
export function explainDifference(before: Estimate, after: Estimate): Difference {
  const old = indexed(before);
  const now = indexed(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const lines = keys.map((key) => lineDifference(old.get(key), now.get(key))).filter((line) => line !== undefined);
  return {
    before: before.monthly,
    after: after.monthly,
    byPrice: sum(lines.map((line) => line.byPrice)),
    byChange: sum(lines.map((line) => line.byChange)),
    lines: [...lines].sort(
      (a, b) => compareText(a.component, b.component) || compareText(a.address, b.address) || compareText(a.name, b.name),
    ),
  };
}

/** Two lines with one address, product and name (two equal services of an app) are told apart by their order. */
function indexed(estimate: Estimate): ReadonlyMap<string, EstimateLine> {
  const seen = new Map<string, number>();
  return new Map(
    estimate.lines.map((line) => {
      const key = JSON.stringify([line.address, line.product, line.unit, line.name]);
      const times = seen.get(key) ?? 0;
      seen.set(key, times + 1);
      return [`${key}${times}`, line];
    }),
  );
}

function lineDifference(before: EstimateLine | undefined, after: EstimateLine | undefined): LineDifference | undefined {
  const line = after ?? before;
  if (line === undefined) return undefined;
  const [was, is] = [before?.monthly ?? zero, after?.monthly ?? zero];
  const repriced = before === undefined || after === undefined ? was : toCents(after.price.times(before.quantity));
  const [byPrice, byChange] = [repriced.minus(was), is.minus(repriced)];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  if (kind === 'changed' && byPrice.isZero() && byChange.isZero()) return undefined;
  return {
    kind,
    component: line.component,
    address: line.address,
    type: line.type,
    name: line.name,
    before: was,
    after: is,
    byPrice,
    byChange,
  };
}
