import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const bucketPublicAccessPrevention: Rule = {
  id: 'TRC-GCP-017',
  severity: 'medium',
  summary: 'Nothing stops the bucket from being made public.',
  why: 'One member allUsers, added by hand, opens everything in it.',
  remedy: 'Set public_access_prevention = "enforced" and uniform_bucket_level_access = true.',
  link: 'https://cloud.google.com/storage/docs/public-access-prevention',
  checkov: ['CKV_GCP_114'],
  breaches: everyOf(['google_storage_bucket'], is('public_access_prevention', 'enforced')),
};
