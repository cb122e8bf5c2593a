import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const poolWithoutMonitor: Rule = {
  id: 'TRC-CF-003',
  severity: 'medium',
  summary: 'Nobody looks whether the origins of the pool answer.',
  why: 'Traffic is sent to a cloud that is down until somebody notices.',
  remedy: 'Give the pool a monitor.',
  link: 'https://developers.cloudflare.com/load-balancing/pools/',
  breaches: everyOf(['cloudflare_load_balancer_pool'], stated('monitor')),
};
