import type { Rule } from '../../types';
import { anyOf, everyOf, isNot, stated } from '../conditions';

export const queueEncryption: Rule = {
  id: 'TRC-AWS-046',
  severity: 'low',
  summary: 'The queue is not encrypted.',
  why: "Messages lie readable on AWS's disks until they are taken.",
  remedy: 'Leave sqs_managed_sse_enabled on, or set kms_master_key_id.',
  link: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
  checkov: ['CKV_AWS_27'],
  trivy: ['AVD-AWS-0096'],
  breaches: everyOf(['aws_sqs_queue'], anyOf(stated('kms_master_key_id'), isNot('sqs_managed_sse_enabled', false))),
};
