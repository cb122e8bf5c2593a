import type { Rule } from '../../types';
import { anyOf, everyOf, is, stated, when } from '../conditions';

export const groupHealthCheck: Rule = {
  id: 'TRC-AWS-059',
  severity: 'low',
  summary: 'The group behind a load balancer replaces a server only when the machine fails.',
  why: 'A program that hangs keeps its server for ever, without visitors.',
  remedy: 'Set health_check_type = "ELB".',
  link: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html',
  checkov: ['CKV2_AWS_15'],
  breaches: everyOf(
    ['aws_autoscaling_group'],
    when(anyOf(stated('target_group_arns'), stated('load_balancers')), is('health_check_type', 'ELB')),
  ),
};
