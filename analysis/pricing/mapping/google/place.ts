import { textAt } from '../../../graph/json';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { placeOf, type Place, providerSetting, regional } from '../place';
import { attributesOf, type Block } from '../read';
import type { Mapping, MappingResult, PoolShare } from '../types';

/** The region of a resource: its own argument, that of its zone or location, or the provider configuration's. */
function googleRegion(node: ResourceNode, graph: ResourceGraph): string | undefined {
  const own = ['region', 'zone', 'location'].map((name) => textAt(node.values, name));
  const inherited = ['region', 'zone'].map((name) => providerSetting(node, graph, name));
  return [...own, ...inherited].flatMap((one) => regionIn(one) ?? [])[0];
}

/** `us-central1` of `us-central1-a`, also at the end of a link. */
function regionIn(given: string | undefined): string | undefined {
  return /^(?:.*\/)?([a-z]+-[a-z]+\d+)(?:-[a-z])?$/.exec(given ?? '')?.[1];
}

/** Whether a location is one zone, and not a region of several. */
export function isZone(location: string): boolean {
  return /-[a-z]$/.test(location);
}

/** A type whose prices vary by region. */
export const googleType = regional('google', googleRegion);

/** A type that Google sells at one price everywhere. */
export function googleGlobalType(type: string, map: (block: Block, at: Place) => MappingResult): Mapping {
  return { type, map: (node, graph) => map(attributesOf(node), placeOf('google', 'all', node, graph)) };
}

/** Traffic to the internet on the premium network, by its steps. */
export function internetEgress(at: Place, dependsOn: 'egressGb' | 'objectEgressGb' = 'egressGb'): PoolShare {
  return { pool: 'google/internet-egress', region: at.region, dependsOn };
}
