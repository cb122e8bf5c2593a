import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const fileSystemEncryption: Rule = {
  id: 'TRC-AWS-056',
  severity: 'medium',
  summary: 'The file system is not encrypted.',
  why: 'It cannot be added later without copying everything to a new one.',
  remedy: 'Set encrypted = true from the start.',
  link: 'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html',
  checkov: ['CKV_AWS_42'],
  trivy: ['AVD-AWS-0037'],
  breaches: everyOf(['aws_efs_file_system'], is('encrypted', true)),
};
