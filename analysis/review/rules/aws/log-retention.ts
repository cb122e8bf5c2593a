import type { Rule } from '../../types';
import { atLeast, everyOf } from '../conditions';

export const logRetention: Rule = {
  id: 'TRC-AWS-053',
  severity: 'low',
  summary: 'The logs are kept for ever.',
  why: 'They are paid for as long, and what must be deleted after a time never is.',
  remedy: 'Set retention_in_days.',
  link: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  checkov: ['CKV_AWS_66'],
  breaches: everyOf(['aws_cloudwatch_log_group'], atLeast('retention_in_days', 1)),
};
