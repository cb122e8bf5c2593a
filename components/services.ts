import type { KubernetesCluster } from './kubernetes-cluster';

/** What a further service of the product takes in the clusters. */
export interface ServiceNeeds {
  /** Pods in all clusters together; each may grow to the most, because another may be lost. */
  readonly pods: { readonly min: number; readonly max: number };
  /** vCPUs of each pod. */
  readonly vcpus: number;
  /** Memory of each pod, in GiB. */
  readonly memoryGib: number;
}

/** Pods that one of so many clusters has at least: its share, and two, so that one may go. */
export function leastPods(least: number, clusters: number): number {
  return Math.max(2, Math.ceil(least / clusters));
}

/** Share of a node that its pods may ask for; the rest is for what runs on every node. The app's pods of tier 5 take as much: 3 vCPU of 4. */
const usableShare = 0.75;

/** What pods may ask for on one node of a cluster. */
export function roomOnNode({ nodeVcpus, nodeMemoryGib }: Pick<KubernetesCluster, 'nodeVcpus' | 'nodeMemoryGib'>): {
  readonly vcpus: number;
  readonly memoryGib: number;
} {
  return { vcpus: nodeVcpus * usableShare, memoryGib: nodeMemoryGib * usableShare };
}

/** Nodes of each cluster with those for the services on top. */
export function nodesWith(cluster: KubernetesCluster, services: readonly ServiceNeeds[]): KubernetesCluster['nodes'] {
  const { nodes, regions } = cluster;
  return {
    min: nodes.min + nodesFor(cluster, services, ({ pods }) => leastPods(pods.min, regions)),
    max: nodes.max + nodesFor(cluster, services, ({ pods }) => pods.max / regions),
  };
}

/** Nodes of one cluster that so many pods of each service fill. */
function nodesFor(cluster: KubernetesCluster, services: readonly ServiceNeeds[], pods: (service: ServiceNeeds) => number): number {
  const room = roomOnNode(cluster);
  const filled = (of: 'vcpus' | 'memoryGib'): number => services.reduce((all, each) => all + pods(each) * each[of], 0) / room[of];
  return Math.ceil(Math.max(filled('vcpus'), filled('memoryGib')));
}
