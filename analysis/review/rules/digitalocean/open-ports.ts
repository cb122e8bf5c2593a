import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { beyond, openOnDroplets, webPorts } from '../network';

/** What Checkov and Trivy say of every open port, here of those that no website needs. */
export const openPorts: Rule = {
  id: 'TRC-DO-001',
  severity: 'medium',
  summary: 'The firewall lets the whole internet in on a port that no website needs.',
  why: 'Whatever listens there is found by scanners within minutes, and only its own password stands before it.',
  remedy: 'Name the addresses, droplets, tags or load balancers that may connect.',
  link: 'https://docs.digitalocean.com/products/networking/firewalls/how-to/configure-rules/',
  checkov: ['CKV_DIO_4'],
  trivy: ['AVD-DIG-0001'],
  breaches: everyOf(['digitalocean_firewall'], (node) => beyond(openOnDroplets(node), webPorts).length === 0),
};
