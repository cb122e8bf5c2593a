import type { Rule } from '../../types';
import { allOf, companion, everyOf, is } from '../conditions';

/** AWS has blocked public access of new buckets by itself since April 2023; a bucket made before, or opened since, is not told apart here. */
export const publicAccessBlock: Rule = {
  id: 'TRC-AWS-021',
  severity: 'medium',
  summary: 'Nothing keeps the bucket from being made public.',
  why: 'One policy or one setting of one object is then enough.',
  remedy: 'Add an aws_s3_bucket_public_access_block with all four switches on.',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  checkov: ['CKV2_AWS_6', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
  trivy: ['AVD-AWS-0094', 'AVD-AWS-0086', 'AVD-AWS-0087', 'AVD-AWS-0091', 'AVD-AWS-0093'],
  breaches: everyOf(
    ['aws_s3_bucket'],
    companion(
      ['aws_s3_bucket_public_access_block'],
      'bucket',
      allOf(...['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map((name) => is(name, true))),
    ),
  ),
};
