import type { Cluster } from '../../constructs/kubernetes/cluster';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import type { TierStack } from '../tier-stack';
import type { LayerRole } from '../transition/order';
import type { PlatformState } from './platform-state';
import type { ClusterSite } from './sites';

/** What is known while a cluster is being filled. */
export interface ClusterPlan {
  readonly stack: TierStack;
  readonly environment: Environment;
  readonly tier: Tier;
  /** What the layer says that made this cluster. */
  readonly state: PlatformState;
  /** What the environment's own platform says, which has databases and caches. */
  readonly home: PlatformState;
  readonly site: ClusterSite;
  /** What the layer is to a promotion. */
  readonly role: LayerRole;
  /** Which of how many clusters it is, and how many are in the environment's own cloud: what cannot be everywhere is dealt out. */
  readonly share: { readonly index: number; readonly of: number; readonly atHome: number };
}

/** A cluster with what the others in it refer to. */
export interface Filling extends ClusterPlan {
  readonly cluster: Cluster;
  readonly storage: string;
  /** Id of a construct of this cluster, which begins with its component's: `app_fra1`, `app_fra1_space`. */
  readonly id: (component: string, part?: string) => string;
}
