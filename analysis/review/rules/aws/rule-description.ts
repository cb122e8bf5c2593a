import type { Rule } from '../../types';
import { everyOf, holding } from '../conditions';

export const ruleDescription: Rule = {
  id: 'TRC-AWS-017',
  severity: 'low',
  summary: 'The security group, or a rule of it, does not say what it is for.',
  why: 'Nobody dares to close what nobody can explain.',
  remedy: 'Write a description.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  checkov: ['CKV_AWS_23'],
  trivy: ['AVD-AWS-0099', 'AVD-AWS-0124'],
  breaches: everyOf(
    ['aws_security_group', 'aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    holding('description', ([text]) => text !== undefined && text !== 'Managed by Terraform'),
  ),
};
