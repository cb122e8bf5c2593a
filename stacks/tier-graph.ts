import { graphFromSynthesis, joinGraphs, type CdkTfJson, type ResourceGraph } from '../analysis/graph';

/** A synthesized stack, as far as its resources are asked for. */
interface Part {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * Everything that a tier has in clouds: its own stack and its part in a second cloud, as one whole. What runs in its clusters is
 * left out, because their nodes are what is paid for.
 */
export function graphOfTier({ json, layers = [] }: Part & { readonly layers?: readonly Part[] }): ResourceGraph {
  const clouds = layers.filter(({ id }) => !id.endsWith('-workloads'));
  const [own, ...others] = [json, ...clouds.map((each) => each.json)].map((each) => graphFromSynthesis(each as CdkTfJson));
  return joinGraphs(own as ResourceGraph, ...others);
}
