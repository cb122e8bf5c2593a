import type { Rule } from '../../types';
import { allOf, everyOf, is, isNot } from '../conditions';
import { nodePools } from './nodes';

export const nodesSecureBoot: Rule = {
  id: 'TRC-GCP-005',
  severity: 'medium',
  summary: 'The nodes start what nobody has signed.',
  why: 'A changed kernel or boot loader stays unseen below everything that runs on the node.',
  remedy: 'Set node_config.shielded_instance_config with enable_secure_boot and enable_integrity_monitoring.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes',
  checkov: ['CKV_GCP_68', 'CKV_GCP_72'],
  breaches: everyOf(
    ...nodePools(
      allOf(
        is('node_config.shielded_instance_config.enable_secure_boot', true),
        isNot('node_config.shielded_instance_config.enable_integrity_monitoring', false),
      ),
    ),
  ),
};
