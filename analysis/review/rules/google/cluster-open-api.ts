import type { Rule } from '../../types';
import { allOf, anyOf, everyOf, holding, is, stated } from '../conditions';
import { isWorld } from '../network';

export const clusterOpenApiOnGoogle: Rule = {
  id: 'TRC-GCP-001',
  severity: 'medium',
  summary: "The whole internet reaches the cluster's API.",
  why: 'A leaked token is then enough to take the cluster over, from anywhere.',
  remedy:
    'Set master_authorized_networks_config with the addresses that may connect, or private_cluster_config with enable_private_endpoint = true.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks',
  checkov: ['CKV_GCP_18', 'CKV_GCP_20'],
  breaches: everyOf(
    ['google_container_cluster'],
    anyOf(
      is('private_cluster_config.enable_private_endpoint', true),
      allOf(
        stated('master_authorized_networks_config'),
        holding('master_authorized_networks_config.cidr_blocks.cidr_block', (ranges) => !ranges.some(isWorld)),
      ),
    ),
  ),
};
