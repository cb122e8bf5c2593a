import type { Rule } from '../../types';
import { anyOf, everyOf, inSeveral, several } from '../conditions';

export const groupSingleZone: Rule = {
  id: 'TRC-AWS-060',
  severity: 'low',
  summary: 'All servers of the group stand in one zone.',
  why: 'When the zone fails, all of them do.',
  remedy: 'Give the group subnets of two zones or more.',
  link: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-availability-zone-balanced.html',
  breaches: everyOf(['aws_autoscaling_group'], anyOf(inSeveral('vpc_zone_identifier', 'aws_subnet'), several('availability_zones', 2))),
};
