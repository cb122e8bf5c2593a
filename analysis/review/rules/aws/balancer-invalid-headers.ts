import type { Rule } from '../../types';
import { anyOf, everyOf, has, is } from '../conditions';

export const balancerInvalidHeaders: Rule = {
  id: 'TRC-AWS-033',
  severity: 'low',
  summary: 'The load balancer passes on headers that no browser sends.',
  why: 'Two servers may read such a request differently, which is how requests are smuggled past checks.',
  remedy: 'Set drop_invalid_header_fields = true.',
  link: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  checkov: ['CKV_AWS_131'],
  trivy: ['AVD-AWS-0052'],
  breaches: everyOf(['aws_lb', 'aws_alb'], anyOf(has('load_balancer_type', 'network', 'gateway'), is('drop_invalid_header_fields', true))),
};
