import type { Rule } from '../../types';
import { everyKept, is } from '../conditions';

export const bucketVersioningOnGoogle: Rule = {
  id: 'TRC-GCP-018',
  severity: 'medium',
  summary: 'The bucket keeps no versions.',
  why: 'An overwritten or deleted object is gone once its days of soft deletion are over.',
  remedy: 'Set versioning { enabled = true }, with a lifecycle rule that lets old versions expire.',
  link: 'https://cloud.google.com/storage/docs/object-versioning',
  checkov: ['CKV_GCP_78'],
  breaches: everyKept(['google_storage_bucket'], is('versioning.enabled', true)),
};
