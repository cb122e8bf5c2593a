import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { Construct } from 'constructs';
import type { ICache } from '../cache';
import { SecurityGroup } from './security-group';
import { named, type Site } from './site';

export interface ValkeyProps {
  readonly site: Site;
  readonly name: string;
  /** Node type: `cache.t4g.small`. */
  readonly size: string;
  /** Nodes of each shard. From two on, one takes over from another by itself, in another zone. */
  readonly nodes: number;
  /** Parts that the keys are dealt out over, in cluster mode. @default 1, without it */
  readonly shards?: number;
  /** What `engine_version` says. */
  readonly engineVersion: string;
  /** Family of its parameters: `valkey8`. */
  readonly family: string;
  /** Password of every client; a reference to a sensitive variable. */
  readonly password: string;
  /** Security groups whose members may connect, by role. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Address ranges whose members may connect: networks of other regions. @default - none */
  readonly trustedRanges?: readonly string[];
}

/** Port of Valkey. */
const port = 6379;

/**
 * Valkey run by AWS, encrypted at rest and on the way. It has no backups: what it holds must be able to be lost. The default
 * parameters evict by `volatile-lru`: sessions carry an expiry and go first (ElastiCache user guide, Valkey parameters). In
 * several shards it is in cluster mode: one endpoint tells clients where each key is, and they have to speak its protocol.
 */
export class Valkey extends Construct implements ICache {
  readonly uri: string;
  readonly host: string;
  readonly cluster: boolean;
  readonly port = port;
  /** Ids of the nodes, which their measurements are under. */
  readonly nodeIds: readonly string[];

  constructor(scope: Construct, id: string, props: ValkeyProps) {
    super(scope, id);
    const { site, name } = props;
    const door = new SecurityGroup(this, 'firewall', { site, name, description: 'Who may connect to the cache.', reachesOut: false });
    for (const [role, groupId] of Object.entries(props.trusted)) door.open(role, port, { from: 'group', groupId });
    if ((props.trustedRanges ?? []).length > 0) door.open('regions', port, { from: 'ranges', cidrs: props.trustedRanges ?? [] });
    const subnets = new ElasticacheSubnetGroup(this, 'subnets', {
      name,
      subnetIds: site.network.data.map(({ subnetId }) => subnetId),
      ...named(name),
    });
    const { shards = 1, nodes } = props;
    const standby = nodes > 1;
    this.cluster = shards > 1;
    const group = new ElasticacheReplicationGroup(this, 'Resource', {
      replicationGroupId: name,
      description: 'Cached values and sessions.',
      engine: 'valkey',
      engineVersion: props.engineVersion,
      nodeType: props.size,
      ...(this.cluster
        ? {
            clusterMode: 'enabled',
            parameterGroupName: `default.${props.family}.cluster.on`,
            numNodeGroups: shards,
            replicasPerNodeGroup: nodes - 1,
          }
        : { numCacheClusters: nodes }),
      // Cluster mode asks for it, also where no standby could take over.
      automaticFailoverEnabled: standby || this.cluster,
      multiAzEnabled: standby,
      port,
      subnetGroupName: subnets.name,
      securityGroupIds: [door.groupId],
      atRestEncryptionEnabled: 'true',
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      authToken: props.password,
      authTokenUpdateStrategy: 'ROTATE',
      snapshotRetentionLimit: 0,
      maintenanceWindow: 'sun:04:00-sun:05:00',
      autoMinorVersionUpgrade: 'true',
      // A deploy is over when it ends: what waits for the maintenance window would stand in every plan until then, and hold a promotion up.
      applyImmediately: true,
      ...named(name),
    });
    this.host = this.cluster ? group.configurationEndpointAddress : group.primaryEndpointAddress;
    this.uri = `rediss://:${props.password}@${this.host}:${port}`;
    this.nodeIds = nodeIds(name, shards, nodes);
  }
}

/** As AWS numbers them: `cache-001`, and `cache-0002-001` in cluster mode. */
function nodeIds(name: string, shards: number, nodes: number): readonly string[] {
  const numbers = (count: number, digits: number): string[] =>
    Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, '0'));
  const parts = shards === 1 ? [name] : numbers(shards, 4).map((shard) => `${name}-${shard}`);
  return parts.flatMap((part) => numbers(nodes, 3).map((node) => `${part}-${node}`));
}
