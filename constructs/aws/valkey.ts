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
  /** From two nodes on, one takes over from another by itself, in another zone. */
  readonly nodes: number;
  /** What `engine_version` says. */
  readonly engineVersion: string;
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
 * parameters evict by `volatile-lru`: sessions carry an expiry and go first (ElastiCache user guide, Valkey parameters).
 */
export class Valkey extends Construct implements ICache {
  readonly uri: string;
  readonly host: string;
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
    const standby = props.nodes > 1;
    const group = new ElasticacheReplicationGroup(this, 'Resource', {
      replicationGroupId: name,
      description: 'Cached values and sessions.',
      engine: 'valkey',
      engineVersion: props.engineVersion,
      nodeType: props.size,
      numCacheClusters: props.nodes,
      automaticFailoverEnabled: standby,
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
      applyImmediately: false,
      ...named(name),
    });
    this.host = group.primaryEndpointAddress;
    this.uri = `rediss://:${props.password}@${group.primaryEndpointAddress}:${port}`;
    this.nodeIds = Array.from({ length: props.nodes }, (_, index) => `${name}-${String(index + 1).padStart(3, '0')}`);
  }
}
