import type { Rule } from '../../types';
import { allOf, everyOf, is, isNot } from '../conditions';

export const monitorPlain: Rule = {
  id: 'TRC-CF-002',
  severity: 'low',
  summary: 'The monitor looks at the origin without TLS, or takes any certificate.',
  why: 'An expired certificate is found by users first, and an answer of somebody else counts as healthy.',
  remedy: 'Set type = "https" and leave allow_insecure out.',
  link: 'https://developers.cloudflare.com/load-balancing/monitors/',
  breaches: everyOf(
    ['cloudflare_load_balancer_monitor'],
    allOf(is('type', 'https', 'tcp', 'udp_icmp', 'icmp_ping', 'smtp'), isNot('allow_insecure', true)),
  ),
};
