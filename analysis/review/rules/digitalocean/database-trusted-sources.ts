import type { Rule } from '../../types';
import { companion, everyOf, several } from '../conditions';

export const databaseTrustedSources: Rule = {
  id: 'TRC-DO-011',
  severity: 'high',
  summary: 'The database accepts connections from every address on the internet.',
  why: 'A managed database has a public address and no firewall until one is set: only its password protects the data.',
  remedy: 'Add a digitalocean_database_firewall that names droplets, tags, clusters or addresses.',
  link: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/',
  breaches: everyOf(['digitalocean_database_cluster'], companion(['digitalocean_database_firewall'], 'cluster_id', several('rule', 1))),
};
