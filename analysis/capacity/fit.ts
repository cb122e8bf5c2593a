import type { Problem } from '../../values/errors';
import { rounded } from '../../values/measure';
import { metricsNotValid } from './errors';
import type { Basis } from './load-input';
import { metricNames, type Sample } from './metrics';

/** A growth that was fitted, with the interval in which it lies with 95 % confidence. */
export interface Fit {
  readonly basis: Basis;
  /** Users on the last day, by the fitted line. */
  readonly users: number;
  /** In a month: 0.1 is a tenth more. */
  readonly growthPerMonth: { readonly low: number; readonly typical: number; readonly high: number };
  /** The last day that was measured, ISO. */
  readonly lastDay: string;
  /** Measured days. */
  readonly days: number;
  /** Days that lie more than three times the usual distance from the line, and moved it hardly. */
  readonly outliers: number;
}

const millisecondsPerDay = 86_400_000;
const daysPerMonth = 365 / 12;

/** Pairs of days grow with the square of their number; a fit needs no more. */
const mostDays = 800;
/** A line through less is a guess. */
const leastDays = 7;

/**
 * Fits exponential growth to a metric by the median of the slopes between all pairs of days (Theil and Sen), which gaps and up to
 * 29 % of outliers hardly move. The interval is that of the ranks of the slopes (Kendall).
 * Source: P. K. Sen, Journal of the American Statistical Association 63, 1968.
 * @throws TerraceError `CAPACITY_METRICS_NOT_VALID` when no metric has a week of days, or when two metrics contradict each other
 */
export function fitLoad(samples: readonly Sample[]): Fit {
  const contradicting = contradictions(samples);
  if (contradicting.length > 0) throw metricsNotValid(contradicting);
  const [best] = Object.entries(metricNames)
    .map(([metric, basis]) => ({ basis, points: dailyMedians(samples.filter((sample) => sample.metric === metric)) }))
    .sort((a, b) => b.points.length - a.points.length);
  if (best === undefined || best.points.length < leastDays)
    throw metricsNotValid([
      {
        code: 'CAPACITY_METRIC',
        where: 'file',
        message: `The longest metric covers ${best?.points.length ?? 0} days. Allowed: at least ${leastDays}.`,
      },
    ]);
  return fitLine(best.basis, best.points);
}

/** Fewer can be there at a time than come on a day, and fewer come on a day than there are. */
const parts = [
  ['concurrent_users', 'daily_users'],
  ['daily_users', 'total_users'],
  ['concurrent_users', 'total_users'],
] as const;

/** Days on which a part was measured larger than its whole: one or both of the metrics count something else. The first day of each pair. */
function contradictions(samples: readonly Sample[]): readonly Problem[] {
  const metrics = new Map(
    Object.keys(metricNames).map((metric) => [
      metric,
      new Map(dailyMedians(samples.filter((sample) => sample.metric === metric)).map(({ day, log }) => [day, log])),
    ]),
  );
  return parts.flatMap(([part, whole]) => {
    const all = metrics.get(whole);
    const days = [...(metrics.get(part) ?? [])]
      .filter(([day, log]) => log > (all?.get(day) ?? Number.POSITIVE_INFINITY))
      .map(([day]) => day);
    if (days[0] === undefined) return [];
    return [
      {
        code: 'CAPACITY_METRIC',
        where: new Date(days[0] * millisecondsPerDay).toISOString().slice(0, 10),
        message: `${part} are more than ${whole}, on ${days.length} of the days. Both cannot be: give one of the two, or correct it.`,
      },
    ];
  });
}

interface Point {
  /** Days since 1970. */
  readonly day: number;
  /** Logarithm of the users, in which steady growth is a line. */
  readonly log: number;
}

/** Days between slopes are too many in a long history: an even choice of days keeps its first and last. */
function dailyMedians(samples: readonly Sample[]): readonly Point[] {
  const days = new Map<number, number[]>();
  for (const { time, value } of samples) {
    const day = Math.floor(time / millisecondsPerDay);
    days.set(day, [...(days.get(day) ?? []), value]);
  }
  const points = [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, values]) => ({ day, log: Math.log(quantile(values.sort(ascending), 0.5)) }));
  const step = Math.max(1, (points.length - 1) / (mostDays - 1));
  return points.length <= mostDays
    ? points
    : Array.from({ length: mostDays }, (_, index) => points[Math.round(index * step)]).flatMap((point) => point ?? []);
}

function fitLine(basis: Basis, points: readonly Point[]): Fit {
  const slopes = slopesOf(points);
  const slope = quantile(slopes, 0.5);
  const last = points.at(-1)?.day ?? 0;
  const heights = points.map(({ day, log }) => log - slope * (day - last)).sort(ascending);
  const height = quantile(heights, 0.5);
  const [low, high] = interval(slopes, points.length);
  return {
    basis,
    users: Math.max(1, Math.round(Math.exp(height))),
    growthPerMonth: { low: monthly(low), typical: monthly(slope), high: monthly(high) },
    lastDay: new Date(last * millisecondsPerDay).toISOString().slice(0, 10),
    days: points.length,
    outliers: outliersOf(heights, height),
  };
}

function slopesOf(points: readonly Point[]): readonly number[] {
  const slopes = points.flatMap((to, index) => points.slice(0, index).map((from) => (to.log - from.log) / (to.day - from.day)));
  return slopes.sort(ascending);
}

/** Ranks of the slopes that bound the median slope with 95 % confidence, by the variance of Kendall's statistic. */
function interval(slopes: readonly number[], days: number): readonly [number, number] {
  const reach = 1.96 * Math.sqrt((days * (days - 1) * (2 * days + 5)) / 18);
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? 0;
  return [at((slopes.length - reach) / 2 - 1), at((slopes.length + reach) / 2)];
}

/** A line through these heights with this spread: 1.4826 makes the median distance a standard deviation. */
function outliersOf(heights: readonly number[], height: number): number {
  const distances = heights.map((one) => Math.abs(one - height)).sort(ascending);
  const usual = Math.max(1e-9, quantile(distances, 0.5) * 1.4826);
  return distances.filter((distance) => distance > 3 * usual).length;
}

function monthly(slopePerDay: number): number {
  return rounded(Math.expm1(slopePerDay * daysPerMonth), 4);
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** A quantile of sorted values, between neighbours where it falls between them. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}
