import type { Rule } from '../../types';
import { everyKept, is } from '../conditions';

export const tableRecovery: Rule = {
  id: 'TRC-AWS-055',
  severity: 'medium',
  summary: 'The table cannot be brought back to an earlier moment.',
  why: 'A wrong write is final.',
  remedy: 'Set point_in_time_recovery { enabled = true }.',
  link: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html',
  checkov: ['CKV_AWS_28'],
  trivy: ['AVD-AWS-0024'],
  breaches: everyKept(['aws_dynamodb_table'], is('point_in_time_recovery.enabled', true)),
};
