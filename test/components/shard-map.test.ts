import fc from 'fast-check';
import { mapFaults, shardNames, shardRanges, withMap } from '../../components/shard-map';

const seed = { seed: 20261121, numRuns: 200 };
const five = { shards: 5, buckets: 1024 };

test('five shards of 1,024 buckets hold 205 each, but for one', () => {
  expect(shardRanges(five).map(({ from, to }) => to - from + 1)).toEqual([204, 205, 205, 205, 205]);
  expect(mapFaults(five)).toEqual([]);
});

test('however many shards: every bucket lies in one, in runs that differ by one at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 64, max: 2048 }), (shards, buckets) => {
      const ranges = shardRanges({ shards, buckets });
      expect(ranges.map(({ name }) => name)).toEqual(shardNames(shards));
      expect(ranges.map(({ from }) => from)).toEqual([0, ...ranges.slice(0, -1).map(({ to }) => to + 1)]);
      expect(ranges.at(-1)?.to).toBe(buckets - 1);
      expect(mapFaults({ shards, buckets })).toEqual([]);
    }),
    seed,
  );
});

test('a map of its own is kept in the order of the buckets; a shard without any has just come', () => {
  const database = withMap(five, { 'shard-2': ['512-1023'], 'shard-1': ['0-510', '511'], 'shard-3': [] });
  expect(database).toEqual({
    shards: 3,
    buckets: 1024,
    map: [
      { name: 'shard-1', from: 0, to: 510 },
      { name: 'shard-1', from: 511, to: 511 },
      { name: 'shard-2', from: 512, to: 1023 },
    ],
  });
  expect(mapFaults(database)).toEqual([]);
});

test('everything that is wrong with a map is told at once', () => {
  expect(mapFaults(withMap(five, { 'shard-1': ['0-9', '20-11'], 'shard-2': ['9-1024'] }))).toEqual([
    '20-11 ends before it begins',
    'bucket 9 is in more than one shard',
    '1024 is no bucket: they run from 0 to 1023',
    'shards hold 10 (shard-1), 1016 (shard-2) buckets, which differ by more than one',
  ]);
  expect(mapFaults(withMap(five, { 'shard-1': [] }))).toEqual(['1024 buckets, 0 the first, are in no shard']);
  expect(mapFaults(withMap(five, { 'shard-1': ['0-511'], 'shard-2': ['512-1022'] }))).toEqual(['bucket 1023 is in no shard']);
});
