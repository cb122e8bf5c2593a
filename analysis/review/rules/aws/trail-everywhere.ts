import type { Rule } from '../../types';
import { allOf, everyOf, is } from '../conditions';

export const trailEverywhere: Rule = {
  id: 'TRC-AWS-063',
  severity: 'low',
  summary: 'The audit trail leaves out regions, or cannot prove that it is whole.',
  why: 'What happens in a region that nobody uses is what nobody sees.',
  remedy: 'Set is_multi_region_trail and enable_log_file_validation to true.',
  link: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html',
  checkov: ['CKV_AWS_67', 'CKV_AWS_36'],
  trivy: ['AVD-AWS-0014', 'AVD-AWS-0016'],
  breaches: everyOf(['aws_cloudtrail'], allOf(is('is_multi_region_trail', true), is('enable_log_file_validation', true))),
};
