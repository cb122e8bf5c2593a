import type { ShardedDatabase, ShardRange } from './sharded-database';

export type { ShardRange } from './sharded-database';

/** What a shard map says, by the names of shards: ranges as they are written, `0-255` or `7`. A shard with none has just come. */
export type WrittenShards = Readonly<Record<string, readonly string[]>>;

type Sharded = Pick<ShardedDatabase, 'shards' | 'buckets' | 'map'>;

/** Names of a database's shards, in the order in which they came. */
export function shardNames(shards: number): string[] {
  return Array.from({ length: shards }, (_, index) => `shard-${index + 1}`);
}

/** The map of a database, in the order of its buckets: its own, or its buckets dealt out in runs, which differ in length by one at most. */
export function shardRanges({ shards, buckets, map }: Sharded): readonly ShardRange[] {
  const first = (index: number): number => Math.floor((index * buckets) / shards);
  return map ?? shardNames(shards).map((name, index) => ({ name, from: first(index), to: first(index + 1) - 1 }));
}

/** A database as an environment's own map has it. */
export function withMap<Database extends Sharded>(database: Database, written: WrittenShards): Database {
  const map = Object.entries(written)
    .flatMap(([name, ranges]) => ranges.map((range) => ({ name, ...bounds(range) })))
    .sort((one, other) => one.from - other.from);
  return { ...database, shards: Object.keys(written).length, map };
}

/** What is wrong with a map, all at once: buckets in no shard or in several, shares that differ by more than one. */
export function mapFaults(database: Sharded): readonly string[] {
  return [...misplaced(database), ...uneven(database)];
}

function bounds(range: string): { readonly from: number; readonly to: number } {
  const [from = 0, to = from] = range.split('-').map(Number);
  return { from, to };
}

function misplaced(database: Sharded): readonly string[] {
  const ranges = shardRanges(database);
  const reversed = ranges.filter(({ from, to }) => from > to).map(({ from, to }) => `${from}-${to} ends before it begins`);
  const held = ranges.flatMap(({ from, to }) =>
    Array.from({ length: Math.max(0, Math.min(to, database.buckets) - from + 1) }, (_, index) => from + index),
  );
  const times = new Map<number, number>();
  for (const bucket of held) times.set(bucket, (times.get(bucket) ?? 0) + 1);
  const all = Array.from({ length: database.buckets }, (_, bucket) => bucket);
  return [
    ...reversed,
    ...counted(
      all.filter((bucket) => !times.has(bucket)),
      'is in no shard',
      'are in no shard',
    ),
    ...counted(
      all.filter((bucket) => (times.get(bucket) ?? 0) > 1),
      'is in more than one shard',
      'are in more than one shard',
    ),
    ...ranges.filter(({ to }) => to >= database.buckets).map(({ to }) => `${to} is no bucket: they run from 0 to ${database.buckets - 1}`),
  ];
}

function counted(buckets: readonly number[], one: string, several: string): readonly string[] {
  const [first] = buckets;
  if (first === undefined) return [];
  return [buckets.length === 1 ? `bucket ${first} ${one}` : `${buckets.length} buckets, ${first} the first, ${several}`];
}

/** Shards that hold something, each with how many buckets. */
function shares(database: Sharded): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { name, from, to } of shardRanges(database)) sums.set(name, (sums.get(name) ?? 0) + Math.max(0, to - from + 1));
  return sums;
}

/** A shard that has just come holds nothing, which is no unevenness: its buckets come when their rows have. */
function uneven(database: Sharded): readonly string[] {
  const sums = [...shares(database).entries()];
  const counts = sums.map(([, count]) => count);
  if (Math.max(...counts) - Math.min(...counts) <= 1) return [];
  return [`shards hold ${sums.map(([name, count]) => `${count} (${name})`).join(', ')} buckets, which differ by more than one`];
}
