import type { ResourceGraph, ResourceNode } from '../../graph/types';
import { digitalOceanMappings } from './digitalocean';
import { digitalOceanPools } from './digitalocean/pools';
import type { Pool } from './pools';
import { freeType, unpriced } from './results';
import type { Mapping, MappingResult } from './types';

/** Types that exist in Terraform's state alone. */
const localTypes = ['terraform_data', 'null_resource', 'random_id', 'random_integer', 'random_password', 'random_pet', 'random_shuffle', 'random_string', 'random_uuid', 'time_sleep', 'time_static', 'tls_private_key', 'local_file', 'local_sensitive_file'];

/** All mappings. A new provider adds its list here. */
const mappings: ReadonlyMap<string, Mapping> = new Map(
  [...digitalOceanMappings, ...localTypes.map((type) => freeType(type, 'it exists in the Terraform state alone'))].map((mapping) => [mapping.type, mapping]),
);

/** All pools. */
export const pools: ReadonlyMap<string, Pool> = new Map(digitalOceanPools.map((pool) => [pool.id, pool]));

/** Whether a type has a mapping, be it to say that it is free or unpriced. */
export function isMapped(type: string): boolean {
  return mappings.has(type);
}

/** What a resource uses, that it is free, or why neither can be said. Never throws for a resource, however odd. */
export function mapResource(node: ResourceNode, graph: ResourceGraph): MappingResult {
  const mapping = mappings.get(node.type);
  if (mapping === undefined) return unpriced(`there is no mapping for ${node.type} yet`);
  if (node.unknown.includes('count') || node.unknown.includes('for_each')) return unpriced('how many of it there will be is not known before the apply');
  return mapping.map(node, graph);
}
