import type { Rule } from '../../types';
import { allOf, everyOf, isNot } from '../conditions';

export const nodesUpkeep: Rule = {
  id: 'TRC-GCP-007',
  severity: 'low',
  summary: 'Broken nodes are not repaired, or old ones not upgraded, by themselves.',
  why: 'A node that nobody repairs is lost capacity, and one that nobody upgrades keeps known holes.',
  remedy: 'Leave management.auto_repair and management.auto_upgrade on.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-repair',
  checkov: ['CKV_GCP_9', 'CKV_GCP_10'],
  breaches: everyOf(['google_container_node_pool'], allOf(isNot('management.auto_repair', false), isNot('management.auto_upgrade', false))),
};
