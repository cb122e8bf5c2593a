import type { ComponentBase } from './component-base';

/** Kubernetes clusters, one a region, in one or more clouds. */
export interface KubernetesCluster extends ComponentBase {
  readonly kind: 'kubernetes-cluster';
  readonly regions: number;
  /** Clouds that it spans; empty means the environment's own platform. */
  readonly clouds: readonly string[];
  /** Worker nodes of each region. */
  readonly nodes: { readonly min: number; readonly max: number };
  readonly nodeVcpus: number;
  readonly nodeMemoryGib: number;
}

/** How many of its clusters are on the environment's own platform: each other cloud has one. */
export function clustersAt({ regions, clouds }: Pick<KubernetesCluster, 'regions' | 'clouds'>, platform: string): number {
  return regions - clouds.filter((cloud) => cloud !== platform).length;
}
