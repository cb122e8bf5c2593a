import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { noStatement } from '../policies';

export const everyRight: Rule = {
  id: 'TRC-AWS-048',
  severity: 'high',
  summary: 'The policy allows every action on everything.',
  why: 'Whoever gets hold of one such role owns the account, backups included.',
  remedy: 'Name the actions and the resources.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  checkov: ['CKV_AWS_62', 'CKV_AWS_63', 'CKV2_AWS_40'],
  trivy: ['AVD-AWS-0057'],
  breaches: everyOf(
    ['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy'],
    noStatement(
      'policy',
      ({ allows, actions, resources }) => allows && actions.some((action) => ['*', '*:*'].includes(action)) && resources.includes('*'),
    ),
  ),
};
