import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const cacheTls: Rule = {
  id: 'TRC-AWS-042',
  severity: 'medium',
  summary: 'The cache speaks without TLS.',
  why: 'Sessions and passwords travel readable, and it cannot ask for a password without it.',
  remedy: 'Set transit_encryption_enabled = true.',
  link: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html',
  checkov: ['CKV_AWS_30'],
  trivy: ['AVD-AWS-0051'],
  breaches: everyOf(['aws_elasticache_replication_group'], is('transit_encryption_enabled', true)),
};
