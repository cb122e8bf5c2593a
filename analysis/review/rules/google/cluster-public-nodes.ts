import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const clusterPublicNodes: Rule = {
  id: 'TRC-GCP-002',
  severity: 'medium',
  summary: 'The nodes of the cluster have public addresses.',
  why: 'Every port that a pod or a node opens by mistake can then be reached from the internet.',
  remedy: 'Set private_cluster_config with enable_private_nodes = true, and a NAT for what they fetch.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/private-cluster-concept',
  checkov: ['CKV_GCP_25', 'CKV_GCP_64'],
  breaches: everyOf(['google_container_cluster'], is('private_cluster_config.enable_private_nodes', true)),
};
