import type { Decimal } from 'decimal.js';
import { mapBand } from '../../arithmetic';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, isSet, quantityOr, text, textOr } from '../read';
import { assembled, type Count, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { runningOf } from './counts';
import { awsType, transferNote } from './place';
import { detailedMonitoring, publicAddresses, serverHours, serverTraffic, templateVolumes } from './servers';
import { templateOf } from './templates';

/** A group of servers: as many as it is told to run, between its smallest and its largest size. */
export const autoscalingGroup = awsType('aws_autoscaling_group', map);

function map(block: Block, at: Place): MappingResult {
  const [policy] = blocks(block, 'mixed_instances_policy');
  const template = templateOf(
    at,
    policy === undefined ? (isSet(block, 'launch_configuration') ? 'launch_configuration' : 'launch_template') : 'mixed_instances_policy',
  );
  const size =
    (policy === undefined ? undefined : firstOverride(policy)) ?? (template === undefined ? undefined : text(template, 'instance_type'));
  const count = runningOf(block, { low: 'min_size', high: 'max_size', wanted: 'desired_capacity' }, 'servers');
  if (size === undefined)
    return unpriced('the instance type of its launch template is not known: the template is not in this configuration, or states none');
  if ('reason' in count) return unpriced(count.reason);
  const spotTemplate =
    template !== undefined && blocks(template, 'instance_market_options').some((one) => text(one, 'market_type') === 'spot');
  const parts: readonly (Part | undefined)[] = [
    ...hours(at, size, count, policy, spotTemplate),
    ...(template === undefined ? [] : templateParts(at, template, count)),
    ...serverTraffic(at),
  ];
  return assembled(parts, [transferNote]);
}

function templateParts(at: Place, template: Block, count: Count): readonly (Part | undefined)[] {
  const addressed = blocks(template, 'network_interfaces').some((one) => flag(one, 'associate_public_ip_address') === true);
  const [monitoring] = blocks(template, 'monitoring');
  return [
    ...templateVolumes(at, template, count),
    monitoring === undefined ? undefined : detailedMonitoring(at, monitoring, 'enabled', count),
    addressed ? publicAddresses(at, count) : undefined,
  ];
}

function firstOverride(policy: Block): string | undefined {
  const [template] = blocks(policy, 'launch_template');
  const [override] = template === undefined ? [] : blocks(template, 'override');
  return override === undefined ? undefined : text(override, 'instance_type');
}

/** A mixed group divides its servers between on demand and spot. */
function hours(at: Place, size: string, count: Count, policy: Block | undefined, spot: boolean): readonly Part[] {
  const [distribution] = policy === undefined ? [] : blocks(policy, 'instances_distribution');
  const base = distribution === undefined ? undefined : countOr(distribution, 'on_demand_base_capacity', 0);
  const share = distribution === undefined ? undefined : quantityOr(distribution, 'on_demand_percentage_above_base_capacity', 100);
  if (base === undefined || share === undefined) return [serverHours(at, { size, count, spot })];
  const onDemand = divided(count, (total) => onDemandOf(total, base, share));
  const onSpot = divided(count, (total) => total.minus(onDemandOf(total, base, share)));
  return [
    serverHours(at, { size, count: onDemand, spot: false }),
    ...(largest(onSpot).isZero() ? [] : [serverHours(at, { size, count: onSpot, spot: true })]),
  ];
}

function onDemandOf(total: Decimal, base: Decimal, share: Decimal): Decimal {
  if (total.lte(base)) return total;
  return base.plus(total.minus(base).times(share).div(100).ceil());
}

/** A part of the servers. Usage says how many run in all, so it says nothing of a part. */
function divided({ quantity, usage }: Count, change: (value: Decimal) => Decimal): Count {
  return {
    quantity: change(quantity),
    ...(usage === undefined ? {} : { usage: { ...mapBand(usage, change), assumption: usage.assumption } }),
  };
}

function largest(count: Count): Decimal {
  return count.usage?.high ?? count.quantity;
}

/** Whether a group's market is spot, as node groups say it. */
export function capacityType(block: Block): boolean | undefined {
  const type = textOr(block, 'capacity_type', 'ON_DEMAND');
  return type === undefined ? undefined : type === 'SPOT';
}
