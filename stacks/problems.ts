import { unknownRegion } from '../environments/region-rules';
import type { Environment } from '../environments/schema';
import { ladderOf } from '../tiers/choices';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { componentsNotBuilt } from './errors';
import { layerProblems } from './layers';
import { builtOn, placedTier, placementProblems } from './placement';
import { platforms } from './platforms';
import { missingKinds } from './platforms/platform';
import { residencyProblems } from './residency';

/** Everything for which a tier cannot be built for an environment, in any of its layers. */
export function tierProblems(environment: Environment, ladderTier: Tier): readonly Problem[] {
  const tier = placedTier(environment, ladderTier);
  const platform = platforms[environment.platform];
  const kinds = platform === undefined ? tier.components.map(({ kind }) => kind) : missingKinds(platform, tier);
  const missing =
    kinds.length === 0
      ? []
      : [
          componentsNotBuilt(
            tier.id,
            environment.platform,
            kinds.map((kind) => ({ kind, builtOn: builtOn(tier, kind) })),
          ),
        ];
  const misplaced = [...missing, ...placementProblems(environment, ladderTier)];
  if (misplaced.length > 0) return misplaced;
  const own = once(platform?.problems?.(environment, tier) ?? []);
  // What both layers see is said once.
  const further = layerProblems(environment, tier).filter(({ code }) => !own.some((each) => each.code === code));
  return [...own, ...further, ...residencyProblems(environment, tier)];
}

/**
 * Everything for which an environment cannot be built at its tier, where its file is not valid: of regions only those that there are. Where home is
 * none, nothing can be said.
 */
export function problemsBeside(environment: Environment): readonly Problem[] {
  const { region, regions = [], platform } = environment;
  const isKnown = (slug: string): boolean => unknownRegion(platform, slug).length === 0;
  const tier = ladderOf(environment).find(({ id }) => id === environment.tier);
  if (tier === undefined || !isKnown(region)) return [];
  const further = [...new Set(regions)].filter((each) => each !== region && isKnown(each));
  return tierProblems({ ...environment, regions: further }, tier);
}

/** What several regions have in common is said once. */
function once(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ message }, index) => problems.findIndex((each) => each.message === message) === index);
}
