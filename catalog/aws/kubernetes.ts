import type { Dated } from '../types';

/** The minor version of new EKS clusters, and the autoscaler of nodes that goes with it: its image has the minor version of the cluster. */
export const eksVersion: Dated & { readonly minor: string; readonly autoscalerImage: string } = {
  minor: '1.33',
  autoscalerImage: 'v1.33.6',
  source: 'docs.aws.amazon.com/eks, kubernetes-versions, recalled; image: tag cluster-autoscaler-1.33.6 of kubernetes/autoscaler',
  asOf: '2026-11-21',
};
