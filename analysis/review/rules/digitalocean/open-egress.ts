import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isWorld } from '../network';
import { leaves } from '../read';

export const openEgress: Rule = {
  id: 'TRC-DO-003',
  severity: 'low',
  summary: 'Droplets may connect to every address on the internet.',
  why: 'Someone who breaks in can load tools and carry data away unhindered.',
  remedy: 'Name the destinations, or send outgoing traffic through a proxy or a gateway that logs it.',
  link: 'https://docs.digitalocean.com/products/networking/firewalls/how-to/configure-rules/',
  trivy: ['AVD-DIG-0003'],
  breaches: everyOf(['digitalocean_firewall'], (node) => !leaves(node.values, ['outbound_rule', 'destination_addresses']).some(isWorld)),
};
