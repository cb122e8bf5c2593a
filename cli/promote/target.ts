import type { Environment } from '../../environments/schema';
import {
  appProblems,
  begunOtherwise,
  goesNowhere,
  noPath,
  promotionRefused,
  regionKept,
  regionMissing,
  underWay,
} from '../../promotion/plan';
import type { Target } from '../../stacks/transition';
import { ladder } from '../../tiers';
import { ladderOf, tierOf } from '../../tiers/choices';
import { platforms as platformIds, type PlatformId, type Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { choiceOf } from '../input/choice';
import type { RunFlags, TargetFlags } from './commands';

/** The target that a command line names, with everything that stands in its way. @throws `PROMOTION_REFUSED`, `TIER_UNKNOWN` */
export async function checkedTarget(environment: Environment, options: TargetFlags): Promise<Target> {
  const to = tierOf(options.to, environment);
  const platform = choiceOf('platform', options.platform, platformIds, environment.platform);
  const problems = [
    ...standing(environment),
    ...(to.id === environment.tier && platform === environment.platform ? [goesNowhere(to.id, others(environment))] : []),
    ...(await unbuilt(environment, to, platform, options)),
    ...placeless(environment, platform, options),
    ...(platform === environment.platform ? staysThere(environment, options) : []),
    ...appProblems(tierOf(environment.tier, environment), to, environment.app.settings),
  ];
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
  return {
    to: to.id,
    reversible: options.reversible === true,
    ...(platform === environment.platform ? {} : { platform, region: options.region }),
    ...(options.regions === undefined ? {} : { regions: listed(options.regions) }),
  };
}

/** What the environment file holds first of a promotion. */
export function firstEntry({ to, platform, region, regions, reversible }: Target): NonNullable<Environment['promotion']> {
  return {
    to,
    phase: 'expand',
    ...(platform === undefined ? {} : { platform }),
    ...(region === undefined ? {} : { region }),
    ...(regions === undefined ? {} : { regions: [...regions] }),
    ...(reversible === true ? { reversible } : {}),
  };
}

function listed(regions: string): readonly string[] {
  return regions
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function standing({ promotion, name }: Environment): readonly Problem[] {
  return promotion === undefined ? [] : [underWay(promotion.to, promotion.phase, name)];
}

/** Only a move to another platform leaves a region. */
function staysThere({ region: here }: Environment, { region }: Pick<TargetFlags, 'region'>): readonly Problem[] {
  return region === undefined || region === here ? [] : [regionKept(here, region)];
}

/** What a command line says otherwise than the promotion that is under way was begun. */
export function otherwise(environment: Environment, { region, regions, reversible, source }: Partial<RunFlags>): readonly Problem[] {
  const { promotion } = environment;
  if (promotion === undefined) return [];
  const begun = { region: promotion.region ?? environment.region, regions: (promotion.regions ?? environment.regions ?? []).join() };
  const from = promotion.source === undefined ? undefined : `${promotion.source.remote}:${promotion.source.branch}`;
  return [
    ...(region === undefined || region === begun.region ? [] : [begunOtherwise('--region', region, begun.region)]),
    ...(regions === undefined || listed(regions).join() === begun.regions ? [] : [begunOtherwise('--regions', regions, begun.regions)]),
    ...(reversible === true && promotion.reversible !== true ? [begunOtherwise('--reversible', undefined, undefined)] : []),
    ...(source === undefined || source === from ? [] : [begunOtherwise('--source', source, from)]),
  ];
}

function others({ tier }: Environment): readonly string[] {
  return ladder.map(({ id }) => id).filter((id) => id !== tier);
}

function placeless(environment: Environment, platform: PlatformId, { region }: Pick<TargetFlags, 'region'>): readonly Problem[] {
  return platform !== environment.platform && region === undefined ? [regionMissing(platform)] : [];
}

/** Why either side cannot be built, and where the environment could go instead. */
async function unbuilt(
  environment: Environment,
  to: Tier,
  platform: PlatformId,
  { region, regions }: TargetFlags,
): Promise<readonly Problem[]> {
  const { tierProblems } = await import('../../stacks/problems');
  const { placements, regions: own, ...rest } = environment;
  const further = regions === undefined ? (platform === environment.platform ? own : undefined) : [...listed(regions)];
  const there = {
    ...rest,
    platform,
    region: region ?? environment.region,
    ...(further === undefined ? {} : { regions: further }),
    ...(placements === undefined || platform !== environment.platform ? {} : { placements }),
  };
  // A region that nobody has named is asked for by itself.
  const nowhere = placeless(environment, platform, region === undefined ? {} : { region }).length > 0;
  const against = (tier: Tier): readonly Problem[] => tierProblems(there, tier).filter(({ where }) => !(nowhere && where === 'region'));
  const ways = ladderOf(environment)
    .filter((tier) => tier.id !== environment.tier && against(tier).length === 0)
    .map(({ id }) => `${id} on ${platform}`);
  const [old, next] = [tierProblems(environment, tierOf(environment.tier, environment)), against(to)];
  return old.length === 0 && next.length === 0 ? [] : [...old, ...next, noPath(ways)];
}
