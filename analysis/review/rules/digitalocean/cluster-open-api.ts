import type { Rule } from '../../types';
import { allOf, everyOf, is } from '../conditions';
import { isWorld } from '../network';
import { leaves } from '../read';

export const clusterOpenApi: Rule = {
  id: 'TRC-DO-023',
  severity: 'medium',
  summary: "The whole internet reaches the cluster's API.",
  why: 'A leaked token is then enough to take the cluster over, from anywhere.',
  remedy: 'Set control_plane_firewall with enabled = true and the addresses that may connect.',
  link: 'https://docs.digitalocean.com/products/kubernetes/how-to/add-control-plane-firewall/',
  breaches: everyOf(
    ['digitalocean_kubernetes_cluster'],
    allOf(
      is('control_plane_firewall.enabled', true),
      (node) => !leaves(node.values, ['control_plane_firewall', 'allowed_addresses']).some(isWorld),
    ),
  ),
};
