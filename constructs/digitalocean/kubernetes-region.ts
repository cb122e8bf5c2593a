import { KubernetesCluster } from '@cdktf/provider-digitalocean/lib/kubernetes-cluster';
import { KubernetesNodePool } from '@cdktf/provider-digitalocean/lib/kubernetes-node-pool';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Site } from './site';

export interface KubernetesRegionProps {
  /** Where it stands. */
  readonly site: Site;
  readonly name: string;
  /** Minor version that it begins with. */
  readonly version: string;
  /** Tag of its nodes, which firewalls and balancers admit and find them by. */
  readonly tag: string;
  /** Networks of its pods and services; no cluster that it is peered with may share them. */
  readonly networks: { readonly pods: string; readonly services: string };
  /** Slug of the nodes that the cluster's own parts run on. */
  readonly systemSize: string;
  /** Slug of the nodes that work runs on. */
  readonly size: string;
  /** Fewest and most of these. */
  readonly least: number;
  readonly most: number;
}

/** Nodes of the default pool: small, and two, so that the cluster's own parts stay while one is upgraded. */
const systemNodes = 2;

/**
 * A cluster in one region: its control plane highly available, a small default pool, and a pool for work beside it. The default
 * pool's size can be changed only with the whole cluster, so that nothing that grows stands in it.
 */
export class KubernetesRegion extends Construct {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  /** Base64. */
  readonly caCertificate: string;

  constructor(scope: Construct, id: string, props: KubernetesRegionProps) {
    super(scope, id);
    const cluster = new KubernetesCluster(this, 'Resource', {
      name: props.name,
      region: props.site.region,
      version: props.version,
      vpcUuid: props.site.vpcId,
      clusterSubnet: props.networks.pods,
      serviceSubnet: props.networks.services,
      // Cannot be switched off again; said here because versions from 1.36 on have it by default.
      ha: true,
      autoUpgrade: true,
      surgeUpgrade: true,
      // The quietest hours of a European or American product.
      maintenancePolicy: { day: 'sunday', startTime: '05:00' },
      destroyAllAssociatedResources: props.site.disposable,
      nodePool: { name: 'system', size: props.systemSize, nodeCount: systemNodes, tags: [props.tag], labels: { pool: 'system' } },
      tags: [...props.site.tags],
      // Upgrades come by themselves in the window; going back to what stands here would replace the cluster.
      lifecycle: { ignoreChanges: ['version'] },
    });
    props.site.project.add(cluster.urn);
    new KubernetesNodePool(this, 'work', {
      clusterId: cluster.id,
      name: 'work',
      size: props.size,
      autoScale: true,
      minNodes: props.least,
      maxNodes: props.most,
      tags: [props.tag],
      labels: { pool: 'work' },
      // Another size is another pool: its nodes stand before the present ones are drained.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['node_count'] },
    });
    this.id = cluster.id;
    this.name = cluster.name;
    this.endpoint = cluster.endpoint;
    // The provider keeps it beside a token, and calls both secret; an authority's certificate is public.
    this.caCertificate = Fn.nonsensitive(cluster.kubeConfig.get(0).clusterCaCertificate) as string;
  }
}

export interface GpuNodesProps {
  readonly clusterId: string;
  /** Slug of a size with cards. */
  readonly size: string;
  readonly count: number;
  readonly tag: string;
}

/** Nodes with cards. Only pods that tolerate the taint come here, so that nothing else fills the dearest nodes. */
export class GpuNodes extends Construct {
  constructor(scope: Construct, id: string, props: GpuNodesProps) {
    super(scope, id);
    new KubernetesNodePool(this, 'Resource', {
      clusterId: props.clusterId,
      name: 'gpu',
      size: props.size,
      nodeCount: props.count,
      tags: [props.tag],
      labels: { pool: 'gpu' },
      taint: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    });
  }
}
