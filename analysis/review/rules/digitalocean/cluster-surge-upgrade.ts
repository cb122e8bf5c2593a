import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const clusterSurgeUpgrade: Rule = {
  id: 'TRC-DO-006',
  severity: 'low',
  summary: 'The cluster upgrades its nodes without spare ones.',
  why: 'Each node is taken away before its successor is there: during an upgrade the pods have less room, or none.',
  remedy: 'Set surge_upgrade = true.',
  link: 'https://docs.digitalocean.com/products/kubernetes/how-to/upgrade-cluster/',
  trivy: ['AVD-DIG-0005'],
  breaches: everyOf(['digitalocean_kubernetes_cluster'], is('surge_upgrade', true)),
};
