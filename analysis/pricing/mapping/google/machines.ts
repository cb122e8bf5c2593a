import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, isSet, text, textOr, why } from '../read';
import { assumed, type Count, missing, type Part, timesCount } from '../results';

/** Families that are sold with cards, whose machine and cards are priced apart: the card, and how many a size has. */
const withCards: readonly { readonly pattern: RegExp; readonly card: string; readonly count: (size: number) => number }[] = [
  { pattern: /^g2-standard-(\d+)$/, card: 'nvidia-l4', count: (cpus) => ({ 24: 2, 48: 4, 96: 8 })[cpus] ?? 1 },
  { pattern: /^a2-(?:high|mega)gpu-(\d+)g$/, card: 'nvidia-tesla-a100', count: (cards) => cards },
  { pattern: /^a2-ultragpu-(\d+)g$/, card: 'nvidia-a100-80gb', count: (cards) => cards },
  { pattern: /^a3-highgpu-(\d+)g$/, card: 'nvidia-h100-80gb', count: (cards) => cards },
];

/** Machines of one type. */
export interface Machines {
  readonly type: string;
  readonly count: Count;
  readonly spot: boolean;
}

/** Hours of machines, with the cards that belong to their type. */
export function machineHours(at: Place, { type, count, spot }: Machines): readonly Part[] {
  const suffix = spot ? '-spot' : '';
  const label = spot ? ' (spot: a price of one day; it moves)' : '';
  const family = withCards.find(({ pattern }) => pattern.test(type));
  if (family === undefined) return [at.hourly(`machine ${type}${label}`, `compute-engine${suffix}`, type, count)];
  const cards = decimal(family.count(Number(family.pattern.exec(type)?.[1])));
  return [
    at.hourly(`machine ${type}${label}`, `compute-engine${suffix}`, `${type}/machine-only`, count),
    at.hourly(`cards ${family.card}${label}`, `compute-engine-gpu${suffix}`, family.card, timesCount(count, cards)),
  ];
}

/** Cards that are attached to a machine of an ordinary type. A type that is sold with cards may name them too: these are counted with it. */
export function attachedCards(at: Place, block: Block, count: Count, spot: boolean): readonly Part[] {
  const machine = text(block, 'machine_type')?.split('/').at(-1) ?? '';
  if (withCards.some(({ pattern }) => pattern.test(machine))) return [];
  return blocks(block, 'guest_accelerator').map((one) => {
    const type = text(one, 'type')?.split('/').at(-1);
    const number = countOr(one, 'count', 1);
    if (type === undefined || number === undefined) return missing('cards', why(one, type === undefined ? 'type' : 'count'));
    return at.hourly(`cards ${type}`, `compute-engine-gpu${spot ? '-spot' : ''}`, type, timesCount(count, number));
  });
}

/** Whether machines may be taken away, by either way to say so. */
export function isSpot(block: Block): boolean {
  return (
    flag(block, 'preemptible') === true ||
    flag(block, 'spot') === true ||
    blocks(block, 'scheduling').some((one) => flag(one, 'preemptible') === true || text(one, 'provisioning_model') === 'SPOT')
  );
}

/** Names of the arguments that describe a disk. */
export interface DiskNames {
  readonly name: string;
  readonly type: string;
  readonly size: string;
  readonly standard: string;
  /** GB that are taken where none are stated. */
  readonly usual: number;
}

/** A disk for each of some machines. */
export function diskParts(at: Place, block: Block, { name, type, size, standard, usual }: DiskNames, count: Count): readonly Part[] {
  const kind = textOr(block, type, standard)?.split('/').at(-1);
  if (kind === undefined) return [missing(name, why(block, type))];
  const sku = kind.startsWith('hyperdisk-balanced') ? `${kind}-capacity` : kind;
  if (isSet(block, size)) return [at.stated(`${name} ${kind}`, block, size, 'persistent-disk', sku, 'GB-month', { count })];
  const each = assumed(decimal(usual), `the image decides the size of the disk; ${usual} GB are taken`);
  const total = timesCount(count, each.quantity);
  return [
    {
      ...at.amount(`${name} ${kind}`, 'persistent-disk', sku, 'GB-month', total.quantity),
      ...total,
      ...(total.usage === undefined && each.usage !== undefined
        ? { usage: { low: total.quantity, typical: total.quantity, high: total.quantity, assumption: each.usage.assumption } }
        : {}),
    },
  ];
}

/** Local disks come in one size (Compute Engine documentation, Local SSD). */
const localDiskGb = 375;

/** Local disks of machines. */
export function localDisks(at: Place, number: number, count: Count): readonly Part[] {
  return number === 0
    ? []
    : [
        {
          ...at.amount('local disks', 'persistent-disk', 'local-ssd', 'GB-month', decimal(0)),
          ...timesCount(count, decimal(number * localDiskGb)),
        },
      ];
}

/** Machines of a template or an instance: hours, cards, disks, addresses. */
export function describedMachines(at: Place, block: Block, count: Count): readonly Part[] | { readonly reason: string } {
  const type = text(block, 'machine_type')?.split('/').at(-1);
  if (type === undefined) return { reason: why(block, 'machine_type') };
  const spot = isSpot(block);
  const addressed = blocks(block, 'network_interface').filter((one) => blocks(one, 'access_config').length > 0).length;
  const address = at.hourly(
    'external address',
    'vpc',
    spot ? 'external-ip-spot-vm' : 'external-ip-standard-vm',
    timesCount(count, decimal(addressed)),
  );
  return [...machineHours(at, { type, count, spot }), ...attachedCards(at, block, count, spot), ...(addressed === 0 ? [] : [address])];
}
