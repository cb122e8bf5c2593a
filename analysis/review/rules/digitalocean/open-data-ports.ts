import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { closed, dataPorts, openOnDroplets } from '../network';

export const openDataPorts: Rule = {
  id: 'TRC-DO-013',
  severity: 'high',
  summary: 'The firewall lets the whole internet reach a port where data is served.',
  why: 'Databases and caches are tried day and night; several of them ask for no password unless told to.',
  remedy: 'Let in only the droplets that use it, by tag.',
  link: 'https://docs.digitalocean.com/products/networking/firewalls/how-to/configure-rules/',
  breaches: everyOf(['digitalocean_firewall'], closed(openOnDroplets, dataPorts)),
};
