import { join } from 'node:path';
import type { CdkTfJson } from '../analysis/graph';
import { isRelational } from '../components/component';
import type { Environment } from '../environments/schema';
import type { DrilledDatabase } from '../promotion/drill/record';
import { pairOf, sidesOf, stageOf } from '../stacks/transition';
import type { Tier } from '../tiers/tier';
import type { Project } from './project';

/** The side of an environment that the app uses: while it is promoted, one of two. */
export interface ServingSide {
  readonly tier: Tier;
  /** The environment with the generations of this side. */
  readonly environment: Environment;
  /** What of the configuration belongs to this side. */
  readonly json: CdkTfJson;
  readonly database: DrilledDatabase;
}

/** The side that the environment file leads the app to: from cutover on the new one. */
export function servingSide({ environment, recorded, folder }: Project): ServingSide {
  const { promotion } = environment;
  if (promotion === undefined || !leadsToNew(stageOf[promotion.phase]))
    return sideOf(recorded.tier, environment, recorded.json as CdkTfJson);
  const pair = pairOf(environment, promotion);
  return sideOf(pair.to, pair.target, sidesOf(environment, pair, join(folder, 'cdktf.out')).new);
}

function leadsToNew(stage: (typeof stageOf)[keyof typeof stageOf]): boolean {
  return stage === 'switched' || stage === 'contracted';
}

function sideOf(tier: Tier, environment: Environment, json: CdkTfJson): ServingSide {
  const database = tier.components.find(isRelational);
  const generation = database === undefined ? null : (environment.generations[database.id] ?? 1);
  return { tier, environment, json, database: { tier: tier.id, generation } };
}
