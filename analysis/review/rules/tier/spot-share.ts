import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { leaves, read } from '../read';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import type { Breach } from '../../types';
import type { Condition } from '../conditions';

export const spotShare: Rule = {
  id: 'TRC-TIER-008',
  severity: 'medium',
  summary: "More than 80 % of the servers may be taken away at two minutes' notice.",
  why: 'Spot capacity goes all at once, when everybody needs it: what is left must carry the load until more comes.',
  remedy: 'Set on_demand_base_capacity, or on_demand_percentage_above_base_capacity to 20 or more; beside spot nodes, keep others.',
  link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-best-practices.html',
  breaches: ({ graph }) => [...everyOf(['aws_autoscaling_group'], groupWithinShare)({ graph }), ...nodesBeyondShare(graph)],
};

const largestShare = 0.8;

/** Of the servers at the upper bound: those that are neither the base nor the on-demand part above it. */
const groupWithinShare: Condition = (node) => {
  const block = 'mixed_instances_policy.instances_distribution';
  const found = [
    read(node, `${block}.on_demand_base_capacity`),
    read(node, `${block}.on_demand_percentage_above_base_capacity`),
    read(node, 'max_size'),
  ];
  if (leaves(node.values, block.split('.')).length === 0) return true;
  if (found.includes(undefined)) return undefined;
  const [base, percentage, most] = found.map((values) => values?.[0]);
  return shareOf(Number(most ?? 1), Number(base ?? 0), Number(percentage ?? 100)) <= largestShare;
};

function shareOf(most: number, base: number, percentage: number): number {
  return most === 0 ? 0 : (Math.max(0, most - base) * (1 - percentage / 100)) / most;
}

/** Node groups of one cluster together. */
function nodesBeyondShare(graph: ResourceGraph): readonly Breach[] {
  const groups = graph.ofType('aws_eks_node_group');
  const spot = groups.filter((node) => node.values['capacity_type'] === 'SPOT');
  const largest = (nodes: readonly ResourceNode[]): number =>
    nodes
      .flatMap((node) => leaves(node.values, ['scaling_config', 'max_size']))
      .map(Number)
      .reduce((sum, each) => sum + each, 0);
  const known = groups.every((node) => read(node, 'scaling_config.max_size') !== undefined && read(node, 'capacity_type') !== undefined);
  return known && largest(spot) > largestShare * largest(groups) ? spot.map(({ address }) => ({ address })) : [];
}
