import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const balancerNotProxied: Rule = {
  id: 'TRC-CF-001',
  severity: 'medium',
  summary: 'The traffic passes by Cloudflare: only names are answered.',
  why: 'The addresses of the origins are public then, and nothing filters what reaches them.',
  remedy: 'Set proxied = true.',
  link: 'https://developers.cloudflare.com/load-balancing/understand-basics/proxy-modes/',
  breaches: everyOf(['cloudflare_load_balancer'], is('proxied', true)),
};
