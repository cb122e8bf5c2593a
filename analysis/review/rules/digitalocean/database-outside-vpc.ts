import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const databaseOutsideVpc: Rule = {
  id: 'TRC-DO-018',
  severity: 'medium',
  summary: "The database lies in the region's default network.",
  why: 'It is created there for good: moving it later replaces it, with its data. Servers of other environments reach its private address.',
  remedy: "Give it the private_network_uuid of the environment's network from the start.",
  link: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/',
  breaches: everyOf(['digitalocean_database_cluster', 'digitalocean_database_replica'], stated('private_network_uuid')),
};
