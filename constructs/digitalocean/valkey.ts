import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { ICache } from '../cache';
import { trust, type Trusted } from './managed-postgres';
import type { Site } from './site';

export interface ValkeyProps {
  readonly site: Site;
  readonly name: string;
  /** Slug of the node size. */
  readonly size: string;
  readonly nodes: number;
  /** Major version. */
  readonly version: string;
  /** Who may connect. */
  readonly trusted: Trusted;
}

/** Valkey run by DigitalOcean. It has no backups: what it holds must be able to be lost. */
export class Valkey extends Construct implements ICache {
  readonly uri: string;
  readonly host: string;
  readonly port: string;
  readonly password: string;

  constructor(scope: Construct, id: string, props: ValkeyProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      name: props.name,
      engine: 'valkey',
      version: props.version,
      size: props.size,
      nodeCount: props.nodes,
      region: props.site.region,
      privateNetworkUuid: props.site.vpcId,
      projectId: props.site.project.id,
      // Sessions carry an expiry and go first; a value without one is never dropped behind the application's back.
      evictionPolicy: 'volatile_lru',
      maintenanceWindow: [{ day: 'sunday', hour: '04:00:00' }],
      tags: [...props.site.tags],
    });
    trust(this, cluster.id, props.trusted);
    this.uri = cluster.privateUri;
    this.host = cluster.privateHost;
    this.port = Token.asString(cluster.port);
    this.password = cluster.password;
  }
}
