import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isWorld } from '../network';
import { leaves } from '../read';

export const databaseOpenToWorld: Rule = {
  id: 'TRC-DO-012',
  severity: 'high',
  summary: 'A trusted source of the database is the whole internet.',
  why: 'The rule undoes the firewall that it stands in.',
  remedy: 'Name single addresses, droplets, tags or clusters.',
  link: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/',
  breaches: everyOf(['digitalocean_database_firewall'], (node) => !leaves(node.values, ['rule', 'value']).some(isWorld)),
};
