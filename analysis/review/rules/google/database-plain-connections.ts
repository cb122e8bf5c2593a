import type { Rule } from '../../types';
import { anyOf, everyOf, is, isNot } from '../conditions';

const sql = everyOf(
  ['google_sql_database_instance'],
  anyOf(
    is('settings.ip_configuration.ssl_mode', 'ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'),
    is('settings.ip_configuration.require_ssl', true),
  ),
);
const alloy = everyOf(
  ['google_alloydb_instance'],
  isNot('client_connection_config.ssl_config.ssl_mode', 'ALLOW_UNENCRYPTED_AND_ENCRYPTED'),
);

export const databasePlainConnectionsOnGoogle: Rule = {
  id: 'TRC-GCP-015',
  severity: 'medium',
  summary: 'The database accepts connections without TLS.',
  why: 'Passwords and rows can be read on the way.',
  remedy: 'Set settings.ip_configuration.ssl_mode = "ENCRYPTED_ONLY"; for AlloyDB client_connection_config.ssl_config.ssl_mode.',
  link: 'https://cloud.google.com/sql/docs/postgres/configure-ssl-instance',
  checkov: ['CKV_GCP_6'],
  breaches: (input) => [...sql(input), ...alloy(input)],
};
