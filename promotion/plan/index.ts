export { appProblems } from './app';
export { type Decided, decidedBy, type Facts, factsFor, type GivenFacts, readFacts } from './facts';
export {
  begunOtherwise,
  factsContradict,
  goesNowhere,
  noPath,
  promotionRefused,
  regionKept,
  regionMissing,
  regionsIdle,
  underWay,
} from './errors';
export type { PlanInput, PlannedEnvironment, PlannedResources } from './input';
export { planPromotion, refusals } from './plan';
export { renderPlan } from './render';
