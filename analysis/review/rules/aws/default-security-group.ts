import type { Rule } from '../../types';
import { allOf, companion, everyOf, not, stated } from '../conditions';

export const defaultSecurityGroup: Rule = {
  id: 'TRC-AWS-018',
  severity: 'low',
  summary: "The network's default security group lets its members talk to each other and to everyone outside.",
  why: 'Whatever is made without a group of its own lands there.',
  remedy: 'Add an aws_default_security_group without rules.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  checkov: ['CKV2_AWS_12'],
  trivy: ['AVD-AWS-0173'],
  breaches: everyOf(['aws_vpc'], companion(['aws_default_security_group'], 'vpc_id', allOf(not(stated('ingress')), not(stated('egress'))))),
};
