import type { Rule } from '../../types';
import { allOf, anyOf, everyOf, has, is, stated } from '../conditions';

export const balancerHealthCheck: Rule = {
  id: 'TRC-DO-028',
  severity: 'low',
  summary: 'The load balancer does not ask its servers whether they are well.',
  why: 'It asks only whether the port is open, or at a path that nobody chose: a server that answers errors keeps its visitors.',
  remedy: 'Set healthcheck with protocol http or https and the path of a health endpoint.',
  link: 'https://docs.digitalocean.com/products/networking/load-balancers/how-to/manage/',
  breaches: everyOf(
    ['digitalocean_loadbalancer'],
    anyOf(has('type', 'GLOBAL', 'REGIONAL_NETWORK'), allOf(is('healthcheck.protocol', 'http', 'https'), stated('healthcheck.path'))),
  ),
};
