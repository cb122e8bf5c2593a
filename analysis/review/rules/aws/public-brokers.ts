import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const publicBrokers: Rule = {
  id: 'TRC-AWS-052',
  severity: 'high',
  summary: 'The brokers have public addresses.',
  why: 'Only their passwords stand between the internet and the events.',
  remedy: 'Leave connectivity_info.public_access out.',
  link: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  checkov: ['CKV_AWS_291'],
  breaches: everyOf(['aws_msk_cluster'], isNot('broker_node_group_info.connectivity_info.public_access.type', 'SERVICE_PROVIDED_EIPS')),
};
