import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { awsRegion, awsRegions } from '../../../catalog/aws';
import { clustersAt } from '../../../components/kubernetes-cluster';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import { rangesOverlap } from '../../../values/address-range';
import type { Problem } from '../../../values/errors';
import type { Site } from '../../../constructs/aws/site';
import { spansGoogle } from '../../workloads/sites';
import { ranges } from '../google/neighbours';
import { component } from '../naming';
import { networksOverlap, regionsMissing, type TakenRange } from './errors';

/** One of the regions that an environment stands in. */
export interface Region {
  readonly site: Site;
  /** Configuration of the provider; undefined for the home region, which is the stack's own. */
  readonly provider: AwsProvider | undefined;
  /** What tells the addresses of its parts from those of the home region: nothing, or `_us_west_2`. */
  readonly suffix: string;
  /** The same in names, where characters are few (64 for a role): nothing, or `-usw2`. */
  readonly mark: string;
}

/** How many regions of AWS a tier stands in. Of a cluster over several clouds, each other cloud has one. */
export function regionCount(tier: Pick<Tier, 'components'>): number {
  const cluster = component(tier, 'kubernetes-cluster');
  return cluster === undefined ? 1 : clustersAt(cluster, 'aws');
}

/** The regions of an environment at a tier, home first. */
export function regionsOf(environment: Pick<Environment, 'region' | 'regions'>, tier: Pick<Tier, 'components'>): readonly string[] {
  return [environment.region, ...(environment.regions ?? [])].slice(0, regionCount(tier));
}

/**
 * Too few regions, regions that the catalog does not know, and networks that overlap.
 * @param networkOf range of the network in a region. @default - as the catalog has it
 */
export function regionProblems(
  environment: Pick<Environment, 'region' | 'regions'>,
  tier: Tier,
  networkOf: (region: string) => string = (region) => awsRegion(region).network,
): readonly Problem[] {
  const given = regionsOf(environment, tier);
  const known = awsRegions().map(({ slug }) => slug);
  const missing = given.length < regionCount(tier) ? [regionsMissing(tier.id, regionCount(tier), given, known)] : [];
  const own = given.filter((each) => known.includes(each)).map((region) => ({ name: region, range: networkOf(region) }));
  return [...missing, ...overlaps([...own, ...(spansGoogle(tier) ? googleNetworks : [])])];
}

/** What the part at Google takes, where a VPN joins it to the home network as where none does: an environment comes to have one by another engine of its tier. */
const googleNetworks: readonly TakenRange[] = Object.entries(ranges).map(([name, range]) => ({
  name: `Google's ${name}`,
  range: typeof range === 'string' ? range : `${range.address}/${range.length}`,
}));

function overlaps(taken: readonly TakenRange[]): readonly Problem[] {
  const pairs = taken.flatMap((one, index) => taken.slice(index + 1).map((other) => [one, other] as const));
  return pairs.filter(([one, other]) => rangesOverlap(one.range, other.range)).map(([one, other]) => networksOverlap(one, other));
}
