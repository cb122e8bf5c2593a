import type { Limit } from '../digitalocean';
import type { Dated } from '../types';

const dsql = {
  source: 'AWS, Cluster quotas and database limits in Amazon Aurora DSQL (docs.aws.amazon.com/aurora-dsql, CHAP_quotas)',
  asOf: '2026-11-21',
};

/** What AWS lets one cluster of Aurora DSQL do, unless it is asked for more. No page states transactions a second. */
export const dsqlLimits = {
  connections: { value: 10_000, unit: 'connections', note: 'AWS raises it on request', ...dsql },
  newConnectionsPerSecond: { value: 100, unit: 'connections/s', note: '1,000 at once after a pause; never raised', ...dsql },
  connectionSeconds: { value: 3_600, unit: 's', note: 'the longest that a connection lives', ...dsql },
  storageTib: { value: 10, unit: 'TiB', note: 'AWS raises it to 256 on request', ...dsql },
} as const satisfies Record<string, Limit>;

/** Regions that have Aurora DSQL. */
export const dsqlRegions = {
  slugs: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-north-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'us-east-1',
    'us-east-2',
    'us-west-2',
  ],
  source: 'docs.aws.amazon.com/config, dsql-cluster-multi-region-replication-enabled, "Only available in"',
  asOf: '2026-11-22',
} as const satisfies Dated & { readonly slugs: readonly string[] };

/** TiB that AWS raises the storage of one cluster of Aurora DSQL to at most (the same page). */
export const dsqlMostStorageTib = 256;

/** What AWS lets one instance, volume, bucket or cache do. */
export const awsLimits = {
  volumeIops: {
    value: 3_000,
    unit: 'operations/s',
    note: 'of gp3 without extra IOPS',
    source: 'AWS, Amazon EBS user guide, General Purpose SSD volumes (recalled)',
    asOf: '2026-11-21',
  },
  bucketWrites: {
    value: 3_500,
    unit: 'requests/s',
    note: 'for each prefix',
    source: 'AWS, Amazon S3 user guide, Best practices design patterns (recalled)',
    asOf: '2026-11-21',
  },
  cacheConnections: {
    value: 65_000,
    unit: 'connections',
    source: 'AWS, Amazon ElastiCache user guide, Valkey parameters: maxclients (recalled)',
    asOf: '2026-11-21',
  },
} as const satisfies Record<string, Limit>;
