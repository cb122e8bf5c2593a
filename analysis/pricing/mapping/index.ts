import type { ResourceGraph, ResourceNode } from '../../graph/types';
import { mappingsOf, type ProviderMappings } from '../providers';
import type { Pool } from './pools';
import { unpriced } from './results';
import type { Mapping, MappingResult } from './types';

interface Index {
  readonly mappings: ReadonlyMap<string, Mapping>;
  readonly pools: ReadonlyMap<string, Pool>;
}

const indexes = new Map<ProviderMappings, Index>();

/** The lists of one provider by type and by id, made when the first of them is needed. */
function indexOf(provider: string): Index {
  const lists = mappingsOf(provider);
  const known = indexes.get(lists) ?? {
    mappings: new Map(lists.mappings.map((mapping) => [mapping.type, mapping])),
    pools: new Map(lists.pools.map((pool) => [pool.id, pool])),
  };
  indexes.set(lists, known);
  return known;
}

/** The mapping of a type; undefined where there is none. */
export function mappingOf(type: string): Mapping | undefined {
  return indexOf(type.split('_', 1)[0] ?? '').mappings.get(type);
}

/** A pool by its id, which begins with its provider: `aws/internet-out`. */
export function poolOf(id: string): Pool | undefined {
  return indexOf(id.split('/', 1)[0] ?? '').pools.get(id);
}

/** What every reader of prices of this type's provider must know. */
export function notesOf(type: string): readonly string[] {
  return mappingsOf(type.split('_', 1)[0] ?? '').notes ?? [];
}

/** Whether a type has a mapping, be it to say that it is free or unpriced. */
export function isMapped(type: string): boolean {
  return mappingOf(type) !== undefined;
}

/** What a resource uses, that it is free, or why neither can be said. Never throws for a resource, however odd. */
export function mapResource(node: ResourceNode, graph: ResourceGraph): MappingResult {
  const mapping = mappingOf(node.type);
  if (mapping === undefined) return unpriced(`there is no mapping for ${node.type} yet`);
  if (node.unknown.includes('count') || node.unknown.includes('for_each'))
    return unpriced('how many of it there will be is not known before the apply');
  return mapping.map(node, graph);
}
