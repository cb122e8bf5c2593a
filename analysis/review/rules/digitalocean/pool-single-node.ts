import type { Rule } from '../../types';
import { allOf, anyOf, atLeast, everyOf, has, not } from '../conditions';

/** A pool that scales is judged by its lower bound. */
export const poolSingleNode: Rule = {
  id: 'TRC-DO-026',
  severity: 'low',
  summary: "The cluster's own node pool may be a single node.",
  why: 'When that node fails or is upgraded, everything in the cluster stands still, its own services included.',
  remedy: 'Set node_count, or min_nodes, to 2 or more.',
  link: 'https://docs.digitalocean.com/products/kubernetes/concepts/best-practices/',
  breaches: everyOf(
    ['digitalocean_kubernetes_cluster'],
    anyOf(
      allOf(has('node_pool.auto_scale', true), atLeast('node_pool.min_nodes', 2)),
      allOf(not(has('node_pool.auto_scale', true)), atLeast('node_pool.node_count', 2)),
    ),
  ),
};
