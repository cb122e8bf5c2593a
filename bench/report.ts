import { columns } from '../cli/table';
import { pairedRatio, spread, type Comparison, type Spread } from './measure';

/** One line of the benchmark: what we took, what the floor took, and how far apart the two may be. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'MB';
  /** Processor time in ms, or memory in MB (10^6 bytes): the median. */
  readonly ours: number;
  /** What we are held against; `null` where the limit is a figure of its own. */
  readonly floor: number | null;
  /** Typical quotient of the two, round by round; `null` without a floor. */
  readonly ratio: number | null;
  /** The most that `ratio` may be, or `ours` where there is no floor. */
  readonly limit: number;
  readonly ok: boolean;
  readonly spread: { readonly ours: Spread; readonly floor: Spread | null };
  /** The same by the clock, for information: other work on the machine lengthens it. */
  readonly wall?: { readonly ours: number; readonly floor: number; readonly ratio: number };
}

/** What the benchmark says, for machines. */
export interface Report {
  readonly node: string;
  readonly ok: boolean;
  readonly rows: readonly Row[];
}

/** A row about time: the limit holds for the ratio of processor times. */
export function timeRow(what: string, limit: number, { ours, floor }: Comparison): Row {
  const cpu = { ours: ours.map((each) => each.cpu), floor: floor.map((each) => each.cpu) };
  const wall = { ours: ours.map((each) => each.wall), floor: floor.map((each) => each.wall) };
  const spreads = { ours: spread(cpu.ours), floor: spread(cpu.floor) };
  const ratio = pairedRatio(cpu.ours, cpu.floor);
  return {
    what,
    unit: 'ms',
    ours: spreads.ours.median,
    floor: spreads.floor.median,
    ratio,
    limit,
    ok: ratio <= limit,
    spread: spreads,
    wall: { ours: spread(wall.ours).median, floor: spread(wall.floor).median, ratio: pairedRatio(wall.ours, wall.floor) },
  };
}

/** A row about peak memory, in MB: no run may go over the limit. */
export function memoryRow(what: string, limit: number, figures: readonly number[]): Row {
  const ours = spread(figures);
  return { what, unit: 'MB', ours: ours.median, floor: null, ratio: null, limit, ok: ours.max <= limit, spread: { ours, floor: null } };
}

/** A row about time with a limit of its own, in ms: the median counts. */
export function figureRow(what: string, limit: number, figures: readonly number[]): Row {
  const ours = spread(figures);
  return { what, unit: 'ms', ours: ours.median, floor: null, ratio: null, limit, ok: ours.median <= limit, spread: { ours, floor: null } };
}

export function report(rows: readonly Row[]): Report {
  return { node: process.version, ok: rows.every(({ ok }) => ok), rows };
}

const head = ['what', 'ours', 'floor', 'ratio', 'limit', 'ok', 'ours min..max', 'floor min..max', 'by the clock'];

/** The rows as a table for a terminal. */
export function table(rows: readonly Row[]): string {
  return columns([head, ...rows.map(cells)]).join('\n');
}

function cells({ what, unit, ours, floor, ratio, limit, ok, spread: spreads, wall }: Row): string[] {
  return [
    what,
    amount(ours, unit),
    floor === null ? '-' : amount(floor, unit),
    ratio === null ? '-' : ratio.toFixed(2),
    ratio === null ? amount(limit, unit) : String(limit),
    ok ? 'yes' : 'NO',
    range(spreads.ours),
    spreads.floor === null ? '-' : range(spreads.floor),
    wall === undefined ? '-' : `${amount(wall.ours, unit)} / ${amount(wall.floor, unit)} = ${wall.ratio.toFixed(2)}`,
  ];
}

function amount(figure: number, unit: Row['unit']): string {
  return `${digits(figure)} ${unit}`;
}

function range({ min, max }: Spread): string {
  return `${digits(min)}..${digits(max)}`;
}

function digits(figure: number): string {
  return figure.toFixed(figure < 100 ? 1 : 0);
}
