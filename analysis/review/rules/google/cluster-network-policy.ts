import type { Rule } from '../../types';
import { anyOf, everyOf, is } from '../conditions';

export const clusterNetworkPolicyOnGoogle: Rule = {
  id: 'TRC-GCP-009',
  severity: 'medium',
  summary: 'The cluster does not enforce network policies.',
  why: 'Policies are accepted and do nothing, so that every pod reaches every other one.',
  remedy: 'Set datapath_provider = "ADVANCED_DATAPATH", or network_policy with enabled = true.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy',
  checkov: ['CKV_GCP_12'],
  breaches: everyOf(
    ['google_container_cluster'],
    anyOf(is('datapath_provider', 'ADVANCED_DATAPATH'), is('network_policy.enabled', true), is('enable_autopilot', true)),
  ),
};
