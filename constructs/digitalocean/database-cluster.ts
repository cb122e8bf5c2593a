import type { DatabaseClusterConfig } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { DatabaseFirewall } from '@cdktf/provider-digitalocean/lib/database-firewall';
import type { Construct } from 'constructs';
import type { Site } from './site';

/** What every managed cluster is told, whatever its engine. */
export interface ClusterProps {
  readonly site: Site;
  /** Name of the cluster; it cannot be changed. */
  readonly name: string;
  /** Slug of the node size. */
  readonly size: string;
  /** 1 is a single node; 2 and 3 add standbys. */
  readonly nodes: number;
  /** Major version. */
  readonly version: string;
  /** Who may connect. No one else can. */
  readonly trusted: Trusted;
}

/** The arguments that clusters of all engines share. */
export function clusterSettings({ site, name, size, nodes, version }: ClusterProps) {
  return {
    name,
    version,
    size,
    nodeCount: nodes,
    region: site.region,
    privateNetworkUuid: site.vpcId,
    projectId: site.project.id,
    tags: [...site.tags],
  } satisfies Partial<DatabaseClusterConfig>;
}

/** Who may connect to a managed database. */
export interface Trusted {
  readonly tags?: readonly string[];
  /** Ids of Kubernetes clusters. */
  readonly clusters?: readonly string[];
}

/** Admits servers by tag, so that a server that joins later is admitted too, and everything in a Kubernetes cluster. */
export function trust(scope: Construct, clusterId: string, { tags = [], clusters = [] }: Trusted): void {
  new DatabaseFirewall(scope, 'firewall', {
    clusterId,
    rule: [...tags.map((value) => ({ type: 'tag', value })), ...clusters.map((value) => ({ type: 'k8s', value }))],
  });
}
