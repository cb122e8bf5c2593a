import type { ResourceNode } from '../../../graph/types';
import { decimal } from '../../decimal';
import { attributesOf, blocks, flag, isUnknown, text, textOr, why } from '../read';
import type { Block } from '../read';
import { unpriced } from '../results';
import type { CostComponent, Mapping, MappingResult, UnpricedPart } from '../types';
import { product } from './products';
import { serverComponent, serverProduct, transferNotes, transferShare } from './servers';

/** A droplet by its size, with backups as a percentage of it and its share of the transfer pool. */
export const droplet: Mapping = { type: 'digitalocean_droplet', map };

const single = { quantity: decimal(1) };

function map(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const size = text(block, 'size');
  if (size === undefined) return unpriced(why(block, 'size'));
  const backups = backupsOf(block, size);
  return {
    kind: 'priced',
    components: [serverComponent(`droplet ${size}`, size, single), ...backups.components],
    pools: [transferShare(size, single)],
    unpriced: backups.unpriced,
    notes: transferNotes(size),
  };
}

interface Backups {
  readonly components: readonly CostComponent[];
  readonly unpriced: readonly UnpricedPart[];
}

/** Backups are weekly unless a policy says daily (provider 2.71.0, `backup_policy.plan`). */
function backupsOf(block: Block, size: string): Backups {
  const on = flag(block, 'backups');
  if (on === undefined) return partly('backups', why(block, 'backups'));
  if (!on) return { components: [], unpriced: [] };
  const [policy] = blocks(block, 'backup_policy');
  const plan = policy === undefined ? 'weekly' : textOr(policy, 'plan', 'weekly');
  if (isUnknown(block, 'backup_policy') || (plan !== 'weekly' && plan !== 'daily'))
    return partly('backups', 'how often it is backed up is not known before the apply');
  return { components: [backup(plan, size)], unpriced: [] };
}

function backup(plan: string, size: string): CostComponent {
  const percentage = product('droplet', `backups-${plan}`);
  return {
    name: `${plan} backups`,
    quantity: decimal(1),
    unit: 'percent-of-resource',
    product: percentage,
    percentOf: serverProduct(size),
  };
}

function partly(name: string, reason: string): Backups {
  return { components: [], unpriced: [{ name, reason }] };
}
