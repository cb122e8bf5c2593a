import type { Rule } from '../../types';
import { allOf, everyOf, matches } from '../conditions';

export const administratorAccess: Rule = {
  id: 'TRC-AWS-050',
  severity: 'high',
  summary: "The role gets AWS's policy for administrators.",
  why: 'Whoever gets hold of it owns the account, backups included.',
  remedy: 'Attach policies that name what it needs.',
  link: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html',
  checkov: ['CKV_AWS_274'],
  breaches: everyOf(
    [
      'aws_iam_role_policy_attachment',
      'aws_iam_user_policy_attachment',
      'aws_iam_group_policy_attachment',
      'aws_iam_policy_attachment',
      'aws_iam_role',
    ],
    allOf(
      matches('policy_arn', /^(?!.*:policy\/AdministratorAccess$)/),
      matches('managed_policy_arns', /^(?!.*:policy\/AdministratorAccess$)/),
    ),
  ),
};
