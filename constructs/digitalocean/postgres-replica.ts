import { DatabaseReplica } from '@cdktf/provider-digitalocean/lib/database-replica';
import { Construct } from 'constructs';
import type { Site } from './site';

export interface PostgresReplicaProps {
  readonly site: Site;
  /** Id of the cluster it follows. */
  readonly clusterId: string;
  readonly name: string;
  /** Slug of the size; at least the primary's. */
  readonly size: string;
}

/** A read-only copy of a managed PostgreSQL cluster, in the same region. */
export class PostgresReplica extends Construct {
  readonly host: string;

  constructor(scope: Construct, id: string, props: PostgresReplicaProps) {
    super(scope, id);
    const replica = new DatabaseReplica(this, 'Resource', {
      clusterId: props.clusterId,
      name: props.name,
      region: props.site.region,
      size: props.size,
      privateNetworkUuid: props.site.vpcId,
    });
    this.host = replica.privateHost;
  }
}
