import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const clusterOutsideVpc: Rule = {
  id: 'TRC-DO-024',
  severity: 'medium',
  summary: "The cluster lies in the region's default network.",
  why: 'It is created there for good, beside everything else of the account that names no network.',
  remedy: 'Give it the vpc_uuid of a network of its own environment.',
  link: 'https://docs.digitalocean.com/products/networking/vpc/',
  breaches: everyOf(['digitalocean_kubernetes_cluster'], stated('vpc_uuid')),
};
