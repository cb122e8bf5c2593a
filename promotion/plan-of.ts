import { checkLoad, type LoadInput, loadOf } from '../analysis/capacity';
import type { CdkTfJson, ResourceGraph } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { graphOfTier } from '../stacks/tier-graph';
import { layersOf, pairOf, sidesOf, type Target, transition } from '../stacks/transition';
import { factsFor, type GivenFacts, type PlanInput, planPromotion } from './plan';
import type { PromotionPlan } from './types';

export interface PlanOptions {
  readonly target: Target;
  /** What the target must carry. */
  readonly load: LoadInput;
  /** What is known of the data. @default - everything follows from the load */
  readonly facts?: GivenFacts;
  /** What else was said of it on a command line, which the plan's commands repeat. */
  readonly words?: readonly string[];
  /** An output folder; see `sidesOf`. */
  readonly outdir: string;
}

/** What a plan is made of: what both tiers, and each phase between them, synthesize into. @throws `PROMOTION_NOT_BUILDABLE` */
export function inputOf(environment: Environment, { target, load, facts, words, outdir }: PlanOptions): PlanInput {
  const pair = pairOf(environment, target);
  const sides = sidesOf(environment, pair, outdir);
  const layers = layersOf(environment, pair, outdir);
  return {
    environment: {
      name: environment.name,
      platform: environment.platform,
      ...(environment.budget === undefined ? {} : { budget: environment.budget.monthly }),
      alerts: environment.alerts.emails.length > 0,
      localState: environment.state.backend === 'local',
      disposable: environment.disposable !== undefined,
    },
    from: pair.from,
    to: pair.to,
    platform: pair.target.platform,
    region: pair.target.region,
    ...(target.regions === undefined ? {} : { regions: target.regions }),
    reversible: target.reversible === true,
    changes: pair.changes,
    generations: pair.target.generations,
    resources: {
      before: inClouds(sides.old, layers.old),
      during: inClouds(transition(sides, 'resized').json, [...layers.new, ...layers.old]),
      after: inClouds(sides.new, layers.new),
      ...transition(sides, 'contracted').leaving,
    },
    load: checkLoad(load),
    facts: factsFor(facts ?? {}, loadOf(load)),
    ...(words === undefined ? {} : { words }),
  };
}

/** What a side has in all clouds, as one whole: what it costs, and what an account must have room for. */
function inClouds(json: CdkTfJson, layers: Parameters<typeof graphOfTier>[0]['layers'] = []): ResourceGraph {
  return graphOfTier({ id: 'own', json, layers });
}

/**
 * The plan of an environment's promotion, from what both tiers synthesize into. Touches nothing.
 * @throws TerraceError `PROMOTION_REFUSED`, `PROMOTION_NOT_BUILDABLE`
 */
export function planOf(environment: Environment, options: PlanOptions): PromotionPlan {
  return planPromotion(inputOf(environment, options));
}
