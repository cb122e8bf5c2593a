import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { DatabaseConnectionPool } from '@cdktf/provider-digitalocean/lib/database-connection-pool';
import { DatabaseDb } from '@cdktf/provider-digitalocean/lib/database-db';
import { DatabaseFirewall } from '@cdktf/provider-digitalocean/lib/database-firewall';
import { DatabaseUser } from '@cdktf/provider-digitalocean/lib/database-user';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { DatabaseConnection, IDatabase } from '../database';
import { keep, type Site } from './site';

export interface ManagedPostgresProps {
  readonly site: Site;
  /** Name of the cluster; it cannot be changed. */
  readonly name: string;
  /** Slug of the node size. */
  readonly size: string;
  /** 1 is a single node; 2 and 3 add standbys. */
  readonly nodes: number;
  /** Major version of PostgreSQL. */
  readonly version: string;
  /** Connections that the pool keeps to the server; part of the pool's name and address, because another size is another pool. */
  readonly poolSize: number;
  /** Who may connect. No one else can. */
  readonly trusted: Trusted;
}

/** PostgreSQL run by DigitalOcean: cluster, database, user, connection pool, and who may connect. */
export class ManagedPostgres extends Construct implements IDatabase {
  readonly connection: DatabaseConnection;
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: ManagedPostgresProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      name: props.name,
      engine: 'pg',
      version: props.version,
      size: props.size,
      nodeCount: props.nodes,
      region: props.site.region,
      privateNetworkUuid: props.site.vpcId,
      projectId: props.site.project.id,
      tags: [...props.site.tags],
      // The quietest hours of a European or American product.
      maintenanceWindow: [{ day: 'sunday', hour: '03:00:00' }],
      ...keep(props.site),
    });
    this.clusterId = cluster.id;
    const database = new DatabaseDb(this, 'app', { clusterId: cluster.id, name: 'app', ...keep(props.site) });
    const user = new DatabaseUser(this, 'user', { clusterId: cluster.id, name: 'app' });
    // No field of a pool changes in place: one of another size is made beside it, and its clients move before it goes.
    const pool = new DatabaseConnectionPool(this, `pool_${props.poolSize}`, {
      clusterId: cluster.id,
      name: `app-${props.poolSize}`,
      mode: 'transaction',
      size: props.poolSize,
      dbName: database.name,
      user: user.name,
    });
    trust(this, cluster.id, props.trusted);
    this.connection = {
      host: pool.privateHost,
      port: Token.asString(pool.port),
      user: user.name,
      password: user.password,
      name: pool.name,
      // DigitalOcean's administrator owns what is made by its API; the new user may do nothing in it yet.
      owner: { host: cluster.privateHost, port: Token.asString(cluster.port), database: database.name, user: cluster.user, password: cluster.password },
    };
  }
}

/** Who may connect to a managed database. */
export interface Trusted {
  readonly tags?: readonly string[];
  /** Ids of Kubernetes clusters. */
  readonly clusters?: readonly string[];
}

/** Admits servers by tag, so that a server that joins later is admitted too, and everything in a Kubernetes cluster. */
export function trust(scope: Construct, clusterId: string, { tags = [], clusters = [] }: Trusted): void {
  new DatabaseFirewall(scope, 'firewall', { clusterId, rule: [...tags.map((value) => ({ type: 'tag', value })), ...clusters.map((value) => ({ type: 'k8s', value }))] });
}
