export { appProblems } from './app';
export { type Facts, factsFor, type GivenFacts, readFacts } from './facts';
export { begunOtherwise, goesNowhere, noPath, promotionRefused, regionKept, regionMissing, underWay } from './errors';
export type { PlanInput, PlannedEnvironment, PlannedResources } from './input';
export { planPromotion } from './plan';
export { renderPlan } from './render';
