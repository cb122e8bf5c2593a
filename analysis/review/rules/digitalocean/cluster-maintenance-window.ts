import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const clusterMaintenanceWindow: Rule = {
  id: 'TRC-DO-021',
  severity: 'low',
  summary: 'The cluster has no upgrade window of its own.',
  why: 'Nodes are then drained and replaced at an hour that nobody chose.',
  remedy: 'Set maintenance_policy with a day and a start_time (UTC).',
  link: 'https://docs.digitalocean.com/products/kubernetes/how-to/upgrade-cluster/',
  breaches: everyOf(['digitalocean_kubernetes_cluster'], stated('maintenance_policy.start_time')),
};
