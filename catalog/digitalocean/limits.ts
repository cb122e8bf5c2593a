import type { Dated } from '../types';

/** A figure that bounds something, with its unit. */
export interface Limit extends Dated {
  readonly value: number;
  readonly unit: string;
  /** What a reader must know before relying on it. */
  readonly note?: string;
}

const loadBalancerPricing = { source: 'DigitalOcean, Load Balancer pricing (digitalocean.md, section 5)', asOf: '2025-02-28' };
const loadBalancerDocs = { source: 'DigitalOcean, Load Balancer limits and scaling (digitalocean.md, section 5)', asOf: '2025' };
const postgresqlLimits = { source: 'DigitalOcean, PostgreSQL Limits (digitalocean.md, section 5)', asOf: '2025-11-05' };
const valkeyLimits = { source: 'DigitalOcean, Valkey Limits (digitalocean.md, section 5)', asOf: '2025-07-17' };
const spacesLimits = { source: 'DigitalOcean, Spaces limits and release note (digitalocean.md, section 5)', asOf: '2023-02-02' };
const volumeFeatures = { source: 'DigitalOcean, Volume Features and release note (digitalocean.md, section 5)', asOf: '2024-08-12' };
const dropletLimits = { source: 'DigitalOcean, Droplet Limits and Features (digitalocean.md, section 5)', asOf: '2025' };
const bandwidthBilling = { source: 'DigitalOcean, Bandwidth Billing (digitalocean.md, section 5)', asOf: '2025-06-17' };
const openapi = { source: 'digitalocean/openapi (digitalocean.md, section 5)', asOf: '2026-08-07' };

/** A regional HTTP load balancer. Its nodes are `size_unit`. */
export const loadBalancerLimits = {
  requestsPerSecondPerNode: { value: 10_000, unit: 'requests/s', ...loadBalancerPricing },
  connectionsPerNode: { value: 10_000, unit: 'concurrent connections', ...loadBalancerPricing },
  newTlsPerSecondPerNode: { value: 250, unit: 'handshakes/s', note: 'none of it is used by TLS pass-through', ...loadBalancerPricing },
  newTlsRsa4096PerSecondPerNode: { value: 50, unit: 'handshakes/s', ...loadBalancerPricing },
  minimumSizeUnit: { value: 1, unit: 'nodes', source: 'provider 2.71.0, validation of size_unit', asOf: '2025-12' },
  maximumSizeUnit: {
    value: 200,
    unit: 'nodes',
    note: 'the API description says 100',
    source: 'provider 2.71.0, validation of size_unit',
    asOf: '2025-12',
  },
  dropletsByName: { value: 10, unit: 'droplets', note: 'unlimited by tag', ...loadBalancerDocs },
  networkIngressPerNode: { value: 50, unit: 'Mbit/s', note: 'type REGIONAL_NETWORK', ...loadBalancerPricing },
  globalRequestsIncluded: { value: 25, unit: 'million requests/month', note: 'type GLOBAL', ...loadBalancerDocs },
  globalTransferIncluded: { value: 1, unit: 'TB/month', note: 'type GLOBAL', ...loadBalancerDocs },
} as const satisfies Record<string, Limit>;

/** A managed PostgreSQL cluster. Connections by memory: `usableConnections`. */
export const postgresqlClusterLimits = {
  connectionsPerGib: { value: 25, unit: 'connections', ...postgresqlLimits },
  reservedConnections: { value: 3, unit: 'connections', ...postgresqlLimits },
  maximumConnections: { value: 997, unit: 'connections', ...postgresqlLimits },
  pools: { value: 21, unit: 'PgBouncer pools', ...postgresqlLimits },
  maximumNodes: { value: 3, unit: 'nodes', ...postgresqlLimits },
  standbyMinimumMemory: { value: 2, unit: 'GiB', ...postgresqlLimits },
  trustedSources: { value: 2_000, unit: 'addresses', note: 'no IPv6', ...postgresqlLimits },
  clustersPerAccount: { value: 10, unit: 'clusters', note: 'by default; support raises it', ...postgresqlLimits },
  pointInTimeRecovery: { value: 7, unit: 'days', ...postgresqlLimits },
  onlineMigration: { value: 14, unit: 'days', note: 'not from one DigitalOcean cluster to another', ...postgresqlLimits },
} as const satisfies Record<string, Limit>;

/** A managed Valkey node. Connections by memory: `valkeyConnections`. */
export const valkeyNodeLimits = {
  minimumConnections: { value: 10_000, unit: 'connections', ...valkeyLimits },
  connectionsPerMb: { value: 4, unit: 'connections', ...valkeyLimits },
  newConnectionsPerSecondPerVcpu: { value: 200, unit: 'connections/s', ...valkeyLimits },
  standbyMinimumMemory: { value: 2, unit: 'GiB', ...valkeyLimits },
} as const satisfies Record<string, Limit>;

/** Spaces buckets. Past about 400 reads a second a CDN belongs in front. */
export const spacesBucketLimits = {
  requestsPerSecondPerClient: { value: 1_500, unit: 'requests/s', ...spacesLimits },
  operationsPerSecondPerBucket: {
    value: 800,
    unit: 'operations/s',
    note: 'older buckets 500, of which 300 write or list',
    ...spacesLimits,
  },
  concurrentWritesPerObject: { value: 10, unit: 'PUT or COPY', ...spacesLimits },
  cdnAdvisedFrom: { value: 400, unit: 'reads/s', ...spacesLimits },
  bucketsPerAccount: { value: 100, unit: 'buckets', ...spacesLimits },
  keysPerAccount: { value: 200, unit: 'keys', ...spacesLimits },
  nameReuseAfter: { value: 7, unit: 'days', note: 'a deleted name is unusable for at least this long', ...spacesLimits },
  transferIncluded: { value: 1, unit: 'TiB/month', note: 'free to droplets of the same metro', ...bandwidthBilling },
} as const satisfies Record<string, Limit>;

/** Block storage volumes: figures do not depend on their size. */
export const volumeLimits = {
  iops: { value: 7_500, unit: 'IOPS', note: 'CPU-optimized droplets 10,000', ...volumeFeatures },
  throughput: { value: 300, unit: 'MB/s', note: 'CPU-optimized droplets 450', ...volumeFeatures },
  burstIops: { value: 10_000, unit: 'IOPS', note: 'for 60 s; CPU-optimized droplets 15,000', ...volumeFeatures },
  burstThroughput: { value: 450, unit: 'MB/s', note: 'for 60 s; CPU-optimized droplets 525', ...volumeFeatures },
  perDroplet: { value: 15, unit: 'volumes', ...volumeFeatures },
} as const satisfies Record<string, Limit>;

/** Droplets and the API that makes them. */
export const dropletHostLimits = {
  network: { value: 2, unit: 'Gbit/s', note: 'premium CPU 10; GPU 10 public, 25 private', ...dropletLimits },
  createdPerRequest: { value: 10, unit: 'droplets', ...dropletLimits },
  transferOverage: { value: 0.01, unit: 'USD/GiB', ...bandwidthBilling },
  reservedIpsPerDroplet: { value: 1, unit: 'addresses', ...dropletLimits },
  apiRequestsPerHour: { value: 5_000, unit: 'requests/h per token', ...openapi },
  apiRequestsPerMinute: { value: 250, unit: 'requests/min per token', ...openapi },
} as const satisfies Record<string, Limit>;

/** Hours (UTC) that `backup_policy.hour` may name. The provider accepts any from 0 to 20, the API only these. */
export const backupHours: readonly number[] = [0, 4, 8, 12, 16, 20];

/** Prefix lengths that a VPC range may have; ranges are private (RFC 1918). Source: digitalocean/openapi, 2026-08-07. */
export const vpcPrefixLengths = { shortest: 16, longest: 28 } as const;

/** Connections that one Valkey node accepts. Source: DigitalOcean, Valkey Limits, 2025-07-17. */
export function valkeyConnections(memoryGib: number): number {
  const { minimumConnections, connectionsPerMb } = valkeyNodeLimits;
  return Math.max(minimumConnections.value, Math.floor(memoryGib * 1024) * connectionsPerMb.value);
}
