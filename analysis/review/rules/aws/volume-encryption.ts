import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const volumeEncryption: Rule = {
  id: 'TRC-AWS-010',
  severity: 'high',
  summary: 'The volume is not encrypted.',
  why: 'A snapshot of it can be shared and read as it is.',
  remedy: 'Set encrypted = true from the start: adding it replaces the volume.',
  link: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
  checkov: ['CKV_AWS_3'],
  trivy: ['AVD-AWS-0026'],
  breaches: everyOf(['aws_ebs_volume'], is('encrypted', true)),
};
