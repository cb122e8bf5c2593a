import type { App } from 'cdktf';
import { jsonFragment } from '../../constructs/template';
import type { Environment } from '../../environments/schema';
import { workloadsStackId } from '../../tiers/layer-names';
import type { Tier } from '../../tiers/tier';
import { addBackend } from '../backend';
import { follow, type FurtherLayers, layerState } from '../layers';
import { layerOutput } from '../platforms/naming';
import { TierStack } from '../tier-stack';
import { buildCluster, clusterOf } from './cluster-contents';
import { type ClusterPlan, engineCloud } from './filling';
import { PlatformState } from './platform-state';
import { clusterSites, homeSites, isEmptied } from './sites';

/**
 * Adds the stack of what runs in a tier's clusters. It is deployed after the platform layer, whose state it reads, and destroyed
 * before it; nothing of one stack is referred to in the other.
 * @param further why it refuses, and what it is to a promotion
 */
export function buildWorkloads(
  app: App,
  environment: Environment,
  tier: Tier,
  { lock, role = 'serves', mark }: FurtherLayers,
  below: readonly TierStack[],
): TierStack {
  const stack = new TierStack(app, workloadsStackId(tier.id, mark), {
    lock,
    recorded: { tier: tier.id, generations: environment.generations, disposable: environment.disposable !== undefined },
    literals: [environment.app, ...Object.values(environment.services ?? {})]
      .flatMap(({ settings }) => Object.values(settings))
      .map(jsonFragment),
  });
  for (const each of below) follow(stack, each, { role });
  addBackend(stack, { state: layerState(environment, tier, 'workloads') });
  const home = new PlatformState(stack, 'platform', environment.state, layerOutput(environment, tier));
  const sites = clusterSites(environment, tier);
  const atHome = homeSites(environment, tier);
  const google = atHome.length === sites.length ? undefined : new PlatformState(stack, 'google', layerState(environment, tier, 'google'));
  sites.forEach((site, index) => {
    const plan: ClusterPlan = {
      stack,
      environment,
      tier,
      home,
      sql: engineCloud(tier) === 'google' ? (google ?? home) : home,
      state: site.cloud === environment.platform ? home : (google ?? home),
      site,
      role,
      share: { index, of: sites.length, atHome: atHome.length },
    };
    // A cluster that is being emptied keeps the providers that take everything out of it, and nothing else.
    if (isEmptied(environment, site.region)) clusterOf(plan);
    else buildCluster(plan);
  });
  if (google !== undefined)
    (require('./traffic') as typeof import('./traffic')).splitTraffic(stack, environment, tier, {
      home,
      google,
      region: sites.at(-1)?.region ?? '',
      open: role === 'serves',
    });
  return stack;
}
