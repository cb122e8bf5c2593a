import type { Rule } from '../../types';
import { everyOf, is, isNot } from '../conditions';

const sql = everyOf(['google_sql_database_instance'], is('settings.ip_configuration.ipv4_enabled', false));
const alloy = everyOf(['google_alloydb_instance'], isNot('network_config.enable_public_ip', true));

export const databasePublicAddress: Rule = {
  id: 'TRC-GCP-013',
  severity: 'medium',
  summary: 'The database has a public address.',
  why: 'It waits for connections from outside, and one entry in its networks opens it.',
  remedy: 'Set settings.ip_configuration.ipv4_enabled = false and private_network; for AlloyDB leave enable_public_ip out.',
  link: 'https://cloud.google.com/sql/docs/postgres/private-ip',
  checkov: ['CKV_GCP_60'],
  breaches: (input) => [...sql(input), ...alloy(input)],
};
