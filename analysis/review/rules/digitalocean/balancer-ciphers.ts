import type { Rule } from '../../types';
import { everyOf, has, is, when } from '../conditions';

export const balancerCiphers: Rule = {
  id: 'TRC-DO-029',
  severity: 'low',
  summary: 'The load balancer accepts weaker ciphers than it could.',
  why: 'Its default set holds ciphers that the strong one leaves out.',
  remedy: 'Set tls_cipher_policy = "STRONG".',
  link: 'https://docs.digitalocean.com/products/networking/load-balancers/how-to/manage/',
  breaches: everyOf(
    ['digitalocean_loadbalancer'],
    when(has('forwarding_rule.entry_protocol', 'https', 'http2', 'http3'), is('tls_cipher_policy', 'STRONG')),
  ),
};
