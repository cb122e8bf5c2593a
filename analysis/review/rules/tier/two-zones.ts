import type { Rule } from '../../types';
import { anyOf, atLeast, everyOf, has, inSeveral, is, several, stated } from '../conditions';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import type { Condition } from '../conditions';
import { fromTier } from './tiers';

export const twoZones: Rule = {
  id: 'TRC-TIER-001',
  severity: 'medium',
  summary: 'From the third tier on, what holds data and what answers requests stands in two zones; this does not.',
  why: 'These tiers promise 99.9 % and more, which nothing without a second instance can keep.',
  remedy: 'AWS: multi_az, and subnets of two zones for groups. DigitalOcean: two nodes.',
  link: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/use-fault-isolation-to-protect-your-workload.html',
  breaches: fromTier(
    3,
    everyOf(['aws_db_instance', 'aws_autoscaling_group', 'digitalocean_database_cluster', 'aws_eks_cluster', 'aws_lb'], inTwoZones),
  ),
};

/** A cache or a replica may stand alone: what it holds is elsewhere too. */
const conditions: Readonly<Record<string, Condition>> = {
  aws_db_instance: anyOf(is('multi_az', true), stated('replicate_source_db')),
  digitalocean_database_cluster: anyOf(atLeast('node_count', 2), has('engine', 'valkey', 'redis')),
  aws_autoscaling_group: inSeveral('vpc_zone_identifier', 'aws_subnet'),
  aws_lb: anyOf(inSeveral('subnets', 'aws_subnet'), several('subnet_mapping', 2)),
  aws_eks_cluster: inSeveral('vpc_config', 'aws_subnet', 'vpc_config.subnet_ids'),
};

function inTwoZones(node: ResourceNode, graph: ResourceGraph): boolean | undefined {
  return conditions[node.type]?.(node, graph);
}
