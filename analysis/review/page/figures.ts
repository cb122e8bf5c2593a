import type { Decimal } from 'decimal.js';
import { decimal } from '../../pricing/decimal';
import { grouped } from '../../../values/grouped';
import { rounded } from '../../../values/measure';
import { type CapacityReport, uncountedSentence } from '../../capacity';
import type { Review } from '../review';
import type { Row } from './model';
import { listed } from './text';

/** The bill: the sum first, then what changes. Nothing where nothing does. */
export function moneyRows({ cost }: Review): readonly Row[] {
  const { before, after } = cost;
  if (isSame(cost)) return [];
  return [
    {
      label: 'a typical month',
      before: dollars(before.typical),
      after: dollars(after.typical),
      change: signed(after.typical.minus(before.typical)),
    },
    ...(isCertain(before) && isCertain(after)
      ? []
      : [
          { label: 'a quiet month', before: dollars(before.low), after: dollars(after.low), change: signed(after.low.minus(before.low)) },
          {
            label: 'a busy month',
            before: dollars(before.high),
            after: dollars(after.high),
            change: signed(after.high.minus(before.high)),
          },
        ]),
    ...cost.components.map((one) => ({
      label: one.component,
      before: dollars(one.before),
      after: dollars(one.after),
      change: signed(one.after.minus(one.before)),
    })),
  ];
}

function isSame({ before, after, byPrice, components }: Review['cost']): boolean {
  return (
    before.low.equals(after.low) &&
    before.typical.equals(after.typical) &&
    before.high.equals(after.high) &&
    byPrice.isZero() &&
    components.length === 0
  );
}

function isCertain({ low, high }: Review['cost']['before']): boolean {
  return low.equals(high);
}

/** What has to be known to read the figures. */
export function moneyNotes({ cost, budget, counts }: Review): readonly string[] {
  const { byPrice, after, unpriced } = cost;
  const changes = Object.values(counts).some((count) => count > 0);
  return [
    ...(isSame(cost) ? [`The same before and after: ${dollars(after.typical)} in a typical month.`] : []),
    ...(budget === undefined ? [] : [budgetNote(after.typical, decimal(budget))]),
    ...(byPrice.isZero() ? [] : [`${signed(byPrice)} of the change come from other prices for the same.`]),
    ...(unpriced.length === 0 || !changes
      ? []
      : [
          `In no figure, because no price is known: ${unpriced.length <= 8 ? listed(unpriced) : `${unpriced.slice(0, 8).join(', ')} and ${unpriced.length - 8} more`}.`,
        ]),
    `US dollars a month at list prices before tax. ${cost.assumption}`,
  ];
}

function budgetNote(typical: Decimal, budget: Decimal): string {
  return typical.greaterThan(budget)
    ? `The budget of ${dollars(budget)} is exceeded by ${dollars(typical.minus(budget))}.`
    : `Within the budget of ${dollars(budget)}.`;
}

function dollars(amount: Decimal): string {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  return `$${grouped(whole)}.${cents}`;
}

function signed(amount: Decimal): string {
  if (amount.isZero()) return '0';
  return `${amount.isNegative() ? '-' : '+'}${dollars(amount.abs())}`;
}

/** What it carries. */
export function capacityRows({ capacity }: Review): readonly Row[] {
  if (capacity === undefined) return [];
  const { before, after } = capacity;
  const row = (label: string, read: (report: CapacityReport) => string): Row => {
    const [was, is] = [before === undefined ? '' : read(before), after === undefined ? '' : read(after)];
    return { label, before: was, after: is, change: was === is ? 'the same' : 'changes' };
  };
  return [
    row('daily users it carries', (report) => (report.binding === undefined ? 'not bounded' : grouped(report.binding.at))),
    row('limit that binds first', (report) =>
      report.binding === undefined ? 'none known' : `${report.binding.component}: ${report.binding.limit}`,
    ),
    row('times its load', (report) =>
      Number.isFinite(report.headroom) ? `${rounded(report.headroom, 3)}${report.carries ? '' : ', too little'}` : 'not bounded',
    ),
    row(
      'availability by its parts',
      (report) => `${report.availability.percent} %${report.availability.meets ? '' : `, below ${report.availability.objectivePercent} %`}`,
    ),
    row('fails alone', (report) =>
      report.singlePointsOfFailure.length === 0 ? 'nothing' : report.singlePointsOfFailure.map(({ component }) => component).join(', '),
    ),
  ];
}

/** Whose load it is. */
export function capacityNotes({ capacity }: Review): readonly string[] {
  if (capacity === undefined) return ['What it carries is not known: the stacks hold no tier of Terrace.'];
  if (capacity.before === undefined && capacity.after === undefined)
    return ['What it carries could not be computed: a size is not in the catalog, or the platform is not modelled.'];
  const uncounted = (capacity.after ?? capacity.before)?.uncounted ?? [];
  return [`Under ${capacity.load}.`, ...uncounted.map((one) => `Not counted: ${uncountedSentence(one)}`)];
}
