import type { App } from 'cdktf';
import type { ComponentOf } from '../components/component';
import { enginePlaces, federatedCloud, type DistributedEngine } from '../components/distributed-database';
import type { Environment, StateBackend } from '../environments/schema';
import { secondCloudStackId, workloadsStackId } from '../tiers/layer-names';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { engineElsewhere } from './errors';
import type { Lock } from './locks';
import { joinsClouds } from './platforms/between-clouds';
import { gpuProblems, gpuWarning } from './platforms/google/gpu';
import { neighbours } from './platforms/google/neighbours';
import { component, generationName } from './platforms/naming';
import type { TierStack } from './tier-stack';
import type { LayerRole } from './transition/order';
import { connectionProblems, poolingClusters } from './workloads/connections';
import { serviceProblems } from './workloads/service-problems';
import { hasPods, homeSites, siteProblems, spansGoogle } from './workloads/sites';

/** Ids of the stacks that a tier has, in the order in which they are deployed; destroyed they are in the opposite one. @param mark see `FurtherLayers` */
export function layerIds(tier: Tier, mark?: string): readonly string[] {
  return [
    tier.id,
    ...(spansGoogle(tier) ? [secondCloudStackId(tier.id, mark)] : []),
    ...(hasPods(tier) ? [workloadsStackId(tier.id, mark)] : []),
  ];
}

/**
 * Where a further layer of a tier keeps its state: beside that of the platform, under a name of its own, and a new one with each
 * generation of its clusters.
 */
export function layerState(
  environment: Pick<Environment, 'state' | 'generations'>,
  tier: Tier,
  layer: 'google' | 'workloads',
): StateBackend {
  const { state } = environment;
  const ending = `-${generationName(layer, environment, tier)}.tfstate`;
  const renamed = (path: string): string => path.replace(/\.tfstate$/, ending);
  return state.backend === 'local' ? { ...state, path: renamed(state.path) } : { ...state, key: renamed(state.key) };
}

/** What becomes of a tier's further layers. */
export interface FurtherLayers {
  /** @default - they may be deployed */
  readonly lock?: Lock | undefined;
  /** @default - `serves` */
  readonly role?: LayerRole;
  /**
   * What ends the names of its stacks, `g2`, while the layers of the same tier on another platform stand beside it.
   * @default - they are called after the tier alone
   */
  readonly mark?: string | undefined;
}

/**
 * Adds what follows a tier's own stack to an app, and returns it: its part in a second cloud, and what runs in its clusters. The providers'
 * bindings are loaded only then.
 * @param platform the tier's own stack. @default - it is not in this app, and the layers are only read
 */
export function addLayers(
  app: App,
  environment: Environment,
  tier: Tier,
  further: FurtherLayers,
  platform?: TierStack,
): readonly TierStack[] {
  const cloud = addSecondCloud(app, environment, tier, further);
  const clouds = cloud === undefined ? [] : [cloud];
  if (cloud !== undefined && platform !== undefined && readsPlatform(tier)) follow(cloud, platform, further);
  if (!hasPods(tier)) return clouds;
  const { buildWorkloads } = require('./workloads/build') as typeof import('./workloads/build');
  return [...clouds, buildWorkloads(app, environment, tier, further, [...(platform === undefined ? [] : [platform]), ...clouds])];
}

/** Whether the part in the second cloud reads the platform's state: who its clusters are, whose pods sign in there; or where the VPN to it ends. */
function readsPlatform(tier: Tier): boolean {
  const database = component(tier, 'distributed-database');
  return joinsClouds(tier) || (database !== undefined && federatedCloud(database) === 'google');
}

/** A layer comes after what it reads, and goes before it. */
export function follow(layer: TierStack, below: TierStack, { role }: FurtherLayers): void {
  if (role === 'leaves') below.addDependency(layer);
  else layer.addDependency(below);
}

/** Adds a tier's part in a second cloud alone; undefined where it has none. */
function addSecondCloud(app: App, environment: Environment, tier: Tier, further: FurtherLayers): TierStack | undefined {
  if (!spansGoogle(tier)) return undefined;
  const { buildSecondCloud } = require('./platforms/google/second-cloud') as typeof import('./platforms/google/second-cloud');
  return buildSecondCloud(app, environment, tier, further);
}

/** What is wrong with the further layers of an environment at a tier, known before anything is built. */
export function layerProblems(environment: Environment, tier: Tier): readonly Problem[] {
  if (!hasPods(tier)) return [];
  const home = homeSites(environment, tier);
  return [
    ...siteProblems(environment, tier),
    ...engineProblems(tier),
    ...serviceProblems(environment, tier),
    ...secondCloudGpuProblems(environment, tier),
    ...(home[0] === undefined ? [] : connectionProblems(tier, home[0].cloud, poolingClusters(tier, home.length))),
  ];
}

/** What should be known of the further layers of an environment at a tier. */
export function layerWarnings(environment: Environment, tier: Tier): readonly string[] {
  return atGoogle(environment, tier, (pool, region) => [gpuWarning(pool, environment, region) ?? []].flat());
}

function secondCloudGpuProblems(environment: Environment, tier: Tier): readonly Problem[] {
  return atGoogle(environment, tier, (pool, region) => gpuProblems(pool, environment, region));
}

/** What is said of the tier's pool of cards in the cluster at Google; nothing where it has none of the two. */
function atGoogle<Said>(
  { region: home }: Environment,
  tier: Tier,
  say: (pool: ComponentOf<'gpu-pool'>, region: string) => readonly Said[],
): readonly Said[] {
  const [pool, region] = [component(tier, 'gpu-pool'), neighbours[home]];
  return pool === undefined || region === undefined || !spansGoogle(tier) ? [] : say(pool, region);
}

/** An engine of a cloud in which the environment has no part of the tier. */
function engineProblems(tier: Tier): readonly Problem[] {
  const database = component(tier, 'distributed-database');
  if (database === undefined || enginePlaces[database.engine] !== 'google' || spansGoogle(tier)) return [];
  const others = (Object.keys(database.offers) as DistributedEngine[]).filter((engine) => enginePlaces[engine] !== 'google');
  return [engineElsewhere(tier.id, database.engine, 'google', ['shards', ...others])];
}
