import type { App } from 'cdktf';
import type { Environment } from '../environments/schema';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import type { Lock } from './locks';
import type { TierStack } from './tier-stack';
import { connectionProblems } from './workloads/connections';
import { clusterSites, hasPods, siteProblems } from './workloads/sites';

/** Ids of the stacks that a tier has, in the order in which they are deployed; destroyed they are in the opposite one. */
export function layerIds(tier: Tier): readonly string[] {
  return hasPods(tier) ? [tier.id, workloadsStackId(tier.id)] : [tier.id];
}

/** Id of the stack with a tier's workloads. */
export function workloadsStackId(tier: string): string {
  return `${tier}-workloads`;
}

/** Adds what runs in a tier's clusters to an app, where it has any. The providers' bindings are loaded only then. */
export function addWorkloads(app: App, environment: Environment, tier: Tier, lock: Lock | undefined, platform: TierStack): void {
  if (!hasPods(tier)) return;
  const { buildWorkloads } = require('./workloads/build') as typeof import('./workloads/build');
  buildWorkloads(app, environment, tier, lock, platform);
}

/** What is wrong with the workloads of an environment at a tier, known before anything is built. */
export function workloadProblems(environment: Environment, tier: Tier): readonly Problem[] {
  if (!hasPods(tier)) return [];
  const sites = clusterSites(environment, tier);
  const [home] = sites;
  return [...siteProblems(environment, tier), ...(home === undefined ? [] : connectionProblems(tier, home.cloud, sites.length))];
}
