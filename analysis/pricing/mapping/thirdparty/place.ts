import { placeOf, type Place } from '../place';
import { attributesOf, type Block } from '../read';
import type { Mapping, MappingResult } from '../types';

/** A type of a maker whose prices are the same everywhere. */
export function typeOf(provider: string) {
  return (type: string, map: (block: Block, at: Place) => MappingResult): Mapping => ({
    type,
    map: (node, graph) => map(attributesOf(node), placeOf(provider, 'all', node, graph)),
  });
}
