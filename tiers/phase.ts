/**
 * Phases of a promotion, in order; `rollback` takes the place of whatever would have come next. The environment file carries one
 * of them while a promotion is under way, and synthesis states the configuration that belongs to it.
 *
 * - `expand`: what the target tier has and this one has not is made beside it.
 * - `migrate`: data are copied and kept up to date; what the provider resizes in place is resized.
 * - `verify`: both sides are compared; nothing is switched yet.
 * - `cutover`: address, balancer and endpoints point to the target.
 * - `soak`: the target serves, and the way back stays open.
 * - `contract`: what the target tier has not is deleted; what held data is forgotten, not destroyed.
 * - `rollback`: the same the other way round: the old tier remains.
 */
export const promotionPhases = ['expand', 'migrate', 'verify', 'cutover', 'soak', 'contract', 'rollback'] as const;

export type PromotionPhase = (typeof promotionPhases)[number];
