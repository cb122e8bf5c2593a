import type { Environment } from '../../environments/schema';
import {
  appProblems,
  begunOtherwise,
  decidedBy,
  type GivenFacts,
  goesNowhere,
  noPath,
  promotionRefused,
  regionKept,
  regionMissing,
  regionsIdle,
  underWay,
} from '../../promotion/plan';
import type { Target } from '../../stacks/transition';
import { ladder } from '../../tiers';
import { ladderOf, tierOf } from '../../tiers/choices';
import { platforms as platformIds, type PlatformId, type Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { choiceOf } from '../input/choice';
import type { RunFlags, TargetFlags } from './commands';

/** A target that a command line names, and what stands in its way. */
export interface NamedTarget {
  readonly target: Target;
  readonly problems: readonly Problem[];
  /** Whether both sides can be synthesized all the same. */
  readonly plannable: boolean;
}

/** The target that a command line names, with everything that stands in its way. @throws `TIER_UNKNOWN` */
export async function namedTarget(environment: Environment, options: TargetFlags): Promise<NamedTarget> {
  const to = tierOf(options.to, environment);
  const platform = choiceOf('platform', options.platform, platformIds, environment.platform);
  const nowhere = [
    ...standing(environment),
    ...(to.id === environment.tier && platform === environment.platform ? [goesNowhere(to.id, others(environment))] : []),
    ...(await unbuilt(environment, to, platform, options)),
    ...placeless(environment, platform, options),
    ...(await standsElsewhere(environment, to, platform, options)),
  ];
  const target = {
    to: to.id,
    reversible: options.reversible === true,
    ...(platform === environment.platform ? {} : { platform, region: options.region }),
    ...(options.regions === undefined ? {} : { regions: listed(options.regions) }),
  };
  return {
    target,
    problems: [
      ...nowhere,
      ...(platform === environment.platform ? staysThere(environment, options) : []),
      ...appProblems(tierOf(environment.tier, environment), to, environment.app.settings),
    ],
    plannable: nowhere.length === 0,
  };
}

/** The target that a command line names, once nothing stands in its way. @throws `PROMOTION_REFUSED`, `TIER_UNKNOWN` */
export async function checkedTarget(environment: Environment, options: TargetFlags): Promise<Target> {
  const { target, problems } = await namedTarget(environment, options);
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
  return target;
}

/** What the environment file holds first of a promotion. */
export function firstEntry(target: Target): NonNullable<Environment['promotion']> {
  const { to, platform, region, regions, reversible } = target;
  return {
    to,
    phase: 'expand',
    ...(platform === undefined ? {} : { platform }),
    ...(region === undefined ? {} : { region }),
    ...(regions === undefined ? {} : { regions: [...regions] }),
    ...(reversible === true ? { reversible } : {}),
    ...decidedBy(target),
  };
}

/** A target with what facts decide of the way that its data go: the file keeps it, so that every later run moves them so. */
export function movedAs(target: Target, facts: GivenFacts): Target {
  return { ...target, ...decidedBy(facts) };
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

/** Regions of the command line in which the target would not stand. */
async function standsElsewhere(
  environment: Environment,
  to: Tier,
  platform: PlatformId,
  { region, regions }: TargetFlags,
): Promise<readonly Problem[]> {
  if (regions === undefined) return [];
  const [{ standingRegions }, { placedTier }] = await Promise.all([
    import('../../stacks/workloads/sites'),
    import('../../stacks/placement'),
  ]);
  const named = listed(regions);
  // A file that keeps all clusters on one platform has more regions there.
  const placed = platform === environment.platform ? placedTier(environment, to) : to;
  const standing = standingRegions({ platform, region: region ?? environment.region, regions: named }, placed);
  const idle = named.filter((each) => !standing.includes(each));
  return idle.length === 0 ? [] : [regionsIdle(idle, to.id, standing)];
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
  const [{ tierProblems }, { placementsAt }] = await Promise.all([import('../../stacks/problems'), import('../../stacks/placement')]);
  const { placements, regions: own, ...rest } = environment;
  const further = regions === undefined ? (platform === environment.platform ? own : undefined) : [...listed(regions)];
  const there = {
    ...rest,
    platform,
    region: region ?? environment.region,
    ...(further === undefined ? {} : { regions: further }),
  };
  const at = (tier: Tier): Environment =>
    platform === environment.platform ? { ...there, ...placementsAt({ platform, placements }, tier) } : there;
  // A region that nobody has named is asked for by itself.
  const nowhere = placeless(environment, platform, region === undefined ? {} : { region }).length > 0;
  const against = (tier: Tier): readonly Problem[] => tierProblems(at(tier), tier).filter(({ where }) => !(nowhere && where === 'region'));
  const ways = ladderOf(environment)
    .filter((tier) => tier.id !== environment.tier && against(tier).length === 0)
    .map(({ id }) => `${id} on ${platform}`);
  const [old, next] = [tierProblems(environment, tierOf(environment.tier, environment)), against(to)];
  return old.length === 0 && next.length === 0 ? [] : [...old, ...next, noPath(ways)];
}
