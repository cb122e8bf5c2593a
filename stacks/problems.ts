import type { Environment } from '../environments/schema';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { componentsNotBuilt } from './errors';
import { layerProblems } from './layers';
import { platforms } from './platforms';
import { missingKinds } from './platforms/platform';

/** Everything for which a tier cannot be built for an environment, in any of its layers. */
export function tierProblems(environment: Environment, tier: Tier): readonly Problem[] {
  const platform = platforms[environment.platform];
  const kinds = platform === undefined ? tier.components.map(({ kind }) => kind) : missingKinds(platform, tier);
  if (kinds.length > 0) return [componentsNotBuilt(tier.id, environment.platform, kinds.map((kind) => ({ kind, builtOn: builtOn(tier, kind) })))];
  const own = platform?.problems?.(environment, tier) ?? [];
  // What both layers see is said once.
  return [...own, ...layerProblems(environment, tier).filter(({ code }) => !own.some((each) => each.code === code))];
}

function builtOn(tier: Tier, kind: string): string[] {
  const wanted = tier.components.filter((component) => component.kind === kind);
  return Object.values(platforms).filter((platform) => wanted.every((component) => platform.builds(component))).map(({ id }) => id);
}
