import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const publicBucketAcl: Rule = {
  id: 'TRC-AWS-023',
  severity: 'high',
  summary: 'Everyone can list and read the bucket.',
  why: 'Whatever is ever put there is public, backups and uploads included.',
  remedy: 'Leave acl out; serve public files through CloudFront.',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  checkov: ['CKV_AWS_20', 'CKV_AWS_57'],
  trivy: ['AVD-AWS-0092'],
  breaches: everyOf(
    ['aws_s3_bucket', 'aws_s3_bucket_acl', 'aws_s3_object'],
    isNot('acl', 'public-read', 'public-read-write', 'authenticated-read', 'website'),
  ),
};
