import type { Rule } from '../../types';
import { anyOf, everyOf, stated } from '../conditions';

export const databaseLogs: Rule = {
  id: 'TRC-AWS-062',
  severity: 'low',
  summary: "The database's logs stay on its own disk.",
  why: 'They are gone with it, and after three days in any case.',
  remedy: 'Set enabled_cloudwatch_logs_exports.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html',
  checkov: ['CKV_AWS_129', 'CKV_AWS_324'],
  breaches: everyOf(
    ['aws_db_instance', 'aws_rds_cluster'],
    anyOf(stated('enabled_cloudwatch_logs_exports'), stated('replicate_source_db')),
  ),
};
