import type { Product } from '../types';
import type { Place } from '../place';
import { type Block, blocks, flag } from '../read';
import { type Count, missing, type Part } from '../results';
import { internetOut } from './place';
import { rootVolume, volumeParts } from './volumes';

/** Servers of one kind, however they come about. */
export interface Servers {
  readonly size: string;
  readonly count: Count;
  readonly spot: boolean;
}

/** The hours of EC2 servers, on demand or spot. */
export function serverHours(at: Place, { size, count, spot }: Servers): Part {
  if (spot) return at.hourly(`spot instance ${size} (a price of one day; it moves, and no list has it)`, 'ec2-spot', size, count);
  return at.hourly(`instance ${size}`, 'ec2', size, count, commitments(at, size));
}

/** A reservation of one year: paid by the month where the book has it, else all at once. */
function commitments(at: Place, size: string): readonly Product[] {
  return ['standard-1yr-no-upfront', 'standard-1yr-all-upfront'].map((term) => at.product('ec2-reserved', `${size}/${term}`));
}

/** Volumes that an instance is created with. */
export function instanceVolumes(at: Place, block: Block, count: Count): readonly Part[] {
  const [root] = blocks(block, 'root_block_device');
  const more = blocks(block, 'ebs_block_device').flatMap((one) =>
    volumeParts(at, one, { name: 'volume', type: 'volume_type', size: 'volume_size', fallback: undefined, count }),
  );
  return [...rootVolume(at, root, count), ...more];
}

/** Volumes that a launch template describes. A mapping without `ebs` is a disk of the instance itself, which costs nothing more. */
export function templateVolumes(at: Place, template: Block, count: Count): readonly Part[] {
  const mapped = blocks(template, 'block_device_mappings').flatMap((one) => blocks(one, 'ebs'));
  if (mapped.length === 0) return rootVolume(at, undefined, count);
  const [root, ...more] = mapped;
  return [
    ...rootVolume(at, root, count),
    ...more.flatMap((one) =>
      volumeParts(at, one, { name: 'volume', type: 'volume_type', size: 'volume_size', fallback: undefined, count }),
    ),
  ];
}

/** Traffic of servers: to the internet, and where usage has it between zones and regions. */
export function serverTraffic(at: Place): readonly Part[] {
  return [internetOut(at), ...zoneTraffic(at)];
}

/** Between zones both directions are charged, between regions the sender. */
export function zoneTraffic(at: Place): readonly Part[] {
  return [
    at.used('between availability zones, both directions', 'interAzGb', 'data-transfer', 'inter-az/each-direction', 'GB', {
      factor: 2,
      optional: true,
    }),
    at.used('to another region', 'interRegionGb', 'data-transfer', 'inter-region/other', 'GB', { optional: true }),
  ];
}

/** Public IPv4 addresses that come with servers. */
export function publicAddresses(at: Place, count: Count): Part {
  return at.hourly('public IPv4 address', 'vpc', 'public-ipv4', count);
}

/** Detailed monitoring, which is off by default. */
export function detailedMonitoring(at: Place, block: Block, argument: string, count: Count): Part | undefined {
  const on = flag(block, argument);
  if (on === undefined) return missing('detailed monitoring', 'whether it is on is not known before the apply');
  return on ? { ...at.monthly('detailed monitoring', 'cloudwatch', 'detailed-monitoring-per-instance'), ...count } : undefined;
}
