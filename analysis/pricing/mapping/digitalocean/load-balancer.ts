import type { ResourceNode } from '../../../graph/types';
import type { Block } from '../read';
import { attributesOf, countOr, isSet, textOr, why } from '../read';
import { fixedCount, monthly, unpriced } from '../results';
import type { Mapping, MappingResult } from '../types';
import { product } from './products';

/** A load balancer: by its nodes where it is regional, by requests and data where it is global. */
export const loadBalancer: Mapping = { type: 'digitalocean_loadbalancer', map };

/** The old size names and the nodes they stand for (DigitalOcean, load balancer sizes, 2025-02-28). */
const namedSizes: Readonly<Record<string, number>> = { 'lb-small': 1, 'lb-medium': 3, 'lb-large': 6 };

function map(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const type = textOr(block, 'type', 'REGIONAL');
  if (type === 'REGIONAL') return regional(block, 'regional-http/node', 'load balancer node');
  if (type === 'REGIONAL_NETWORK') return regional(block, 'regional-network/node', 'network load balancer node');
  return type === 'GLOBAL' ? globalOne() : unpriced(why(block, 'type'));
}

function regional(block: Block, sku: string, name: string): MappingResult {
  const named = isSet(block, 'size_unit') ? undefined : namedNodes(block);
  const count = named ?? fixedCount(block, 'size_unit', 1)?.quantity;
  if (count === undefined) return unpriced(why(block, 'size_unit'));
  return { kind: 'priced', components: [monthly(name, product('load-balancer', sku), count)] };
}

function namedNodes(block: Block): ReturnType<typeof countOr> {
  const size = textOr(block, 'size', '');
  return size === undefined || size === '' ? undefined : countOr({ values: namedSizes, unknown: [] }, size, 1);
}

function globalOne(): MappingResult {
  return {
    kind: 'priced',
    components: [monthly('global load balancer', product('load-balancer', 'global'))],
    pools: [
      { pool: 'digitalocean/global-requests', dependsOn: 'requestsMillion' },
      { pool: 'digitalocean/global-transfer', dependsOn: 'loadBalancerGb' },
    ],
  };
}
