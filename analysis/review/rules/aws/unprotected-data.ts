import type { Rule } from '../../types';
import { anyOf, everyKept, kept, stated } from '../conditions';

/** Known from a configuration only: a plan does not say what protects. */
export const unprotectedDataOnAws: Rule = {
  id: 'TRC-AWS-061',
  severity: 'medium',
  summary: 'Nothing stops a plan from destroying this data.',
  why: 'A changed name or zone deletes it as soon as the plan is applied; deletion protection, where there is one, only makes the apply fail halfway.',
  remedy: 'Set lifecycle { prevent_destroy = true }.',
  link: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy',
  breaches: everyKept(
    [
      'aws_db_instance',
      'aws_rds_cluster',
      'aws_s3_bucket',
      'aws_ebs_volume',
      'aws_efs_file_system',
      'aws_dynamodb_table',
      'aws_kms_key',
      'aws_route53_zone',
      'aws_eip',
      'aws_msk_cluster',
      'aws_kinesis_stream',
      'aws_secretsmanager_secret',
    ],
    anyOf(kept, stated('replicate_source_db')),
  ),
};
