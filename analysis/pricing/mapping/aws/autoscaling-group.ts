import type { Decimal } from 'decimal.js';
import { beyond, mapBand } from '../../arithmetic';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, isSet, quantityOr, text, textOr, why } from '../read';
import { assembled, type Count, missing, type Part, unpriced } from '../results';
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
    ...(template === undefined ? [] : warmParts(at, block, template, { size, running: count.quantity })),
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

/** Servers that wait beside those that run: stopped or hibernated they cost their disks, running all that a server costs. */
function warmParts(
  at: Place,
  group: Block,
  template: Block,
  { size, running }: { readonly size: string; readonly running: Decimal },
): readonly Part[] {
  const [pool] = blocks(group, 'warm_pool');
  if (pool === undefined) return [];
  const quantity = waitingIn(pool, group, running);
  if (quantity === undefined) return [missing('warm pool', why(pool, 'min_size'))];
  if (quantity.isZero()) return [];
  const hours = textOr(pool, 'pool_state', 'Stopped') === 'Running' ? [serverHours(at, { size, count: { quantity }, spot: false })] : [];
  return [...hours, ...templateVolumes(at, template, { quantity })].map((part) =>
    'name' in part ? { ...part, name: `${part.name} of the warm pool` } : part,
  );
}

/** As many as are prepared and do not run, at least the smallest size (EC2 Auto Scaling user guide, warm pools, recalled 2026-11-22). */
function waitingIn(pool: Block, group: Block, running: Decimal): Decimal | undefined {
  const [least, most] = [countOr(pool, 'min_size', 0), preparedIn(pool, group)];
  if (least === undefined || most === undefined) return undefined;
  const spare = beyond(most, running);
  return spare.gt(least) ? spare : least;
}

/** Running and waiting together: as many as the group may have, unless the pool says another number. -1 is the provider's word for none. */
function preparedIn(pool: Block, group: Block): Decimal | undefined {
  const own = isSet(pool, 'max_group_prepared_capacity') && pool.values['max_group_prepared_capacity'] !== -1;
  return own ? countOr(pool, 'max_group_prepared_capacity', 0) : countOr(group, 'max_size', 0);
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
