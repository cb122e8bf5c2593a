import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { adminPorts, closed, openOnDroplets } from '../network';

export const openAdminPorts: Rule = {
  id: 'TRC-DO-014',
  severity: 'medium',
  summary: 'The firewall lets the whole internet reach a port where servers are administered, such as SSH.',
  why: 'A leaked key or a hole in the service is then enough, from anywhere.',
  remedy: 'Name the addresses of the administrators, or reach the servers through a VPN.',
  link: 'https://docs.digitalocean.com/products/droplets/getting-started/recommended-droplet-setup/',
  breaches: everyOf(['digitalocean_firewall'], closed(openOnDroplets, adminPorts)),
};
