import type { Rule } from '../../types';
import { anyOf, companion, everyOf, has, stated } from '../conditions';

export const cdnFirewall: Rule = {
  id: 'TRC-AWS-030',
  severity: 'low',
  summary: 'No web application firewall stands before it.',
  why: 'Floods and known attacks reach the application.',
  remedy: 'Attach a web ACL: web_acl_id, or an aws_wafv2_web_acl_association for a load balancer.',
  link: 'https://docs.aws.amazon.com/waf/latest/developerguide/what-is-aws-waf.html',
  checkov: ['CKV_AWS_68', 'CKV2_AWS_28'],
  trivy: ['AVD-AWS-0011'],
  breaches: everyOf(
    ['aws_cloudfront_distribution', 'aws_lb', 'aws_alb'],
    anyOf(
      stated('web_acl_id'),
      has('internal', true),
      has('load_balancer_type', 'network', 'gateway'),
      companion(['aws_wafv2_web_acl_association'], 'resource_arn'),
    ),
  ),
};
