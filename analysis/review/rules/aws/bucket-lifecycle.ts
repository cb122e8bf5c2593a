import type { Rule } from '../../types';
import { anyOf, companion, everyOf, stated } from '../conditions';

export const bucketLifecycle: Rule = {
  id: 'TRC-AWS-026',
  severity: 'low',
  summary: 'Nothing in the bucket ever expires.',
  why: 'Old versions and broken uploads are paid for, for ever.',
  remedy: 'Add an aws_s3_bucket_lifecycle_configuration: old versions, and uploads that were never finished.',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
  checkov: ['CKV2_AWS_61'],
  breaches: everyOf(['aws_s3_bucket'], anyOf(stated('lifecycle_rule'), companion(['aws_s3_bucket_lifecycle_configuration'], 'bucket'))),
};
