import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { DatabaseConnectionPool } from '@cdktf/provider-digitalocean/lib/database-connection-pool';
import { DatabaseDb } from '@cdktf/provider-digitalocean/lib/database-db';
import { DatabaseUser } from '@cdktf/provider-digitalocean/lib/database-user';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { DatabaseConnection, IDatabase } from '../database';
import { clusterSettings, type ClusterProps, trust } from './database-cluster';
import { keep } from '../keep';

export interface ManagedPostgresProps extends ClusterProps {
  /** Connections that the pool keeps to the server; part of the pool's name and address, because another size is another pool. */
  readonly poolSize: number;
}

/** A Sunday's quietest hour of a European or American product. */
export const postgresMaintenance = [{ day: 'sunday', hour: '03:00:00' }];

/** PostgreSQL run by DigitalOcean: cluster, database, user, connection pool, and who may connect. */
export class ManagedPostgres extends Construct implements IDatabase {
  readonly connection: DatabaseConnection;
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: ManagedPostgresProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      ...clusterSettings(props),
      engine: 'pg',
      maintenanceWindow: postgresMaintenance,
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
      owner: {
        host: cluster.privateHost,
        port: Token.asString(cluster.port),
        database: database.name,
        user: cluster.user,
        password: cluster.password,
      },
    };
  }
}
