import type { Availability } from '../digitalocean';

const recalled = { source: "recalled from AWS's Service Level Agreements, not read again: verify before relying on it", asOf: '2025' };

const dsql = {
  source: 'AWS, Amazon Aurora DSQL Service Level Agreement of 2025-05-27 (aws.amazon.com/rds/aurora/dsql/sla)',
  asOf: '2026-11-22',
};

/** What AWS promises. A promise is what is paid back, not what is measured. */
export const awsAvailability = {
  instance: { share: 0.995, ...recalled },
  volume: { share: 0.999, ...recalled },
  loadBalancer: { share: 0.9999, ...recalled },
  databaseWithStandby: { share: 0.9995, ...recalled },
  databaseAlone: { share: 0.995, ...recalled },
  distributedDatabase: { share: 0.9999, ...dsql },
  distributedDatabaseInTwoRegions: { share: 0.99999, ...dsql },
  cacheWithStandby: { share: 0.9999, ...recalled },
  cacheAlone: { share: 0.995, ...recalled },
  buckets: { share: 0.999, ...recalled },
} as const satisfies Record<string, Availability>;
