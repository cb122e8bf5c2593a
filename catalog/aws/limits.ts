import type { Limit } from '../digitalocean';

/** What AWS lets one instance, volume, bucket or cache do. */
export const awsLimits = {
  volumeIops: { value: 3_000, unit: 'operations/s', note: 'of gp3 without extra IOPS', source: 'AWS, Amazon EBS user guide, General Purpose SSD volumes (recalled)', asOf: '2026-11-21' },
  bucketWrites: { value: 3_500, unit: 'requests/s', note: 'for each prefix', source: 'AWS, Amazon S3 user guide, Best practices design patterns (recalled)', asOf: '2026-11-21' },
  cacheConnections: { value: 65_000, unit: 'connections', source: 'AWS, Amazon ElastiCache user guide, Valkey parameters: maxclients (recalled)', asOf: '2026-11-21' },
} as const satisfies Record<string, Limit>;
