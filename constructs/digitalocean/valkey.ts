import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { ICache } from '../cache';
import { clusterSettings, type ClusterProps, trust } from './database-cluster';

/** Valkey run by DigitalOcean. It has no backups: what it holds must be able to be lost. */
export class Valkey extends Construct implements ICache {
  readonly uri: string;
  readonly host: string;
  readonly port: string;
  readonly password: string;
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      ...clusterSettings(props),
      engine: 'valkey',
      // Sessions carry an expiry and go first; a value without one is never dropped behind the application's back.
      evictionPolicy: 'volatile_lru',
      maintenanceWindow: [{ day: 'sunday', hour: '04:00:00' }],
    });
    trust(this, cluster.id, props.trusted);
    this.clusterId = cluster.id;
    this.uri = cluster.privateUri;
    this.host = cluster.privateHost;
    this.port = Token.asString(cluster.port);
    this.password = cluster.password;
  }
}
