import { DsqlCluster } from '@cdktf/provider-aws/lib/dsql-cluster';
import { DsqlClusterPeering } from '@cdktf/provider-aws/lib/dsql-cluster-peering';
import { Construct } from 'constructs';
import { keep } from '../keep';
import { named, type Site } from './site';

export interface DistributedSqlProps {
  readonly site: Pick<Site, 'region' | 'disposable'>;
  readonly name: string;
  /** Region that keeps the log of a cluster that is peered with one elsewhere. @default - it stands alone */
  readonly witness?: string | undefined;
}

/**
 * Aurora DSQL in one region: PostgreSQL's protocol over storage in three zones, without servers, sizes or fail-over. Clients sign
 * in with IAM tokens, never with a password. It has no foreign keys, sequences or extensions (Aurora DSQL user guide, Unsupported
 * PostgreSQL features, recalled 2026-11-21): an application has to be written for it.
 */
export class DistributedSql extends Construct {
  readonly host: string;
  readonly arn: string;
  /** Under which its measurements are. */
  readonly identifier: string;

  constructor(scope: Construct, id: string, { site, name, witness }: DistributedSqlProps) {
    super(scope, id);
    const cluster = new DsqlCluster(this, 'Resource', {
      deletionProtectionEnabled: !site.disposable,
      ...(witness === undefined ? {} : { multiRegionProperties: [{ witnessRegion: witness }] }),
      ...named(name),
      ...keep(site),
    });
    this.host = `${cluster.identifier}.dsql.${site.region}.on.aws`;
    this.arn = cluster.arn;
    this.identifier = cluster.identifier;
  }

  /** Makes one database of this cluster and another, which has to say the same of this one; each keeps its own endpoint. */
  peerWith(other: DistributedSql, witness: string): void {
    new DsqlClusterPeering(this, 'peering', { identifier: this.identifier, clusters: [other.arn], witnessRegion: witness });
  }
}
