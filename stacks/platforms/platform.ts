import type { Component, ComponentKind } from '../../components/component';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { Environment } from '../../environments/schema';
import type { TierStack } from '../tier-stack';

/** Turns a tier's components into resources on one cloud. */
export interface Platform {
  readonly id: PlatformId;
  /** Whether it has a construct for the component as specified. */
  builds(component: Component): boolean;
  /** Adds providers and every component of the tier to the stack. */
  build(stack: TierStack, environment: Environment, tier: Tier): void;
}

/** Component kinds of a tier that a platform cannot build. */
export function missingKinds(platform: Platform, tier: Tier): ComponentKind[] {
  return [...new Set(tier.components.filter((component) => !platform.builds(component)).map(({ kind }) => kind))];
}
