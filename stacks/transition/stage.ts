import type { PromotionPhase } from '../../tiers/phase';

/**
 * What a configuration of a promotion states.
 *
 * - `expanded`: both sides stand; everything points to the old one.
 * - `resized`: the same, and what the provider resizes in place has its new size.
 * - `switched`: both sides stand; everything points to the new one.
 * - `contracted`: the new side only.
 * - `returned`: the old side only.
 */
export type Stage = 'expanded' | 'resized' | 'switched' | 'contracted' | 'returned';

/** Which configuration belongs to which phase. Phases that share one differ in what the engine does. */
export const stageOf: Readonly<Record<PromotionPhase, Stage>> = {
  expand: 'expanded',
  migrate: 'resized',
  verify: 'resized',
  cutover: 'switched',
  soak: 'switched',
  contract: 'contracted',
  rollback: 'returned',
};
