import type { Rule } from '../../types';
import { atLeast, everyKept } from '../conditions';

export const cacheBackups: Rule = {
  id: 'TRC-AWS-043',
  severity: 'low',
  summary: 'The cache keeps no snapshots.',
  why: 'Should it hold more than copies, queues or sessions, they are lost with it.',
  remedy: 'Set snapshot_retention_limit.',
  link: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html',
  trivy: ['AVD-AWS-0050'],
  breaches: everyKept(['aws_elasticache_replication_group'], atLeast('snapshot_retention_limit', 1)),
};
