import type { Cluster } from '../../constructs/kubernetes/cluster';
import { flavours } from '../../constructs/kubernetes/flavour';
import { enginePlaces } from '../../components/distributed-database';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import { component } from '../platforms/naming';
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
  /** What the layer says that has distributed SQL, where it is that of one cloud. */
  readonly sql: PlatformState;
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

/** Whether a cluster is in the environment's own cloud, in whose networks databases and caches are. */
export function isHome({ site, environment }: Pick<ClusterPlan, 'site' | 'environment'>): boolean {
  return site.cloud === environment.platform;
}

/** Whether a cluster gets the secrets of the environment's own cloud: in another one it asks that one's manager, where it has one. */
export function getsSecrets(plan: Pick<ClusterPlan, 'site' | 'environment'>): boolean {
  return isHome(plan) || flavours[plan.environment.platform].secrets.kept === 'manager';
}

/** Where the engine of a tier's distributed SQL stands; undefined where the tier has none. */
export function engineCloud(tier: Tier): string | undefined {
  const database = component(tier, 'distributed-database');
  return database === undefined ? undefined : enginePlaces[database.engine];
}

/** Whether the app in a cluster is told of distributed SQL: in every cloud, where the engine is a service of one. */
export function reachesSql({ tier }: Pick<ClusterPlan, 'tier'>): boolean {
  const cloud = engineCloud(tier);
  return cloud !== undefined && cloud !== 'cluster';
}
