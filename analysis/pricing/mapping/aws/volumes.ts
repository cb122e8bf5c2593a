import type { Decimal } from 'decimal.js';
import { beyond, exactly } from '../../arithmetic';
import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, isSet, quantityOr, textOr, why } from '../read';
import { assembled, assumed, type Count, missing, type Part, timesCount } from '../results';
import type { CostComponent } from '../types';
import { awsType } from './place';

/** A volume of its own. */
export const ebsVolume = awsType('aws_ebs_volume', (block, at) =>
  assembled(volumeParts(at, block, { name: 'storage', type: 'type', size: 'size', fallback: undefined, count: single })),
);

/** A snapshot, billed for the blocks that differ from the one before, so at most for its volume. */
export const ebsSnapshot = awsType('aws_ebs_snapshot', (_, at) =>
  assembled([at.used('snapshot', 'snapshotGb', 'ebs', 'snapshot/standard', 'GB-month')]),
);

/** The same, copied. */
export const ebsSnapshotCopy = awsType('aws_ebs_snapshot_copy', (_, at) =>
  assembled([at.used('snapshot', 'snapshotGb', 'ebs', 'snapshot/standard', 'GB-month')]),
);

/** An image keeps snapshots of its volumes. */
export const ami = awsType('aws_ami_from_instance', (_, at) =>
  assembled([at.used('snapshots of the image', 'snapshotGb', 'ebs', 'snapshot/standard', 'GB-month')]),
);

const single: Count = { quantity: decimal(1) };

/** Where a block describes a volume. */
export interface VolumeNames {
  readonly name: string;
  readonly type: string;
  readonly size: string;
  /** GB where the block states none. */
  readonly fallback: number | undefined;
  readonly count: Count;
}

/** What gp3 includes: 3,000 IOPS and 125 MB/s (EBS pricing page, gp3). */
const gp3Included = { iops: 3000, throughput: 125 };

/** Without an image to look into, its root volume is taken as 8 GB of gp2, the size of Amazon Linux images and the type of the API's default. */
const rootGb = 8;

/** A volume by type and size, with what is bought on top of it. AWS takes gp2 where no type is stated. */
export function volumeParts(at: Place, block: Block, names: VolumeNames): readonly Part[] {
  const type = textOr(block, names.type, 'gp2');
  if (type === undefined) return [missing(names.name, why(block, names.type))];
  const options = { count: names.count, ...(names.fallback === undefined ? {} : { fallback: names.fallback }) };
  return [
    at.stated(`${names.name} ${type}`, block, names.size, 'ebs', `${type}/storage`, 'GB-month', options),
    ...performance(at, type, block, names),
  ];
}

function performance(at: Place, type: string, block: Block, { name, count }: VolumeNames): readonly Part[] {
  if (type === 'io1' || type === 'io2')
    return [at.stated(`${name} ${type} IOPS`, block, 'iops', 'ebs', `${type}/iops`, 'IOPS-month', { count, fallback: 100 })];
  if (type !== 'gp3') return [];
  return [
    ...beyondIncluded(at, block, 'iops', gp3Included.iops, {
      name: `${name} IOPS beyond 3,000`,
      sku: 'gp3/iops-over-3000',
      unit: 'IOPS-month',
      count,
    }),
    ...beyondIncluded(at, block, 'throughput', gp3Included.throughput, {
      name: `${name} throughput beyond 125 MB/s`,
      sku: 'gp3/throughput-over-125',
      unit: 'MBps-month',
      count,
    }),
  ];
}

interface Extra {
  readonly name: string;
  readonly sku: string;
  readonly unit: string;
  readonly count: Count;
}

function beyondIncluded(at: Place, block: Block, argument: string, included: number, { name, sku, unit, count }: Extra): readonly Part[] {
  const given = quantityOr(block, argument, included);
  if (given === undefined) return [missing(name, why(block, argument))];
  const extra = beyond(given, decimal(included));
  return extra.isZero() ? [] : [component(at, name, sku, unit, count, extra)];
}

function component(at: Place, name: string, sku: string, unit: string, count: Count, each: Decimal): CostComponent {
  return { ...at.amount(name, 'ebs', sku, unit, each), ...timesCount(count, each) };
}

/** The root volume of servers, stated or assumed. */
export function rootVolume(at: Place, block: Block | undefined, count: Count): readonly Part[] {
  const names = { name: 'root volume', type: 'volume_type', size: 'volume_size', count };
  if (block !== undefined && isSet(block, 'volume_size')) return volumeParts(at, block, { ...names, fallback: undefined });
  const type = block === undefined ? 'gp2' : textOr(block, 'volume_type', 'gp2');
  if (type === undefined) return [missing('root volume', 'its volume_type is not known before the apply')];
  const size = assumed(decimal(rootGb), `the image decides the size of the root volume; ${rootGb} GB are taken`);
  const total = multiplied(size, count);
  return [
    { ...at.amount(`root volume ${type}`, 'ebs', `${type}/storage`, 'GB-month', total.quantity), ...total },
    ...(block === undefined ? [] : performance(at, type, block, { ...names, fallback: undefined })),
  ];
}

/** An assumed size, for each of a number of servers that may be assumed too. */
function multiplied(size: Count, count: Count): Count {
  const product = timesCount(count, size.quantity);
  const texts = [size.usage?.assumption, count.usage?.assumption].filter((text) => text !== undefined);
  return { ...product, usage: { ...exactly(product.quantity), ...product.usage, assumption: texts.join('; ') } };
}
