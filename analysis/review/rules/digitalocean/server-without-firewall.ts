import type { Rule } from '../../types';
import { any, companion, everyOf } from '../conditions';
import { read, visible } from '../read';
import type { Condition } from '../conditions';

/** Whether a firewall names a tag of the droplet, by reference or in words. Unknown where a tag of either is not known. */
const sharesTag: Condition = (node, graph) => {
  const firewalls = graph.ofType('digitalocean_firewall');
  const tags = graph.referenced(node, 'tags');
  const words = visible(node, 'tags');
  if (firewalls.some((one) => graph.referenced(one, 'tags').some((tag) => tags.includes(tag)) || visible(one, 'tags').some((word) => words.includes(word)))) return true;
  return [node, ...firewalls].some((one) => read(one, 'tags') === undefined && graph.referenced(one, 'tags').length === 0) ? undefined : false;
};

export const serverWithoutFirewall: Rule = {
  id: 'TRC-DO-045',
  severity: 'medium',
  summary: 'No firewall stands before the droplet.',
  why: 'Its public address answers on every port that a program opens, those of databases and agents included.',
  remedy: 'Add a digitalocean_firewall that names it by id or by tag.',
  link: 'https://docs.digitalocean.com/products/networking/firewalls/',
  breaches: everyOf(['digitalocean_droplet'], any(companion(['digitalocean_firewall'], 'droplet_ids'), sharesTag)),
};
