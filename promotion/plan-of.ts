import { checkLoad, type LoadInput, loadOf } from '../analysis/capacity';
import { graphFromSynthesis } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { pairOf, sidesOf, type Target, transition } from '../stacks/transition';
import { factsFor, type GivenFacts, planPromotion } from './plan';
import type { PromotionPlan } from './types';

export interface PlanOptions {
  readonly target: Target;
  /** What the target must carry. */
  readonly load: LoadInput;
  /** What is known of the data. @default - everything follows from the load */
  readonly facts?: GivenFacts;
  /** An output folder; see `sidesOf`. */
  readonly outdir: string;
}

/**
 * The plan of an environment's promotion, from what both tiers synthesize into. Touches nothing.
 * @throws TerraceError `PROMOTION_REFUSED`, `PROMOTION_NOT_BUILDABLE`
 */
export function planOf(environment: Environment, { target, load, facts, outdir }: PlanOptions): PromotionPlan {
  const pair = pairOf(environment, target);
  const sides = sidesOf(environment, pair, outdir);
  return planPromotion({
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
    reversible: target.reversible === true,
    changes: pair.changes,
    generations: pair.target.generations,
    resources: {
      before: graphFromSynthesis(sides.old),
      during: graphFromSynthesis(transition(sides, 'resized').json),
      after: graphFromSynthesis(sides.new),
      ...transition(sides, 'contracted').leaving,
    },
    load: checkLoad(load),
    facts: factsFor(facts ?? {}, loadOf(load)),
  });
}
