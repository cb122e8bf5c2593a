import type { Limit } from '../digitalocean';

const rds = {
  source:
    'AWS, Quotas and constraints for Amazon RDS (docs.aws.amazon.com/AmazonRDS, CHAP_Limits): LEAST({DBInstanceClassMemory/9531392}, 5000)',
  asOf: '2026-11-21',
};

/** What the default parameter group of RDS for PostgreSQL makes of an instance's memory. */
export const rdsPostgresqlLimits = {
  bytesPerConnection: { value: 9_531_392, unit: 'bytes', ...rds },
  maximumConnections: { value: 5_000, unit: 'connections', note: 'of the default; a parameter group may say another', ...rds },
} as const satisfies Record<string, Limit>;

/**
 * Connections that RDS for PostgreSQL allows by default. Never fewer on a machine with more memory.
 * The platform takes some of the memory of an instance for itself before it divides (on 4 GiB 413 were seen, not 450), so that this is the most that there can be.
 */
export function rdsConnections(memoryGib: number): number {
  const { bytesPerConnection, maximumConnections } = rdsPostgresqlLimits;
  return Math.min(Math.floor((memoryGib * 2 ** 30) / bytesPerConnection.value), maximumConnections.value);
}
