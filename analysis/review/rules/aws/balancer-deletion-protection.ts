import type { Rule } from '../../types';
import { everyKept, is } from '../conditions';

export const balancerDeletionProtection: Rule = {
  id: 'TRC-AWS-034',
  severity: 'low',
  summary: 'The load balancer can be deleted in one step.',
  why: 'Its address goes with it, and everything that points there.',
  remedy: 'Set enable_deletion_protection = true.',
  link: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  checkov: ['CKV_AWS_150'],
  breaches: everyKept(['aws_lb', 'aws_alb'], is('enable_deletion_protection', true)),
};
