/** What one run of something took, in milliseconds. */
export interface Sample {
  /** Processor time, user and system, of all threads. */
  readonly cpu: number;
  readonly wall: number;
}

/** How figures of one kind are spread. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One way to do the work that is measured. */
export interface Contestant {
  /** Runs the work once and says what it took. */
  readonly run: () => Sample;
  /** Runs in each round; their mean counts, because the garbage of many runs is collected in one of them. @default 1 */
  readonly repeats?: number;
}

/** What two contestants took, round by round. */
export interface Comparison {
  readonly ours: readonly Sample[];
  readonly floor: readonly Sample[];
}

export interface Rounds {
  /** Rounds that are run first and not counted, in which code is loaded and compiled. */
  readonly warmUp: number;
  readonly counted: number;
}

/** Runs both in turns, so that whatever else the machine does meets both. */
export function compare(ours: Contestant, floor: Contestant, { warmUp, counted }: Rounds): Comparison {
  const rounds = Array.from({ length: warmUp + counted }, (_, index) => round(ours, floor, index));
  const kept = rounds.slice(warmUp);
  return { ours: kept.map((each) => each.ours), floor: kept.map((each) => each.floor) };
}

/** Who begins changes from round to round, because the second finds the caches as the first left them. */
function round(ours: Contestant, floor: Contestant, index: number): { readonly ours: Sample; readonly floor: Sample } {
  if (index % 2 === 0) return { ours: mean(ours), floor: mean(floor) };
  const first = mean(floor);
  return { ours: mean(ours), floor: first };
}

function mean({ run, repeats = 1 }: Contestant): Sample {
  const samples = Array.from({ length: repeats }, run);
  const sum = samples.reduce((one, other) => ({ cpu: one.cpu + other.cpu, wall: one.wall + other.wall }));
  return { cpu: sum.cpu / repeats, wall: sum.wall / repeats };
}

/**
 * Times work within this process. Garbage is not collected beforehand: a forced collection throws optimized code away too, which
 * would cost a small piece of work as much again as the work itself.
 */
export function timed(work: () => void): Sample {
  const began = process.cpuUsage();
  const clock = performance.now();
  work();
  const wall = performance.now() - clock;
  const { user, system } = process.cpuUsage(began);
  return { cpu: (user + system) / 1000, wall };
}

/**
 * The typical quotient of two rows of figures, pair by pair. A disturbance lasts longer than a round, so it mostly meets both
 * figures of a pair and cancels out, where it would shift one of two medians.
 */
export function pairedRatio(ours: readonly number[], floor: readonly number[]): number {
  return median(ours.map((each, index) => each / (floor[index] ?? Number.NaN)));
}

/** Smallest, middle and largest of at least one figure. */
export function spread(figures: readonly number[]): Spread {
  return { min: Math.min(...figures), median: median(figures), max: Math.max(...figures) };
}

/** The middle of at least one figure; of an even number, the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2;
}
