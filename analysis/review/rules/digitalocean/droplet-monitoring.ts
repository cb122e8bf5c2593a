import type { Rule } from '../../types';
import { anyOf, everyOf, is } from '../conditions';

export const dropletMonitoring: Rule = {
  id: 'TRC-DO-017',
  severity: 'low',
  summary: 'The droplet reports neither memory nor disk.',
  why: 'A disk that fills up is seen when the product stops.',
  remedy: 'Set monitoring = true (with_droplet_agent in the template of a pool): it is free.',
  link: 'https://docs.digitalocean.com/products/monitoring/how-to/install-metrics-agent/',
  breaches: everyOf(
    ['digitalocean_droplet', 'digitalocean_droplet_autoscale'],
    anyOf(is('monitoring', true), is('droplet_template.with_droplet_agent', true)),
  ),
};
