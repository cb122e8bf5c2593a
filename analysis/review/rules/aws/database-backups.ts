import type { Rule } from '../../types';
import { anyOf, atLeast, everyKept, stated } from '../conditions';

/** AWS's own default of a cluster is one day, of an instance none. */
export const databaseBackups: Rule = {
  id: 'TRC-AWS-004',
  severity: 'high',
  summary: 'The database keeps backups for less than seven days, or none.',
  why: 'A mistake that is noticed after a long weekend cannot be undone.',
  remedy: 'Set backup_retention_period to 7 or more.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  checkov: ['CKV_AWS_133'],
  trivy: ['AVD-AWS-0077'],
  breaches: everyKept(['aws_db_instance', 'aws_rds_cluster'], anyOf(stated('replicate_source_db'), atLeast('backup_retention_period', 7))),
};
