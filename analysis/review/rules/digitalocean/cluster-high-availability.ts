import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const clusterHighAvailability: Rule = {
  id: 'TRC-DO-022',
  severity: 'low',
  summary: "The cluster's control plane runs once.",
  why: 'While it is down nothing is scheduled, healed or scaled. It cannot be taken back, but it can be added at any time.',
  remedy: 'Set ha = true.',
  link: 'https://docs.digitalocean.com/products/kubernetes/details/features/',
  breaches: everyOf(['digitalocean_kubernetes_cluster'], is('ha', true)),
};
