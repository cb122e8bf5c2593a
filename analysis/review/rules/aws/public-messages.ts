import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isPublic, noStatement } from '../policies';

export const publicMessages: Rule = {
  id: 'TRC-AWS-047',
  severity: 'high',
  summary: 'Everyone may use the queue, topic, key or secret.',
  why: 'Its policy names no account: strangers can read messages, put in their own, or use the key.',
  remedy: "Name who may, or add a condition on the source's account or ARN.",
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  checkov: ['CKV_AWS_168', 'CKV_AWS_169', 'CKV_AWS_33'],
  trivy: ['AVD-AWS-0097'],
  breaches: everyOf(
    [
      'aws_sqs_queue',
      'aws_sqs_queue_policy',
      'aws_sns_topic',
      'aws_sns_topic_policy',
      'aws_kms_key',
      'aws_kms_key_policy',
      'aws_secretsmanager_secret',
      'aws_secretsmanager_secret_policy',
      'aws_ecr_repository_policy',
    ],
    noStatement('policy', isPublic),
  ),
};
