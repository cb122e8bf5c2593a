import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const databaseMaintenanceWindow: Rule = {
  id: 'TRC-DO-020',
  severity: 'low',
  summary: 'The database has no maintenance window of its own.',
  why: 'DigitalOcean then restarts it when it likes, perhaps at the busiest hour.',
  remedy: 'Set maintenance_window with the quietest day and hour (UTC).',
  link: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/update-upgrade/',
  breaches: everyOf(['digitalocean_database_cluster'], stated('maintenance_window.day')),
};
