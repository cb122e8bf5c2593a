import type { Rule } from '../../types';
import { allOf, anyOf, everyKept, is, isNot, stated } from '../conditions';

const sql = everyKept(
  ['google_sql_database_instance'],
  anyOf(stated('master_instance_name'), is('settings.backup_configuration.enabled', true)),
);
const alloy = everyKept(
  ['google_alloydb_cluster'],
  allOf(isNot('automated_backup_policy.enabled', false), isNot('continuous_backup_config.enabled', false)),
);

export const databaseBackupsOnGoogle: Rule = {
  id: 'TRC-GCP-014',
  severity: 'medium',
  summary: 'The database is not backed up, or not to a point in time.',
  why: 'A wrong statement cannot be taken back.',
  remedy: 'Set settings.backup_configuration with enabled and point_in_time_recovery_enabled; for AlloyDB leave both policies on.',
  link: 'https://cloud.google.com/sql/docs/postgres/backup-recovery/backups',
  checkov: ['CKV_GCP_14'],
  breaches: (input) => [...sql(input), ...alloy(input)],
};
