import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isPublic, noStatement } from '../policies';

export const roleForEveryone: Rule = {
  id: 'TRC-AWS-049',
  severity: 'high',
  summary: 'Every AWS account may take this role.',
  why: "Its rights are then anybody's.",
  remedy: 'Name the service or account that may, and for another account an external id.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html',
  checkov: ['CKV_AWS_60', 'CKV_AWS_61'],
  breaches: everyOf(['aws_iam_role'], noStatement('assume_role_policy', isPublic)),
};
