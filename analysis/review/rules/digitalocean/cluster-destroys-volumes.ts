import type { Rule } from '../../types';
import { everyKept, isNot } from '../conditions';

export const clusterDestroysVolumes: Rule = {
  id: 'TRC-DO-025',
  severity: 'high',
  summary: 'Deleting or replacing the cluster also deletes its volumes, snapshots and load balancers.',
  why: 'A change that replaces the cluster takes all data in it along.',
  remedy: 'Leave destroy_all_associated_resources out.',
  link: 'https://registry.terraform.io/providers/digitalocean/digitalocean/latest/docs/resources/kubernetes_cluster',
  breaches: everyKept(['digitalocean_kubernetes_cluster'], isNot('destroy_all_associated_resources', true)),
};
