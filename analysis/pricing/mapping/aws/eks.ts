import type { Place } from '../place';
import { type Block, blocks, flag, isSet, textOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { capacityType } from './autoscaling-group';
import { runningOf } from './counts';
import { awsType, transferNote } from './place';
import { serverHours, serverTraffic, templateVolumes } from './servers';
import { templateOf } from './templates';
import { volumeParts } from './volumes';

/** A control plane. A version past its standard support costs more, which only a calendar tells. */
export const eksCluster = awsType('aws_eks_cluster', (block, at) => {
  const automatic = blocks(block, 'compute_config').some((one) => flag(one, 'enabled') !== false);
  return assembled(
    [
      at.hourly('control plane', 'eks', 'control-plane/standard-support'),
      automatic
        ? missing('Auto Mode', 'it adds a share of the price of servers that no resource states, and the price book has no price for it')
        : undefined,
    ],
    ['EKS: the control plane is priced in standard support; a Kubernetes version that is past it costs 0.60 USD an hour in place of 0.10.'],
  );
});

/** Nodes of a cluster that AWS manages; the nodes themselves are ordinary servers. */
export const eksNodeGroup = awsType('aws_eks_node_group', mapNodeGroup);

/** Pods without nodes, billed for what they ask for. */
export const eksFargateProfile = awsType('aws_eks_fargate_profile', (_, at) =>
  assembled([
    at.used('vCPU hours of pods', 'podCpuHours', 'fargate', 'x86/vcpu', 'vCPU-hour'),
    at.used('memory of pods', 'podGbHours', 'fargate', 'x86/memory', 'GB-hour'),
  ]),
);

/** GB of a node's disk and type of a node, unless stated (EKS API, CreateNodegroup: 20 GiB, t3.medium). */
const defaults = { diskGb: 20, size: 't3.medium' };

function mapNodeGroup(block: Block, at: Place): MappingResult {
  const template = templateOf(at, 'launch_template');
  const [scaling] = blocks(block, 'scaling_config');
  const size = sizeOf(block, template);
  const spot = capacityType(block);
  if (scaling === undefined) return unpriced(why(block, 'scaling_config'));
  if (size === undefined) return unpriced(why(block, 'instance_types'));
  if (spot === undefined) return unpriced(why(block, 'capacity_type'));
  const count = runningOf(scaling, { low: 'min_size', high: 'max_size', wanted: 'desired_size' }, 'nodes');
  if ('reason' in count) return unpriced(count.reason);
  const disks: readonly Part[] =
    template === undefined || isSet(block, 'disk_size')
      ? volumeParts(at, block, { name: 'node disk', type: 'disk_type', size: 'disk_size', fallback: defaults.diskGb, count })
      : templateVolumes(at, template, count);
  return assembled([serverHours(at, { size, count, spot }), ...disks, ...serverTraffic(at)], [transferNote]);
}

/** Of several types the first is taken: it is the one that is tried first. */
function sizeOf(block: Block, template: Block | undefined): string | undefined {
  if (!isSet(block, 'instance_types')) return template === undefined ? defaults.size : textOr(template, 'instance_type', defaults.size);
  const types = block.values['instance_types'];
  const first = Array.isArray(types) ? types[0] : undefined;
  return typeof first === 'string' && !block.unknown.includes('instance_types') && !block.unknown.includes('instance_types.0')
    ? first
    : undefined;
}
