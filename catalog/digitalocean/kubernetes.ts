import type { Dated } from '../types';

/**
 * The minor version that new clusters begin with; DigitalOcean takes its newest patch and keeps it current. Not the newest minor,
 * which the API's description of 2026-08-07 says is 1.36: the one before it has been out longer.
 */
export const kubernetesVersion: Dated & { readonly minor: string } = {
  minor: '1.35',
  source: 'inferred from digitalocean/openapi, which speaks of 1.36; look at GET /v2/kubernetes/options before a deploy',
  asOf: '2026-08-07',
};

/** Networks of a cluster's pods and services. */
export interface PodNetworks {
  readonly pods: string;
  readonly services: string;
}

/** The most clusters that `podNetworks` has room for. */
export const mostClusters = 5;

/**
 * Networks of the nth cluster of an environment (from 0), which no other of its clusters shares: clusters whose networks are
 * peered must not overlap. VPCs get theirs from DigitalOcean, in 10.0.0.0/8; these lie in 172.16.0.0/12, beyond Docker's own.
 */
export function podNetworks(index: number): PodNetworks {
  return { pods: `172.${20 + 2 * index}.0.0/16`, services: `172.${21 + 2 * index}.0.0/19` };
}
