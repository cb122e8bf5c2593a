import type { Rule } from '../../types';
import { anyOf, everyOf, has, stated } from '../conditions';

/** A global one stands before regions and lies in none. */
export const balancerOutsideVpc: Rule = {
  id: 'TRC-DO-027',
  severity: 'low',
  summary: "The load balancer lies in the region's default network.",
  why: 'It then speaks to the servers over their public addresses, or not at all.',
  remedy: "Give it the vpc_uuid of its servers' network.",
  link: 'https://docs.digitalocean.com/products/networking/load-balancers/',
  breaches: everyOf(['digitalocean_loadbalancer'], anyOf(has('type', 'GLOBAL'), stated('vpc_uuid'))),
};
