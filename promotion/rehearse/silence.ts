/** A stretch of time, in milliseconds of one clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest time between two acknowledgements, of those that touch a stretch and none of some others. */
export function longestSilence(moments: readonly number[], within: Stretch, without: readonly Stretch[] = []): number {
  const gaps = moments.slice(1).map((to, index): Stretch => ({ from: moments[index] ?? to, to }));
  const counted = gaps.filter((gap) => touches(gap, within) && !without.some((other) => touches(gap, other)));
  return Math.round(Math.max(0, ...counted.map(({ from, to }) => to - from)));
}

function touches(one: Stretch, other: Stretch): boolean {
  return one.from <= other.to && one.to >= other.from;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : Math.round(((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2);
}

/** Numbers from 0 up to 1 that the seed alone decides. mulberry32, by Tommy Ettinger, public domain. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
