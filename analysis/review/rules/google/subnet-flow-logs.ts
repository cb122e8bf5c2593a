import type { Rule } from '../../types';
import { anyOf, everyOf, has, stated } from '../conditions';

export const subnetFlowLogs: Rule = {
  id: 'TRC-GCP-019',
  severity: 'low',
  summary: 'Nobody can see afterwards who spoke with whom in the network.',
  why: 'After a break-in the logs of connections are what tells how far it went.',
  remedy: 'Set log_config; a sampling of a tenth is enough.',
  link: 'https://cloud.google.com/vpc/docs/using-flow-logs',
  checkov: ['CKV_GCP_26'],
  breaches: everyOf(
    ['google_compute_subnetwork'],
    anyOf(stated('log_config'), has('purpose', 'REGIONAL_MANAGED_PROXY', 'GLOBAL_MANAGED_PROXY')),
  ),
};
