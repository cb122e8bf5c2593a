import '../before-cdktf';
import type { CdkTfJson } from '../../analysis/graph';
import type { Environment } from '../../environments/schema';
import { transition } from './merge';
import { pairOf, sidesOf } from './sides';
import { stageOf } from './stage';

export { bodiesOf } from './documents';
export { emptied } from './layers';
export { deployOrder, type LayerRole, roles } from './order';
export { componentIn, type Leaving } from './forgotten';
export { transition, type Sides, type Transition } from './merge';
export { withProvidersOf } from './providers';
export { layersOf, type Pair, pairOf, platformFor, sidesOf, type Target } from './sides';
export { type Stage, stageOf } from './stage';

/** An environment while it is promoted. */
export type Promoting = Environment & { readonly promotion: NonNullable<Environment['promotion']> };

/** Whether an environment is being promoted. */
export function isPromoting(environment: Environment): environment is Promoting {
  return environment.promotion !== undefined;
}

/** The configuration that both stacks of a promotion have in its present phase. @param outdir see `sidesOf` */
export function transitional(environment: Promoting, outdir: string): CdkTfJson {
  const pair = pairOf(environment, environment.promotion);
  return transition(sidesOf(environment, pair, outdir), stageOf[environment.promotion.phase]).json;
}
