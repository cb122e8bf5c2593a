import type { Rule } from '../../types';
import { anyOf, everyOf, stated } from '../conditions';

export const dropletOutsideVpc: Rule = {
  id: 'TRC-DO-016',
  severity: 'medium',
  summary: "The server lies in the region's default network.",
  why: 'Everything else in the account that names no network shares it, so that environments can reach each other.',
  remedy: 'Give it the vpc_uuid of a network of its own environment.',
  link: 'https://docs.digitalocean.com/products/networking/vpc/',
  breaches: everyOf(
    ['digitalocean_droplet', 'digitalocean_droplet_autoscale'],
    anyOf(stated('vpc_uuid'), stated('droplet_template.vpc_uuid')),
  ),
};
