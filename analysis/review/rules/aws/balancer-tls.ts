import type { Rule } from '../../types';
import { allOf, everyOf, has, matches, stated, when } from '../conditions';

export const balancerTls: Rule = {
  id: 'TRC-AWS-032',
  severity: 'medium',
  summary: 'The load balancer speaks old versions of TLS.',
  why: 'Without a policy of its own a listener takes one from 2016, which accepts TLS 1.0.',
  remedy: 'Set ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06" or a newer one.',
  link: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  checkov: ['CKV_AWS_103', 'CKV2_AWS_74'],
  trivy: ['AVD-AWS-0047'],
  breaches: everyOf(
    ['aws_lb_listener', 'aws_alb_listener'],
    when(has('protocol', 'HTTPS', 'TLS'), allOf(stated('ssl_policy'), matches('ssl_policy', /TLS13-1-[23]|TLS-1-2|FS-1-2/))),
  ),
};
