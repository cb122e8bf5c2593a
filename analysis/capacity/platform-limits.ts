import { awsLimits, rdsPostgresqlLimits } from '../../catalog/aws';
import { loadBalancerLimits, spacesBucketLimits, valkeyConnections, valkeyNodeLimits, volumeLimits } from '../../catalog/digitalocean';
import { counted } from '../../values/counted';
import type { PlatformId } from '../../tiers/tier';

/** A bound, and where it is read. */
interface Bound {
  readonly value: number;
  readonly source: string;
}

/** What a balancer of so many nodes takes; nothing where it grows by itself. */
interface BalancerBounds {
  readonly requests: number;
  readonly connections: number;
  readonly handshakes: number;
  readonly source: string;
}

/** What a platform bounds besides the size of a machine. */
export interface PlatformLimits {
  /** Where the network of a server is read. */
  readonly network: string;
  /** Operations a second of a volume. */
  readonly volumeOperations: Bound;
  /** Where the connections of a managed database are read. */
  readonly databaseConnections: string;
  /** Where the storage of a managed database is read. */
  readonly databaseStorage: string;
  /** Connections of a cache node with so much memory. */
  readonly cacheConnections: (memoryGib: number) => Bound;
  /** Writes a second of a bucket. */
  readonly bucketOperations: Bound;
  readonly balancer: (nodes: number) => BalancerBounds | undefined;
}

const digitalocean: PlatformLimits = {
  network: 'DigitalOcean, Droplet Limits, 2025: 2 Gbit/s each',
  volumeOperations: dated(volumeLimits.iops),
  databaseConnections: 'DigitalOcean, PostgreSQL Limits, 2025-11-05: 25 a GiB less 3, at most 997',
  databaseStorage: 'what each size includes is not published in one place (catalog/README.md): read it in the account',
  cacheConnections: (memoryGib) => ({
    value: valkeyConnections(memoryGib),
    source: `${valkeyNodeLimits.connectionsPerMb.source}, ${valkeyNodeLimits.connectionsPerMb.asOf}`,
  }),
  bucketOperations: dated(spacesBucketLimits.operationsPerSecondPerBucket),
  balancer: (nodes) => {
    const { requestsPerSecondPerNode: requests, connectionsPerNode: connections, newTlsPerSecondPerNode: handshakes } = loadBalancerLimits;
    return {
      requests: nodes * requests.value,
      connections: nodes * connections.value,
      handshakes: nodes * handshakes.value,
      source: `${requests.source}, ${requests.asOf}, ${counted(nodes, 'node')}`,
    };
  },
};

const aws: PlatformLimits = {
  network: 'baseline of the instance type (catalog); more for a while',
  volumeOperations: dated(awsLimits.volumeIops),
  databaseConnections: `${rdsPostgresqlLimits.bytesPerConnection.source}, ${rdsPostgresqlLimits.bytesPerConnection.asOf}`,
  databaseStorage: 'max_allocated_storage, up to which RDS grows it by itself',
  cacheConnections: () => dated(awsLimits.cacheConnections),
  bucketOperations: dated(awsLimits.bucketWrites),
  balancer: () => undefined,
};

const limits: Readonly<Partial<Record<PlatformId, PlatformLimits>>> = { digitalocean, aws };

/** The bounds of a platform; those of the first where it has none of its own yet. */
export function platformLimits(platform: PlatformId): PlatformLimits {
  return limits[platform] ?? digitalocean;
}

function dated({ value, source, asOf }: { readonly value: number; readonly source: string; readonly asOf: string }): Bound {
  return { value, source: `${source}, ${asOf}` };
}
