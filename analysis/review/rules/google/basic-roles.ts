import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const basicRoles: Rule = {
  id: 'TRC-GCP-020',
  severity: 'medium',
  summary: 'An account is owner or editor of the whole project.',
  why: 'Whoever takes it over may change and delete everything.',
  remedy: 'Give the roles that it needs, of the services that it uses.',
  link: 'https://cloud.google.com/iam/docs/understanding-roles#basic',
  checkov: ['CKV_GCP_117'],
  breaches: everyOf(['google_project_iam_member', 'google_project_iam_binding'], isNot('role', 'roles/owner', 'roles/editor')),
};
