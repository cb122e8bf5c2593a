import type { Rule } from '../../types';
import { everyOf, holding } from '../conditions';
import { isWorld } from '../network';

export const publicDatabaseOnGoogle: Rule = {
  id: 'TRC-GCP-012',
  severity: 'high',
  summary: 'The database accepts connections from every address on the internet.',
  why: 'It is found by scanners within hours; one weak password, and the data is gone.',
  remedy: 'Take the range out of authorized_networks, and use a private address.',
  link: 'https://cloud.google.com/sql/docs/postgres/authorize-networks',
  checkov: ['CKV_GCP_11'],
  breaches: everyOf(
    ['google_sql_database_instance'],
    holding('settings.ip_configuration.authorized_networks.value', (ranges) => !ranges.some(isWorld)),
  ),
};
