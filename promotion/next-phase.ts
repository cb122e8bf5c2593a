import { type Generations, retiredAfter } from '../components/change';
import type { Environment } from '../environments/schema';
import { pairOf } from '../stacks/transition';
import { promotionPhases, type PromotionPhase } from '../tiers/phase';
import type { Problem } from '../values/errors';

/** What an environment file can be told: a phase, or that the promotion is over. */
export type Goal = PromotionPhase | 'done';

export const goals: readonly Goal[] = [...promotionPhases, 'done'];

/** Where each phase may lead. Forward one at a time; back to `migrate` while nothing is given up; and out. */
const ways: Readonly<Record<PromotionPhase, readonly Goal[]>> = {
  expand: ['migrate', 'rollback'],
  migrate: ['verify', 'rollback'],
  verify: ['cutover', 'migrate', 'rollback'],
  cutover: ['soak', 'migrate'],
  soak: ['contract', 'migrate'],
  contract: ['done'],
  rollback: ['done'],
};

/** Why an environment cannot go there from where it stands; nothing when it can. */
export function wayProblems({ promotion, name }: Pick<Environment, 'promotion' | 'name'>, goal: Goal): readonly Problem[] {
  const allowed = promotion === undefined ? ['expand' as const] : ways[promotion.phase];
  if (allowed.some((each) => each === goal)) return [];
  const here = promotion === undefined ? `${name} is not being promoted` : `${name} is in phase ${promotion.phase}`;
  return [{ code: 'PROMOTION_PHASE', where: 'phase', message: `${here}. From there it goes to ${allowed.join(' or ')}, not to ${goal}.` }];
}

/** The fields of the environment file that say it, each as it is written; undefined removes the field. */
export function fieldsFor(
  environment: Environment,
  promotion: NonNullable<Environment['promotion']>,
  goal: Goal,
): Readonly<Record<string, string | undefined>> {
  if (goal !== 'done') return { promotion: flow({ ...promotion, phase: goal }) };
  const { target, changes } = pairOf(environment, promotion);
  const elsewhere = target.platform !== environment.platform;
  if (promotion.phase === 'rollback')
    return { ...retiredField(retiredAfter(changes, 'after', target.generations, elsewhere, environment.retired)), promotion: undefined };
  const there = elsewhere ? { platform: target.platform, region: target.region } : placesField(environment, target);
  const moved = same(target.regions, environment.regions)
    ? there
    : { ...there, regions: target.regions === undefined ? undefined : `[${target.regions.join(', ')}]` };
  return {
    tier: target.tier,
    ...moved,
    generations: flow(target.generations),
    ...retiredField(retiredAfter(changes, 'before', environment.generations, elsewhere, environment.retired)),
    promotion: undefined,
  };
}

/** The platform, where the tier does not take every placement along. */
function placesField({ placements: before }: Environment, { platform, placements: after }: Environment): Readonly<Record<string, string>> {
  if (Object.keys(before ?? {}).length === Object.keys(after ?? {}).length) return {};
  return { platform: after === undefined ? platform : flow({ default: platform, ...after }) };
}

/** A field that says nothing is not written. */
function retiredField(retired: Generations): Readonly<Record<string, string>> {
  return Object.keys(retired).length === 0 ? {} : { retired: flow(retired) };
}

function same(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.join() === other.join();
}

/** A mapping on one line. The values are words, numbers and switches that the schema has checked. */
function flow(value: object): string {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{ ${entries.map(([key, each]) => `${key}: ${Array.isArray(each) ? `[${each.join(', ')}]` : typeof each === 'object' ? flow(each as object) : JSON.stringify(each).replace(/^"([a-z][a-z0-9-]*)"$/, '$1')}`).join(', ')} }`;
}
