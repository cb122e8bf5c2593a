import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const clusterAutoUpgrade: Rule = {
  id: 'TRC-DO-009',
  severity: 'low',
  summary: 'The cluster does not take patch releases by itself.',
  why: 'Fixes of security holes in Kubernetes wait until someone thinks of them.',
  remedy: 'Set auto_upgrade = true and a maintenance_policy.',
  link: 'https://docs.digitalocean.com/products/kubernetes/how-to/upgrade-cluster/',
  trivy: ['AVD-DIG-0008'],
  breaches: everyOf(['digitalocean_kubernetes_cluster'], is('auto_upgrade', true)),
};
