export type { Action, CdkTfJson, JsonObject, JsonValue, Lifecycle, ResourceGraph, ResourceNode } from './types';
export { componentOf, recordedTierAddress } from './component';
export { resourceGraph } from './graph';
export { joinGraphs } from './join';
export { graphFromPlan } from './plan';
export { graphFromState } from './state';
export { graphFromSynthesis } from './synthesis';
