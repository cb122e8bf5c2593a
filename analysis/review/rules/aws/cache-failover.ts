import type { Rule } from '../../types';
import { allOf, everyOf, is } from '../conditions';

export const cacheFailover: Rule = {
  id: 'TRC-AWS-044',
  severity: 'low',
  summary: 'No replica takes over when the cache fails.',
  why: 'Everything behind it takes the whole load at once, which is how a small failure becomes an outage.',
  remedy: 'Set automatic_failover_enabled = true and multi_az_enabled = true, with at least one replica.',
  link: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html',
  checkov: ['CKV2_AWS_50'],
  breaches: everyOf(['aws_elasticache_replication_group'], allOf(is('automatic_failover_enabled', true), is('multi_az_enabled', true))),
};
