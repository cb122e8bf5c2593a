import type { Environment } from '../environments/schema';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { componentsNotBuilt } from './errors';
import { platforms } from './platforms';
import { missingKinds } from './platforms/platform';

/** Everything for which an environment's platform cannot build a tier for it. */
export function platformProblems(environment: Environment, tier: Tier): readonly Problem[] {
  const platform = platforms[environment.platform];
  const kinds = platform === undefined ? tier.components.map(({ kind }) => kind) : missingKinds(platform, tier);
  if (kinds.length > 0) return [componentsNotBuilt(tier.id, environment.platform, kinds.map((kind) => ({ kind, builtOn: builtOn(tier, kind) })))];
  return platform?.problems?.(environment, tier) ?? [];
}

function builtOn(tier: Tier, kind: string): string[] {
  const wanted = tier.components.filter((component) => component.kind === kind);
  return Object.values(platforms).filter((platform) => wanted.every((component) => platform.builds(component))).map(({ id }) => id);
}
