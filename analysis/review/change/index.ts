export { changesBetween, type Side } from './from-synthesis';
export { changesInPlan, type PlanChanges } from './from-plan';
export { attributeAt } from './conditions';
export type { ChangeAction, ResourceChange, StackChange } from './types';
