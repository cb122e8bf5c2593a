import { resourceGraph } from './graph';
import type { ResourceGraph } from './types';

/** Several stacks of one tier as one whole. What each of them has of itself, such as the tier that it records, stands there once. */
export function joinGraphs(first: ResourceGraph, ...others: readonly ResourceGraph[]): ResourceGraph {
  return others.reduce(joined, first);
}

function joined(one: ResourceGraph, other: ResourceGraph): ResourceGraph {
  return resourceGraph([...one.resources, ...other.resources.filter(({ address }) => one.get(address) === undefined)], {
    removed: [...one.removed, ...other.removed],
    providers: { ...other.providers, ...one.providers },
    opaque: [...one.opaque, ...other.opaque],
  });
}
