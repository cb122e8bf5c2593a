import type { App } from 'cdktf';
import { jsonFragment } from '../../constructs/template';
import type { Environment, StateBackend } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import { addBackend } from '../backend';
import { workloadsStackId } from '../layers';
import type { Lock } from '../locks';
import { TierStack } from '../tier-stack';
import { buildCluster } from './cluster-contents';
import { PlatformState } from './platform-state';
import { clusterSites } from './sites';

/** Where the workloads of an environment keep their state: beside that of the platform layer, under a name of their own. */
export function workloadsState(state: StateBackend): StateBackend {
  const renamed = (path: string): string => path.replace(/\.tfstate$/, '-workloads.tfstate');
  return state.backend === 'local' ? { ...state, path: renamed(state.path) } : { ...state, key: renamed(state.key) };
}

/**
 * Adds the stack of what runs in a tier's clusters. It is deployed after the platform layer, whose state it reads, and destroyed
 * before it; nothing of one stack is referred to in the other.
 */
export function buildWorkloads(app: App, environment: Environment, tier: Tier, lock: Lock | undefined, platform: TierStack): TierStack {
  const stack = new TierStack(app, workloadsStackId(tier.id), {
    lock,
    recorded: { tier: tier.id, generations: environment.generations, disposable: environment.disposable !== undefined },
    literals: Object.values(environment.app.settings).map(jsonFragment),
  });
  stack.addDependency(platform);
  addBackend(stack, { state: workloadsState(environment.state) });
  const state = new PlatformState(stack, environment);
  const sites = clusterSites(environment, tier);
  sites.forEach((site, index) => buildCluster({ stack, environment, tier, state, site, share: { index, of: sites.length } }));
  return stack;
}
