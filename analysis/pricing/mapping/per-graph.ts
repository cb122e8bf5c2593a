import type { ResourceGraph } from '../../graph/types';

/**
 * What is worked out once for a graph and then looked up by each of its resources. Without it a plan of thousands of servers
 * and addresses would be read thousands of times.
 */
export function perGraph<T>(make: (graph: ResourceGraph) => T): (graph: ResourceGraph) => T {
  const made = new WeakMap<ResourceGraph, { readonly value: T }>();
  return (graph) => {
    const known = made.get(graph) ?? { value: make(graph) };
    made.set(graph, known);
    return known.value;
  };
}
