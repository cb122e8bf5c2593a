import type { Component, ComponentKind } from '../../components/component';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { Environment } from '../../environments/schema';
import type { Problem } from '../../values/errors';
import type { TierStack } from '../tier-stack';

/** Turns a tier's components into resources on one cloud. */
export interface Platform {
  readonly id: PlatformId;
  /** Whether it has a construct for the component as specified. */
  builds(component: Component): boolean;
  /**
   * Everything that this environment asks for and the platform cannot give the tier: sizes that its region does not sell, networks
   * that overlap. Asked before anything is built. @default - nothing
   */
  problems?(environment: Environment, tier: Tier): readonly Problem[];
  /** What is allowed but should be known of the tier that the environment is at. @default - nothing */
  warnings?(environment: Environment, tier: Tier): readonly string[];
  /** Adds providers and every component of the tier to the stack. */
  build(stack: TierStack, environment: Environment, tier: Tier): void;
}

/** Component kinds of a tier that a platform cannot build. */
export function missingKinds(platform: Platform, tier: Tier): ComponentKind[] {
  return [...new Set(tier.components.filter((component) => !platform.builds(component)).map(({ kind }) => kind))];
}
