/** A measured figure and where it was measured. */
export interface Measured {
  readonly value: number;
  readonly source: string;
}

/** Gigabytes of the database that the figures were measured on. Source: reference measurements of 2026-11, PostgreSQL 15, 2 shared cores, 1,049 MB. */
const measuredGb = 1.049;

/** What moving a database takes. Measured on 2 shared cores, where the target is the limit: more cores there are faster. */
export const database = {
  copySecondsPerGb: {
    value: 26.9 / measuredGb,
    source: 'promotion.md 1.2: copy by subscription with primary keys only, 26.9 s for 1,049 MB',
  },
  indexSecondsPerGb: { value: 6.8 / measuredGb, source: 'promotion.md 1.2: indexes and foreign keys afterwards, 6.8 s for 1,049 MB' },
  shardCopySecondsPerGb: {
    value: 23.2 / measuredGb,
    source: 'promotion.md 1.2: two shards by row filter, 23.2 s for 1,049 MB; each further shard decodes all of the log once more',
  },
  identitySecondsPerGb: { value: 2.7 / 0.742, source: 'promotion.md 1.4: a unique index on (id, shard key), 2.7 s for 742 MB' },
  dumpSecondsPerGb: {
    value: 24.8 / measuredGb,
    source: 'promotion.md 1.2: pg_dump | pg_restore, 24.8 s for 1,049 MB, all of it without writes',
  },
  dumpAnalyzeSeconds: { value: 3, source: 'promotion.md 1.2: analyze after the restore' },
  appliedPerSecond: { value: 21_000, source: 'promotion.md 1.2: transactions of a backlog that are applied in a second' },
  hashSecondsPerGb: { value: 3.2 / 0.742, source: 'promotion.md 3: sum of row hashes, 3.2 s for 742 MB' },
  /** A disk must hold that much more than the data while they arrive. */
  diskFactor: { value: 1.5, source: 'promotion.md 9, state 2: disk x 1.5' },
} as const satisfies Record<string, Measured>;

/** How long writes stand still. Milliseconds. */
export const pause = {
  typical: { value: 380, source: 'promotion.md 2: with PgBouncer and a flush nudge, 364 to 396 ms' },
  worst: { value: 722, source: 'promotion.md 2: the worst writer of 10 cutovers with PgBouncer, at 800 to 900 transactions a second' },
  shards: { value: 570, source: 'promotion.md 1.4: fence and drain of two shards' },
  roundTrips: { value: 30, source: 'promotion.md 1.1: round trips between the two sides within the window' },
  cache: { value: 22, source: 'promotion.md 1.5: what a client of Valkey sees when replication is switched' },
} as const satisfies Record<string, Measured>;

/** What moving objects and caches takes. */
export const others = {
  objectSecondsPerGb: { value: 25 / 0.14, source: 'promotion.md 1.5: 140 MB in 3,004 objects in 25 s, bound by the store that answered' },
  cacheSecondsPerGb: { value: 7.4 / 0.097, source: 'promotion.md 1.5: full synchronization of 97 MB in 7.4 s' },
  /** Time between two clouds in a region of the world. */
  crossCloudMs: { value: 10, source: 'assumption: 10 ms between two clouds in one part of the world' },
  soakSeconds: { value: 24 * 3600, source: 'assumption: one day, so that every hour of the load has been seen once' },
} as const satisfies Record<string, Measured>;

/** Gigabytes to bytes. */
export const bytesPerGb = 1e9;
