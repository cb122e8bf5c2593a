import type { CapacityReport } from './report';

/** A month as the model counts it: 365 / 12 days. */
const daysPerMonth = 365 / 12;
const millisecondsPerDay = 86_400_000;

/** Farther than that nobody plans, and dates lose their meaning. */
const horizonDays = 3650;

/** When a limit is reached while the load grows. */
export interface Reached {
  readonly component: string;
  readonly limit: string;
  /** Users at which it is reached. */
  readonly at: number;
  /** ISO date; undefined where it is more than ten years away. */
  readonly date: string | undefined;
  /** ISO date by which to begin the promotion: the lead time before; today where that has passed. */
  readonly beginBy: string | undefined;
}

/**
 * The dates on which limits are reached, the first one first.
 * @param growthPerMonth 0.1 is a tenth more each month
 * @param today ISO date; this room has no clock
 */
export function growthDates(report: CapacityReport, growthPerMonth: number, today: string): readonly Reached[] {
  const users = report.load.users[report.load.basis].value;
  const limits = report.components.flatMap(({ id, limits: all }) =>
    all.flatMap((one) => (one.at === undefined ? [] : [{ component: id, limit: one.name, at: one.at }])),
  );
  return limits
    .sort((a, b) => a.at - b.at)
    .map((one) => ({ ...one, ...datesOf(one.at / users, growthPerMonth, report.load.constants.leadTimeDays, today) }));
}

/** Days until a load has grown to a multiple; infinite where it never does. */
export function daysUntil(multiple: number, growthPerMonth: number): number {
  if (multiple <= 1) return 0;
  return growthPerMonth <= 0 ? Number.POSITIVE_INFINITY : (Math.log(multiple) / Math.log1p(growthPerMonth)) * daysPerMonth;
}

function datesOf(multiple: number, growthPerMonth: number, leadDays: number, today: string): Pick<Reached, 'date' | 'beginBy'> {
  const days = daysUntil(multiple, growthPerMonth);
  if (days > horizonDays) return { date: undefined, beginBy: undefined };
  return { date: dayAfter(today, days), beginBy: dayAfter(today, Math.max(0, days - leadDays)) };
}

/** The ISO date so many whole days later. */
export function dayAfter(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + Math.floor(days) * millisecondsPerDay).toISOString().slice(0, 10);
}
