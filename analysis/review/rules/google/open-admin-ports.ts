import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { adminPorts, closed, openOnGoogle } from '../network';

export const openAdminPortsOnGoogle: Rule = {
  id: 'TRC-GCP-011',
  severity: 'medium',
  summary: 'The firewall lets the whole internet reach a port where servers are administered, such as SSH.',
  why: 'Passwords and keys are tried there all day long.',
  remedy: 'Let in only 35.235.240.0/20, from which Identity-Aware Proxy comes, or the addresses of the administrators.',
  link: 'https://cloud.google.com/iap/docs/using-tcp-forwarding',
  checkov: ['CKV_GCP_2', 'CKV_GCP_3'],
  breaches: everyOf(['google_compute_firewall'], closed(openOnGoogle, adminPorts)),
};
