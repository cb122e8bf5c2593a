import type { Rule } from '../../types';
import { anyOf, everyKept, is, stated } from '../conditions';

export const databaseDeletionProtection: Rule = {
  id: 'TRC-AWS-003',
  severity: 'medium',
  summary: 'The database can be deleted in one step.',
  why: 'A wrong plan, or a click in the console, is enough.',
  remedy: 'Set deletion_protection = true.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  checkov: ['CKV_AWS_293', 'CKV_AWS_139'],
  trivy: ['AVD-AWS-0177', 'AVD-AWS-0343'],
  breaches: everyKept(['aws_db_instance', 'aws_rds_cluster'], anyOf(is('deletion_protection', true), stated('replicate_source_db'))),
};
