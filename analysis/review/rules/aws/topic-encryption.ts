import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';

export const topicEncryption: Rule = {
  id: 'TRC-AWS-045',
  severity: 'low',
  summary: 'The topic is not encrypted.',
  why: "Messages lie readable on AWS's disks until they are delivered.",
  remedy: 'Set kms_master_key_id.',
  link: 'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
  checkov: ['CKV_AWS_26'],
  trivy: ['AVD-AWS-0095'],
  breaches: everyOf(['aws_sns_topic'], stated('kms_master_key_id')),
};
