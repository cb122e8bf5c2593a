export type { Finding, Rule, RuleContext, Severity, Verdict, Waiver } from './types';
export type { ChangeAction, ResourceChange, StackChange } from './change';
export { factsOf, lockVariable, type ConfigurationFacts, type WrittenWaiver } from './configuration';
export { guard } from './guard';
export { guardStack, type GuardedChange } from './stack-change';
export { pairStacks, type StackInput, type Stacks } from './pairing';
export { review, verdictOf, type ChangeCounts, type Review, type ReviewInput } from './review';
export { reviewDocument } from './document/document';
export { reviewDocumentSchema, reviewJsonSchema, type ReviewDocument } from './document/schema';
