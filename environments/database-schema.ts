import { z } from 'zod';
import { dsqlLimits, dsqlMostStorageTib, dsqlRegions } from '../catalog/aws';
import { databaseEngines } from '../components/distributed-database';
import { mapping, means, oneOf, pattern, whole } from './fields';

/** What the environment has of the choices that a tier leaves for its database. */
export const databaseSchema = z.strictObject(
  {
    engine: means(oneOf(databaseEngines).default('shards'), {
      description:
        'In tiers with distributed SQL: `shards` keeps those of the tier below, which is what an environment has that was promoted; `citus` in the cluster, `aurora-dsql`, and at Google `alloydb` and `spanner`, are for one that begins there, with an app that is written for it. A change moves every row, by a dump with a window.',
    }),
    shards: means(
      z
        .record(
          pattern('shard- and a number, like shard-5', /^shard-[1-9][0-9]?$/),
          z.array(pattern('a range of buckets, like 0-255', /^[0-9]{1,6}(?:-[0-9]{1,6})?$/), { error: 'a list of ranges' }),
          { error: 'a mapping from shards to ranges of buckets' },
        )
        .optional(),
      {
        description:
          'Shards and the buckets that each holds, where they are no longer those of the tier. A shard that comes is named with an empty list first, `shard-5: []`: it is built, and no other is touched. Default: the shards of the tier, buckets dealt out in runs.',
      },
    ),
    storageTib: means(
      whole(
        `a whole number from ${dsqlLimits.storageTib.value} to ${dsqlMostStorageTib}`,
        dsqlLimits.storageTib.value,
        dsqlMostStorageTib,
      ).optional(),
      {
        description:
          'With aurora-dsql: storage that AWS lets the database have, in TiB, which capacity is counted with. An account has 10; more is asked of AWS by hand (Service Quotas), which no deploy does.',
      },
    ),
    witness: means(oneOf(dsqlRegions.slugs).optional(), {
      description:
        'With aurora-dsql: a third region, which keeps the log of a database that takes reads and writes in the first two, the same rows in both. Nothing else stands there. It is decided when the database is made: a change makes another one. Default: the database stands in the home region alone.',
    }),
  },
  mapping('a mapping with engine, shards, storageTib, witness'),
);
