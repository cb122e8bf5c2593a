export { changesBetween, type Side } from './from-synthesis';
export { changesInPlan, type PlanChanges } from './from-plan';
export { attributeAt } from './conditions';
export { countsOf, type ChangeCounts } from './counts';
export type { ChangeAction, ResourceChange, StackChange } from './types';
