import type { Rule } from '../../types';
import { any, everyOf, several } from '../conditions';

export const groupSingleZone: Rule = {
  id: 'TRC-AWS-060',
  severity: 'low',
  summary: 'All servers of the group stand in one zone.',
  why: 'When the zone fails, all of them do.',
  remedy: 'Give the group subnets of two zones or more.',
  link: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-availability-zone-balanced.html',
  breaches: everyOf(['aws_autoscaling_group'], (node, graph) => graph.referenced(node, 'vpc_zone_identifier').length > 1 || any(several('vpc_zone_identifier', 2), several('availability_zones', 2))(node, graph)),
};
