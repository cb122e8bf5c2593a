import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const cacheEncryption: Rule = {
  id: 'TRC-AWS-041',
  severity: 'medium',
  summary: 'The cache is not encrypted on disk.',
  why: 'Its snapshots, with sessions in them, can be read as they are; adding it later replaces the cache.',
  remedy: 'Set at_rest_encryption_enabled = true from the start.',
  link: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html',
  checkov: ['CKV_AWS_29'],
  trivy: ['AVD-AWS-0045'],
  breaches: everyOf(['aws_elasticache_replication_group'], is('at_rest_encryption_enabled', true, 'true')),
};
