import type { Rule } from '../../types';
import { anyOf, companion, everyOf, is } from '../conditions';

export const bucketVersioningOnAws: Rule = {
  id: 'TRC-AWS-022',
  severity: 'medium',
  summary: 'The bucket keeps no versions.',
  why: 'An object that is overwritten or deleted, by a slip or by an intruder, is gone.',
  remedy: 'Add an aws_s3_bucket_versioning with status Enabled, and a lifecycle rule that lets old versions expire.',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  checkov: ['CKV_AWS_21'],
  trivy: ['AVD-AWS-0090'],
  breaches: everyOf(
    ['aws_s3_bucket'],
    anyOf(
      is('versioning.enabled', true),
      companion(['aws_s3_bucket_versioning'], 'bucket', is('versioning_configuration.status', 'Enabled')),
    ),
  ),
};
