/** Four shards of as many buckets each, as tier 5 begins. */
export const quarters = { 'shard-1': ['0-255'], 'shard-2': ['256-511'], 'shard-3': ['512-767'], 'shard-4': ['768-1023'] };

/** A fifth shard with what the four have given it. */
export const fifths = {
  'shard-1': ['0-204'],
  'shard-2': ['256-460'],
  'shard-3': ['512-716'],
  'shard-4': ['768-972'],
  'shard-5': ['205-255', '461-511', '717-767', '973-1023'],
};
