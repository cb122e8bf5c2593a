/**
 * Terrace as a library: load an environment file, synthesize its tiers, read what came out, price it.
 * Everything here is plain data and functions; nothing talks to a cloud.
 */
export { loadEnvironment } from './environments/load';
export type { LoadedEnvironment } from './environments/load';
export type { Environment, StateBackend } from './environments/schema';
export { synthesize } from './stacks/synthesize';
export type { SynthesizedTier, Synthesis, SynthesisOptions } from './stacks/synthesize';
export { describeComponents } from './stacks/describe';
export { ladder, tier } from './tiers';
export type { CostExplanation, Deviation, Objectives, PlatformId, Tier, TierId } from './tiers/tier';
export { roadmap, roadmaps } from './tiers/roadmaps';
export * from './analysis/graph';
export * from './analysis/pricing';
export * from './analysis/capacity';
export { renderSelection, select, selectionToJson, wholeShelf } from './analysis/selection';
export type { Selection, SelectionJson, SelectionRequest, Shelf } from './analysis/selection';
export { renderError, TerraceError } from './values/errors';
export type { Problem } from './values/errors';
