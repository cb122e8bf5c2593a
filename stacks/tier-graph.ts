import { joinGraphs, resourceGraph, type CdkTfJson, type ResourceGraph, type ResourceNode } from '../analysis/graph';
import { mapResource } from '../analysis/pricing/mapping';
import { synthesizedGraph } from './synthesized-graph';

/** A synthesized stack, as far as its resources are asked for. */
interface Part {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A tier's own stack, with the layers that follow it. */
type Whole = Part & { readonly layers?: readonly Part[] };

/** Everything that a tier itself makes in clouds: its own stack and its part in a second cloud, as one whole. */
export function graphOfClouds({ json, layers = [] }: Whole): ResourceGraph {
  const clouds = layers.filter((layer) => !isWorkloads(layer));
  return joinGraphs(graphOf(json), ...clouds.map((layer) => graphOf(layer.json)));
}

/**
 * Everything that a tier is paid for: the same, and of its workloads what costs more than the nodes that they run on, such as volumes
 * and a balancer over two clouds. The rest of them is left out.
 */
export function graphOfTier(tier: Whole): ResourceGraph {
  const workloads = (tier.layers ?? []).filter(isWorkloads);
  return joinGraphs(graphOfClouds(tier), ...workloads.map((layer) => besideNodes(graphOf(layer.json))));
}

function graphOf(json: Part['json']): ResourceGraph {
  return synthesizedGraph(json as CdkTfJson);
}

function isWorkloads({ id }: Part): boolean {
  return /-workloads(-g\d+)?$/.test(id);
}

/** What costs something of its own, and the classes of storage that say what it is made of. */
function besideNodes(graph: ResourceGraph): ResourceGraph {
  const paid = graph.resources.filter((node) => mapResource(node, graph).kind !== 'free');
  const classes = new Set(
    paid.flatMap(({ references }) => references.filter((address) => address.startsWith('kubernetes_storage_class_v1.'))),
  );
  const kept = (node: ResourceNode): boolean => paid.includes(node) || classes.has(node.address);
  return resourceGraph(graph.resources.filter(kept), { providers: graph.providers });
}
