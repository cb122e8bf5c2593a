/** Units in which loads and limits are measured. One spelling each, so that the compiler tells them apart. */
export type Unit =
  | 'users'
  | 'requests/s'
  | 'workflows/s'
  | 'transactions/s'
  | 'operations/s'
  | 'completions/s'
  | 'tokens/s'
  | 'handshakes/s'
  | 'uploads/s'
  | 'connections'
  | 'vCPU'
  | 'GiB'
  | 'GB'
  | 'Mbit/s'
  | 'vectors'
  | 'queries/s'
  | 'messages/s'
  | 'messages'
  | 'MB/s'
  | 'nodes'
  | 'pools';

/** A number with its unit. Measures of different units cannot be compared or added: the compiler refuses. */
export interface Measure<U extends Unit> {
  readonly value: number;
  readonly unit: U;
}

/** What happens on average over a month, and in the busiest hour. */
export interface Rate<U extends Unit> {
  readonly average: Measure<U>;
  readonly peak: Measure<U>;
}

/** Gigabytes (10^9 bytes) in a gibibyte (2^30 bytes). */
export const gbPerGib = 1.073741824;

/** A number with its unit. */
export function measure<U extends Unit>(value: number, unit: U): Measure<U> {
  return { value, unit };
}

/** An average and its peak. */
export function rate<U extends Unit>(average: number, peak: number, unit: U): Rate<U> {
  return { average: measure(average, unit), peak: measure(peak, unit) };
}

/** The part of a whole that is used: 0.5 is half. Of a whole of nothing, any use is infinitely much. */
export function shareOf<U extends Unit>(used: Measure<U>, capacity: Measure<NoInfer<U>>): number {
  if (used.value === 0) return 0;
  return capacity.value === 0 ? Number.POSITIVE_INFINITY : used.value / capacity.value;
}

/** The sum of measures of one unit. */
export function total<U extends Unit>(first: Measure<U>, ...rest: readonly Measure<NoInfer<U>>[]): Measure<U> {
  return measure(
    rest.reduce((sum, one) => sum + one.value, first.value),
    first.unit,
  );
}

/** A number with at most this many digits that mean something, for people and for files that must not depend on the last bit. */
export function rounded(value: number, digits = 6): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
