import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

const member = everyOf(['google_storage_bucket_iam_member'], isNot('member', 'allUsers', 'allAuthenticatedUsers'));
const binding = everyOf(['google_storage_bucket_iam_binding'], isNot('members', 'allUsers', 'allAuthenticatedUsers'));
const acl = everyOf(['google_storage_bucket_acl'], isNot('predefined_acl', 'publicRead', 'publicReadWrite'));

export const bucketPublicOnGoogle: Rule = {
  id: 'TRC-GCP-016',
  severity: 'high',
  summary: 'Everyone may read or write the bucket.',
  why: 'What is in it is found by its name, and copied.',
  remedy: 'Name who may read; serve public files through a CDN with a bucket of their own.',
  link: 'https://cloud.google.com/storage/docs/access-control/making-data-public',
  checkov: ['CKV_GCP_28'],
  breaches: (input) => [...member(input), ...binding(input), ...acl(input)],
};
