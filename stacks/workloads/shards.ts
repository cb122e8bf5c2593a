/** Which buckets a shard holds, both ends included. */
export interface ShardRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Names of a tier's shards, in the order in which they came. */
export function shardNames(shards: number): string[] {
  return Array.from({ length: shards }, (_, index) => `shard-${index + 1}`);
}

/** The buckets dealt out evenly. @throws never: that they can be is checked with the tier (`connections.ts`) */
export function shardRanges(shards: number, buckets: number): ShardRange[] {
  const each = buckets / shards;
  return shardNames(shards).map((name, index) => ({ name, from: index * each, to: (index + 1) * each - 1 }));
}
