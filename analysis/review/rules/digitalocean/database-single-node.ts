import type { Rule } from '../../types';
import { atLeast, everyOf } from '../conditions';

export const databaseSingleNode: Rule = {
  id: 'TRC-DO-019',
  severity: 'low',
  summary: 'The managed database has no standby.',
  why: 'When its node fails, it stands still until another one is restored from the backup.',
  remedy: 'Set node_count to 2 or 3.',
  link: 'https://docs.digitalocean.com/products/databases/postgresql/details/features/',
  breaches: everyOf(['digitalocean_database_cluster'], atLeast('node_count', 2)),
};
