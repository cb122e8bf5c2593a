import type { Problem } from '../../values/errors';
import { nearest } from '../../values/nearest';
import { metricsNotValid } from './errors';
import type { Basis } from './load-input';

/** Metrics that a load is fitted from, and what each counts. */
export const metricNames: Readonly<Record<string, Basis>> = { daily_users: 'daily', total_users: 'total', concurrent_users: 'concurrent' };

/** One measurement. */
export interface Sample {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly metric: string;
  readonly value: number;
}

const header = 'time,metric,value';

/** More rows than that are an export of something else. */
const mostRows = 1_000_000;
/** Problems that are listed; a file with more has one cause. */
const mostProblems = 20;

/**
 * A metrics export: CSV of time, metric, value, with ISO 8601 times that all have the same form of time zone.
 * @throws TerraceError `CAPACITY_METRICS_NOT_VALID` with all problems (the first twenty)
 */
export function parseMetrics(csv: string): readonly Sample[] {
  const [first = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const rows = lines.map((line, index) => ({ line, number: index + 2 })).filter(({ line }) => line.trim() !== '');
  const problems = [
    ...headerProblems(first),
    ...(rows.length > mostRows ? [problem('line 1', `The file has ${rows.length} rows. Allowed: at most ${mostRows}.`)] : []),
  ];
  if (problems.length > 0) throw metricsNotValid(problems);
  const read = rows.map(({ line, number }) => readRow(line, number));
  const wrong = [
    ...read.flatMap(({ problems: found }) => found),
    ...zoneProblems(read.flatMap(({ zone }) => zone ?? [])),
    ...(rows.length === 0 ? [problem('line 2', 'The file has no rows.')] : []),
  ];
  if (wrong.length > 0)
    throw metricsNotValid(
      wrong.length > mostProblems ? [...wrong.slice(0, mostProblems), problem('file', `and ${wrong.length - mostProblems} more`)] : wrong,
    );
  return read.flatMap(({ sample }) => sample ?? []);
}

function headerProblems(line: string): readonly Problem[] {
  if (line.trim() === header) return [];
  const sorted = (text: string): string =>
    text
      .split(',')
      .map((cell) => cell.trim())
      .sort()
      .join();
  const hint = sorted(line) === sorted(header) ? ' The columns are in another order.' : '';
  return [problem('line 1', `The header is "${line.slice(0, 80)}". Allowed: ${header}.${hint}`)];
}

interface Row {
  readonly sample?: Sample;
  readonly zone?: { readonly kind: string; readonly number: number };
  readonly problems: readonly Problem[];
}

const isoTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

function readRow(line: string, number: number): Row {
  const cells = line.split(',').map((cell) => cell.trim());
  const [time = '', metric = '', value = ''] = cells;
  if (cells.length !== 3) return { problems: [problem(`line ${number}`, `The row has ${cells.length} cells. Allowed: 3, ${header}.`)] };
  const zone = isoTime.exec(time);
  const milliseconds = Date.parse(time.length === 10 || zone?.[1] !== undefined ? time : `${time}Z`);
  const problems = [
    ...(zone === null || Number.isNaN(milliseconds)
      ? [problem(`line ${number}`, `"${time.slice(0, 40)}" is no time. Allowed: ISO 8601, like 2026-11-21 or 2026-11-21T15:00:00Z.`)]
      : []),
    ...metricProblems(metric, number),
    ...valueProblems(value, number),
  ];
  if (problems.length > 0) return { problems };
  return {
    sample: { time: milliseconds, metric, value: Number(value) },
    zone: { kind: time.length === 10 ? 'no time of day' : (zone?.[1] ?? 'no time zone'), number },
    problems,
  };
}

function metricProblems(metric: string, number: number): readonly Problem[] {
  if (Object.hasOwn(metricNames, metric)) return [];
  const near = nearest(metric, Object.keys(metricNames));
  return [
    problem(
      `line ${number}`,
      `"${metric.slice(0, 40)}" is no metric of a load. Allowed: ${Object.keys(metricNames).join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    ),
  ];
}

function valueProblems(value: string, number: number): readonly Problem[] {
  const parsed = value === '' ? Number.NaN : Number(value);
  return Number.isFinite(parsed) && parsed > 0
    ? []
    : [
        problem(
          `line ${number}`,
          `"${value.slice(0, 40)}" is no number of users. Allowed: a number above 0; leave out what was not measured.`,
        ),
      ];
}

/** One export has one time zone; two are two exports, or daylight saving, which shifts days. */
function zoneProblems(zones: readonly { readonly kind: string; readonly number: number }[]): readonly Problem[] {
  const [first] = zones;
  const other = zones.find(({ kind }) => kind !== first?.kind);
  if (first === undefined || other === undefined) return [];
  return [
    problem(
      `line ${other.number}`,
      `The time has ${zoneText(other.kind)}, that of line ${first.number} has ${zoneText(first.kind)}. Allowed: one form for all, best UTC.`,
    ),
  ];
}

function zoneText(kind: string): string {
  return kind.startsWith('no ') ? kind : `time zone ${kind}`;
}

function problem(where: string, message: string): Problem {
  return { code: 'CAPACITY_METRIC', where, message };
}
