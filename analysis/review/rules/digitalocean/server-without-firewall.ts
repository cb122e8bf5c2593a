import type { Rule } from '../../types';
import { anyOf, companion, type Condition, everyOf } from '../conditions';
import { pointingTo, pointsSomewhere, saying } from '../pointers';
import { read, visible } from '../read';

const firewalls: readonly string[] = ['digitalocean_firewall'];

/** Whether a firewall names a tag of the droplet, by reference or in words. Unknown where a tag of either is not known. */
const sharesTag: Condition = (node, graph) => {
  const tags = graph.referenced(node, 'tags');
  const byReference = tags.some((tag) => pointingTo(tag, firewalls, 'tags', graph).length > 0);
  if (byReference || visible(node, 'tags').some((word) => typeof word === 'string' && saying(word, firewalls, 'tags', graph).length > 0))
    return true;
  return (tags.length === 0 && read(node, 'tags') === undefined) || pointsSomewhere(firewalls, 'tags', graph) ? undefined : false;
};

export const serverWithoutFirewall: Rule = {
  id: 'TRC-DO-045',
  severity: 'medium',
  summary: 'No firewall stands before the droplet.',
  why: 'Its public address answers on every port that a program opens, those of databases and agents included.',
  remedy: 'Add a digitalocean_firewall that names it by id or by tag.',
  link: 'https://docs.digitalocean.com/products/networking/firewalls/',
  breaches: everyOf(['digitalocean_droplet'], anyOf(companion(firewalls, 'droplet_ids'), sharesTag)),
};
