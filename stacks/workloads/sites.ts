import { clustersAt } from '../../components/kubernetes-cluster';
import { flavours, type ClusterCloud } from '../../constructs/kubernetes/flavour';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { neighbours } from '../platforms/google/neighbours';
import { component } from '../platforms/naming';
import { noSecondCloud, regionsMissing } from './errors';

/** Where one of a tier's clusters is. */
export interface ClusterSite {
  readonly region: string;
  readonly cloud: ClusterCloud;
}

/** Whether a tier runs anything in Kubernetes, and so has a second layer. */
export function hasPods(tier: Tier): boolean {
  return component(tier, 'kubernetes-cluster') !== undefined;
}

type Where = Pick<Environment, 'region' | 'regions' | 'platform'>;
type Leaving = Pick<Environment, 'region' | 'leavingRegions'>;

/** Whether a tier also stands in Google's cloud. */
export function spansGoogle(tier: Tier): boolean {
  return component(tier, 'kubernetes-cluster')?.clouds.includes('google') ?? false;
}

/** How many of a tier's clusters are in the environment's own cloud: each other cloud has one. */
function homeCount(tier: Tier, platform: string): number {
  const cluster = component(tier, 'kubernetes-cluster');
  return cluster === undefined ? 0 : clustersAt(cluster, platform);
}

/** The clusters in the environment's own cloud, the home region first. */
export function homeSites({ region, regions = [], platform }: Where, tier: Tier): ClusterSite[] {
  return isCloud(platform)
    ? [region, ...regions].slice(0, homeCount(tier, platform)).map((each) => ({ region: each, cloud: platform }))
    : [];
}

/** How an environment stands in the regions of its own cloud beside home. */
export interface FurtherRegions {
  readonly runs: readonly string[];
  /** `regions` and `leavingRegions` name it: what runs in its cluster goes, while the cluster stands. */
  readonly emptied: readonly string[];
  /** `leavingRegions` alone names it: nothing is there any more after the next deploy. */
  readonly left: readonly string[];
}

/** A region goes in two deploys: first what runs in its cluster, with the protection of what is there, and then the rest. */
export function furtherRegions({ region, leavingRegions = [] }: Leaving, standing: readonly string[]): FurtherRegions {
  const further = standing.filter((each) => each !== region);
  return {
    runs: further.filter((each) => !leavingRegions.includes(each)),
    emptied: further.filter((each) => leavingRegions.includes(each)),
    left: leavingRegions.filter((each) => !standing.includes(each)),
  };
}

/** Whether a region is being left: where the environment still stands in it, nothing runs any more. */
export function isEmptied({ leavingRegions = [] }: Pick<Environment, 'leavingRegions'>, region: string): boolean {
  return leavingRegions.includes(region);
}

/** The regions of its own cloud in which an environment stands at a tier, home first; a tier without clusters stands at home alone. */
export function standingRegions(environment: Where, tier: Tier): readonly string[] {
  const further = homeSites(environment, tier).slice(1);
  return [environment.region, ...further.map(({ region }) => region)];
}

/** All clusters of an environment at a tier: those of its own cloud, and one in each other, near home. */
export function clusterSites(environment: Where, tier: Tier): ClusterSite[] {
  const beside = neighbours[environment.region];
  return [
    ...homeSites(environment, tier),
    ...(spansGoogle(tier) && environment.platform !== 'google' && beside !== undefined
      ? [{ region: beside, cloud: 'google' as const }]
      : []),
  ];
}

/** Regions that a tier needs and the environment does not name, and a home that no second cloud is near to. */
export function siteProblems(environment: Where, tier: Tier): Problem[] {
  const [wanted, named] = [homeCount(tier, environment.platform), [environment.region, ...(environment.regions ?? [])]];
  const far = spansGoogle(tier) && environment.platform !== 'google' && neighbours[environment.region] === undefined;
  return [
    ...(named.length < wanted ? [regionsMissing(tier.id, wanted, named)] : []),
    ...(far ? [noSecondCloud(environment.region, Object.keys(neighbours))] : []),
  ];
}

function isCloud(platform: string): platform is ClusterCloud {
  return platform in flavours;
}
