import { flavours, type ClusterCloud } from '../../constructs/kubernetes/flavour';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { component } from '../platforms/naming';
import { regionsMissing } from './errors';

/** Where one of a tier's clusters is. */
export interface ClusterSite {
  readonly region: string;
  readonly cloud: ClusterCloud;
}

/** Whether a tier runs anything in Kubernetes, and so has a second layer. */
export function hasPods(tier: Tier): boolean {
  return component(tier, 'kubernetes-cluster') !== undefined;
}

/** The clusters of an environment at a tier: the home region first. Those of a second cloud come from the platform. */
export function clusterSites({ region, regions = [], platform }: Pick<Environment, 'region' | 'regions' | 'platform'>, tier: Tier): ClusterSite[] {
  const wanted = component(tier, 'kubernetes-cluster')?.regions ?? 0;
  return isCloud(platform) ? [region, ...regions].slice(0, wanted).map((each) => ({ region: each, cloud: platform })) : [];
}

/** Regions that a tier needs and the environment does not name. */
export function siteProblems(environment: Pick<Environment, 'region' | 'regions' | 'platform'>, tier: Tier): Problem[] {
  const wanted = component(tier, 'kubernetes-cluster')?.regions ?? 0;
  const named = [environment.region, ...(environment.regions ?? [])];
  return named.length < wanted ? [regionsMissing(tier.id, wanted, named)] : [];
}

function isCloud(platform: string): platform is ClusterCloud {
  return platform in flavours;
}
