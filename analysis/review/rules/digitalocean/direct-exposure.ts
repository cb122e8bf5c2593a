import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { closed, openOnDroplets, webPorts } from '../network';

export const directExposure: Rule = {
  id: 'TRC-DO-002',
  severity: 'low',
  summary: 'Droplets answer the whole internet themselves.',
  why: 'Without a load balancer in front, a droplet that fails or is released is an outage, and its address is what an attacker meets.',
  remedy: 'Put a load balancer in front and let only it in: source_load_balancer_uids.',
  link: 'https://docs.digitalocean.com/products/networking/load-balancers/',
  checkov: ['CKV_DIO_4'],
  trivy: ['AVD-DIG-0001'],
  breaches: everyOf(['digitalocean_firewall'], closed(openOnDroplets, webPorts)),
};
