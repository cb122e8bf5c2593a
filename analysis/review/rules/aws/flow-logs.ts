import type { Rule } from '../../types';
import { companion, everyOf } from '../conditions';

export const flowLogs: Rule = {
  id: 'TRC-AWS-019',
  severity: 'low',
  summary: 'The network keeps no record of who talked to whom.',
  why: 'After a break-in nobody can tell where it went.',
  remedy: 'Add an aws_flow_log with its vpc_id.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
  checkov: ['CKV2_AWS_11'],
  trivy: ['AVD-AWS-0178'],
  breaches: everyOf(['aws_vpc'], companion(['aws_flow_log'], 'vpc_id')),
};
