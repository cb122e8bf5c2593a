import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isPublic, noStatement } from '../policies';

export const publicBucketPolicy: Rule = {
  id: 'TRC-AWS-024',
  severity: 'high',
  summary: "The bucket's policy lets everyone in, without a condition.",
  why: 'Strangers can read, and with some actions overwrite or delete, what lies in it.',
  remedy: "Name who may: a role, an account, or CloudFront with the distribution's ARN as a condition.",
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html',
  checkov: ['CKV_AWS_70'],
  breaches: everyOf(['aws_s3_bucket', 'aws_s3_bucket_policy'], noStatement('policy', isPublic)),
};
