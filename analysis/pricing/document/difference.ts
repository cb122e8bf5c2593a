import type { Difference, LineDifference } from '../difference';
import type { Estimate } from '../estimate-types';
import { money } from '../json';
import type { DifferenceDocument } from './schema';

/** One side of a comparison. */
export interface Side {
  /** File, folder or environment. */
  readonly input: string;
  readonly estimate: Estimate;
}

/** The difference of two estimates as the document that `--json` prints. */
export function differenceDocument(before: Side, after: Side, difference: Difference): DifferenceDocument {
  const of = (kind: LineDifference['kind']): DifferenceDocument['added'] =>
    difference.lines.filter((line) => line.kind === kind).map(lineText);
  return {
    format: 'terrace-estimate-diff/1',
    currency: 'USD',
    before: { input: before.input, monthly: money(difference.before) },
    after: { input: after.input, monthly: money(difference.after) },
    difference: money(difference.after.minus(difference.before)),
    byPrice: money(difference.byPrice),
    byChange: money(difference.byChange),
    added: of('added'),
    removed: of('removed'),
    changed: of('changed'),
    unpriced: { before: unpriced(before.estimate), after: unpriced(after.estimate) },
    notes: [...notes],
  };
}

const notes: readonly string[] = [
  'Typical month at list prices, before tax. byPrice: the same quantity of the same product at another price. byChange: everything else. The two add up to the difference, in each line and in all.',
  'A line is the same line where address and product are; another product at the same address is one line removed and one added.',
];

function lineText({
  kind,
  address,
  type,
  component,
  name,
  before,
  after,
  byPrice,
  byChange,
}: LineDifference): DifferenceDocument['added'][number] {
  return {
    kind,
    address,
    type,
    component,
    name,
    before: money(before),
    after: money(after),
    byPrice: money(byPrice),
    byChange: money(byChange),
  };
}

function unpriced(estimate: Estimate): string[] {
  return estimate.unpriced.map((one) => (one.part === undefined ? one.address : `${one.address}, ${one.part}`));
}
