import { DatabaseReplica } from '@cdktf/provider-digitalocean/lib/database-replica';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { trust, type Trusted } from './database-cluster';
import type { Site } from './site';

export interface PostgresReplicaProps {
  readonly site: Pick<Site, 'region' | 'vpcId'>;
  /** Id of the cluster it follows. */
  readonly clusterId: string;
  readonly name: string;
  /** Slug of the size; at least the primary's. */
  readonly size: string;
  /** Who may connect: tags of servers, ids of Kubernetes clusters. No one else can; what its primary trusts does not carry over. */
  readonly trusted: Trusted;
}

/** A read-only copy of a managed PostgreSQL cluster, with a firewall of its own. */
export class PostgresReplica extends Construct {
  readonly host: string;
  readonly port: string;

  constructor(scope: Construct, id: string, props: PostgresReplicaProps) {
    super(scope, id);
    const replica = new DatabaseReplica(this, 'Resource', {
      clusterId: props.clusterId,
      name: props.name,
      region: props.site.region,
      size: props.size,
      privateNetworkUuid: props.site.vpcId,
      // No tags: their change would replace the replica (provider 2.71.0).
    });
    // The API takes a replica's UUID wherever it takes a cluster's.
    trust(this, replica.uuid, props.trusted);
    this.host = replica.privateHost;
    this.port = Token.asString(replica.port);
  }
}
