import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const databaseMinorUpgrades: Rule = {
  id: 'TRC-AWS-007',
  severity: 'low',
  summary: 'The database does not take minor versions by itself.',
  why: 'Fixes of security holes wait until someone thinks of them.',
  remedy: 'Leave auto_minor_version_upgrade on, with a maintenance_window.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  checkov: ['CKV_AWS_226'],
  breaches: everyOf(['aws_db_instance', 'aws_rds_cluster_instance'], isNot('auto_minor_version_upgrade', false)),
};
