import { capacityOf, loadOf, placesIn, plantOf, requiredHeadroom, usageOf } from '../../analysis/capacity';
import type { ResourceGraph } from '../../analysis/graph';
import { estimate, listBook, money } from '../../analysis/pricing';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import type { CapacityProof, PlannedCost, PromotionPlan } from '../types';
import { database, others } from './constants';
import { capacityShort, promotionRefused } from './errors';
import { misfits } from './fit';
import type { PlanInput } from './input';
import { irreversibleOf } from './irreversible';
import { dataMoves } from './moves';
import { pauseOf } from './pause';
import { prerequisitesOf } from './prerequisites';
import { phasesOf } from './steps';

/**
 * The whole way from one tier to another. Pure: the same input gives the same plan.
 * @throws TerraceError `PROMOTION_REFUSED` with everything that does not fit
 */
export function planPromotion(input: PlanInput): PromotionPlan {
  const { environment, from, to, platform, changes, generations, facts } = input;
  const capacity = capacityProof(input);
  const problems = misfits(input, capacity);
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
  const cost = costOf(input);
  return {
    environment: environment.name,
    from: from.id,
    to: to.id,
    platform,
    fromPlatform: environment.platform,
    prerequisites: prerequisitesOf(input, capacity, cost),
    components: changes.map(({ id, verdict, why }) => ({ id, verdict, why })),
    phases: phasesOf(input),
    pause: pauseOf(input),
    cost,
    irreversible: irreversibleOf(input),
    capacity,
    generations,
    assumptions: [...facts.sources, ...measured(input)],
  };
}

/** What a promotion does not begin with: what its plan refuses, and a capacity short of the proof, unless somebody takes that upon themselves. */
export function refusals(input: PlanInput, { shortAccepted }: { readonly shortAccepted: boolean }): readonly Problem[] {
  const capacity = capacityProof(input);
  return [...misfits(input, capacity), ...(shortAccepted ? [] : shortOf(input, capacity))];
}

/** What does not carry the load at all is a misfit. */
function shortOf({ to }: PlanInput, { carries, headroom, required, binding }: CapacityProof): readonly Problem[] {
  return carries || headroom < 1 ? [] : [capacityShort(to.id, headroom, required, binding ?? 'something')];
}

/** The target under the environment's load. */
function capacityProof({ to, platform, resources, load }: PlanInput): CapacityProof {
  const { headroom, carries, binding } = capacityOf(plantOf(to, resources.after, platform), load);
  return {
    dailyUsers: Math.round(loadOf(inputOf(load)).users.daily.value),
    headroom,
    required: requiredHeadroom,
    carries,
    binding: binding === undefined ? null : `${binding.component}: ${binding.limit}`,
  };
}

function inputOf({ counts, basis, roadmap, constants }: PlanInput['load']): Parameters<typeof loadOf>[0] {
  return { users: counts, basis, roadmap, overrides: constants };
}

/** List prices of what stands before, meanwhile and afterwards, under the same load. */
function costOf({ environment, from, to, platform, resources: { before, during, after }, load }: PlanInput): PlannedCost {
  const monthly = (graph: ResourceGraph, tier: Tier, at: PlatformId): string =>
    money(estimate(graph, listBook(), usageOf(loadOf(inputOf(load)), placesIn(tier, at))).monthly);
  return {
    before: monthly(before, from, environment.platform),
    during: monthly(during, to, platform),
    after: monthly(after, to, platform),
  };
}

/** The figures that the times rest on, where there are such. */
function measured(input: PlanInput): readonly string[] {
  const methods = new Set(dataMoves(input).map(({ method }) => method));
  return [
    ...(methods.has('logical-replication') ? [database.copySecondsPerGb.source, database.indexSecondsPerGb.source] : []),
    ...(methods.has('logical-replication-shards') ? [database.shardCopySecondsPerGb.source, database.identitySecondsPerGb.source] : []),
    ...(methods.has('dump') ? [database.dumpSecondsPerGb.source] : []),
    ...(methods.has('object-copy') ? [others.objectSecondsPerGb.source] : []),
    ...(methods.has('cache-replication') ? [others.cacheSecondsPerGb.source] : []),
  ];
}
