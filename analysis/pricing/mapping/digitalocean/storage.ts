import type { Decimal } from 'decimal.js';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { decimal, zero } from '../../decimal';
import { attributesOf, quantity, text, why } from '../read';
import { priced, unpriced, upTo } from '../results';
import type { CostComponent, Mapping, MappingResult } from '../types';
import { product } from './products';
import { sizeOf } from './servers';

/** A block storage volume by its size, full or empty. */
export const volume: Mapping = {
  type: 'digitalocean_volume',
  map: (node) => {
    const block = attributesOf(node);
    const size = quantity(block, 'size');
    if (size === undefined) return unpriced(why(block, 'size'));
    return priced({ name: 'block storage', quantity: size, unit: 'GB-month', product: product('volume', 'block-storage') });
  },
};

/** A volume's snapshot: billed for what is used, so at most for the volume's size. */
export const volumeSnapshot: Mapping = {
  type: 'digitalocean_volume_snapshot',
  map: (node, graph) => snapshot(referencedSize(node, graph, 'volume_id', volumeSize), 'volume'),
};

/** A droplet's snapshot: billed for what is used, so at most for the droplet's disk. */
export const dropletSnapshot: Mapping = {
  type: 'digitalocean_droplet_snapshot',
  map: (node, graph) => snapshot(referencedSize(node, graph, 'droplet_id', dropletDisk), 'droplet'),
};

/** An uploaded image, whose size only the upload tells. */
export const customImage: Mapping = {
  type: 'digitalocean_custom_image',
  map: () =>
    priced({
      name: 'custom image',
      quantity: zero,
      dependsOn: 'snapshotGb',
      unit: 'GB-month',
      product: product('custom-image', 'storage'),
    }),
};

/** A bucket's share in the account's Spaces subscription, storage and transfer. */
export const spacesBucket: Mapping = {
  type: 'digitalocean_spaces_bucket',
  map: () => ({
    kind: 'priced',
    components: [],
    pools: [
      { pool: 'digitalocean/spaces-subscription' },
      { pool: 'digitalocean/spaces-storage', dependsOn: 'objectStorageGb' },
      { pool: 'digitalocean/spaces-transfer', dependsOn: 'objectEgressGb' },
    ],
  }),
};

function referencedSize(
  node: ResourceNode,
  graph: ResourceGraph,
  attribute: string,
  size: (of: ResourceNode) => Decimal | undefined,
): Decimal | undefined {
  const [source] = graph.referenced(node, attribute);
  return source === undefined ? undefined : size(source);
}

function volumeSize(node: ResourceNode): Decimal | undefined {
  return quantity(attributesOf(node), 'size');
}

function dropletDisk(node: ResourceNode): Decimal | undefined {
  const gib = sizeOf(text(attributesOf(node), 'size') ?? '')?.diskGib;
  return gib === undefined ? undefined : decimal(gib);
}

function snapshot(size: Decimal | undefined, of: string): MappingResult {
  const component: CostComponent = {
    name: `snapshot of a ${of}`,
    quantity: zero,
    unit: 'GB-month',
    product: product('snapshot', 'droplet-and-volume-snapshot'),
  };
  if (size === undefined) return priced({ ...component, dependsOn: 'snapshotGb' });
  return priced({ ...component, usage: upTo(size, `billed for what is used; the whole ${of}, ${size} GB, is taken as typical`) });
}
