import type { Rule } from '../../types';
import { allOf, everyOf, has, is, isNot, when } from '../conditions';

/** A rule for http is fine where it only redirects, or where only the private network sees it. */
export const balancerHttps: Rule = {
  id: 'TRC-DO-005',
  severity: 'medium',
  summary: 'The load balancer serves http without sending it on to https.',
  why: 'Passwords and sessions travel readable, and a stranger on the way can change what is served.',
  remedy: 'Set redirect_http_to_https, with a forwarding rule for https and a certificate.',
  link: 'https://docs.digitalocean.com/products/networking/load-balancers/how-to/ssl-termination/',
  trivy: ['AVD-DIG-0002'],
  breaches: everyOf(
    ['digitalocean_loadbalancer'],
    when(allOf(isNot('network', 'INTERNAL'), has('forwarding_rule.entry_protocol', 'http')), is('redirect_http_to_https', true)),
  ),
};
