import type { Work } from '../engine/work';
import { identifier } from './session';

/** Buckets that rows are spread over before they are spread over shards: a shard is a range of them, so that resharding moves ranges. */
export const BUCKETS = 1024;

/** The first and last bucket of a shard. */
export function bucketsOf(index: number, count: number): readonly [number, number] {
  return [Math.floor((index * BUCKETS) / count), Math.floor(((index + 1) * BUCKETS) / count) - 1];
}

/** Which rows a shard holds. Only built-in immutable functions are allowed in the filter of a publication. */
export function shardFilter(key: string, index: number, count: number): string {
  const [first, last] = bucketsOf(index, count);
  return `(hashint8extended(${identifier(key)}, 0) & ${BUCKETS - 1}) between ${first} and ${last}`;
}

/** The shard that holds a bucket. */
export function shardOf(bucket: number, count: number): number {
  return Math.floor(((bucket + 1) * count - 1) / BUCKETS);
}

/** Whether a table of this name is spread over the shards. */
export function isSplit(work: Pick<Work, 'settings' | 'sides'>): (table: string) => boolean {
  const keys = work.sides.target.length > 1 ? (work.settings.shardKeys ?? {}) : {};
  return (table) => keys[table] !== undefined;
}
