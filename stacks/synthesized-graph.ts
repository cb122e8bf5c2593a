import { type CdkTfJson, graphFromSynthesis, type ResourceGraph } from '../analysis/graph';
import { remembered } from '../values/remembered';

const graphs = new WeakMap<CdkTfJson, ResourceGraph>();

/** The graph of a synthesized stack, which nobody changes any more: a promotion asks for it before, during and after. */
export function synthesizedGraph(json: CdkTfJson): ResourceGraph {
  return remembered(graphs, json, () => graphFromSynthesis(json));
}
