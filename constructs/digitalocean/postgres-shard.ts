import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { DatabaseDb } from '@cdktf/provider-digitalocean/lib/database-db';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { clusterSettings, type ClusterProps, trust } from './database-cluster';
import { postgresMaintenance } from './managed-postgres';
import { PostgresReplica } from './postgres-replica';
import { keep } from '../keep';
import type { Site } from './site';

export interface PostgresShardProps extends ClusterProps {
  /** Where a copy of it stands, each. */
  readonly replicas: readonly { readonly name: string; readonly site: Pick<Site, 'region' | 'vpcId'> }[];
}

/** One shard: a PostgreSQL of its own with its standby and its copies in other regions. It knows nothing of the other shards. */
export class PostgresShard extends Construct {
  readonly clusterId: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  /** The owner: poolers stand inside the clusters, and a user that DigitalOcean makes may create no table. */
  readonly user: string;
  readonly password: string;
  readonly replicaHosts: readonly string[];

  constructor(scope: Construct, id: string, props: PostgresShardProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      ...clusterSettings(props),
      engine: 'pg',
      maintenanceWindow: postgresMaintenance,
      ...keep(props.site),
    });
    const database = new DatabaseDb(this, 'app', { clusterId: cluster.id, name: 'app', ...keep(props.site) });
    trust(this, cluster.id, props.trusted);
    const { size, trusted } = props;
    const copies = props.replicas.map(
      ({ name, site }, index) => new PostgresReplica(this, `replica_${index + 1}`, { site, clusterId: cluster.id, name, size, trusted }),
    );
    this.clusterId = cluster.id;
    this.host = cluster.privateHost;
    this.port = Token.asString(cluster.port);
    this.database = database.name;
    this.user = cluster.user;
    this.password = cluster.password;
    this.replicaHosts = copies.map(({ host }) => host);
  }
}
