import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { awsRegion, awsRegions } from '../../../catalog/aws';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { Problem } from '../../../values/errors';
import type { Site } from '../../../constructs/aws/site';
import { component } from '../naming';
import { networksOverlap, regionsMissing } from './errors';

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
  if (cluster === undefined) return 1;
  return cluster.regions - cluster.clouds.filter((cloud) => cloud !== 'aws').length;
}

/** The regions of an environment at a tier, home first. */
export function regionsOf(environment: Pick<Environment, 'region' | 'regions'>, tier: Pick<Tier, 'components'>): readonly string[] {
  return [environment.region, ...(environment.regions ?? [])].slice(0, regionCount(tier));
}

/** Too few regions, regions that the catalog does not know, and networks that overlap. */
export function regionProblems(environment: Pick<Environment, 'region' | 'regions'>, tier: Tier): readonly Problem[] {
  const given = regionsOf(environment, tier);
  const known = awsRegions().map(({ slug }) => slug);
  const missing = given.length < regionCount(tier) ? [regionsMissing(tier.id, regionCount(tier), given, known)] : [];
  return [...missing, ...overlaps(given.filter((each) => known.includes(each)))];
}

function overlaps(regions: readonly string[]): readonly Problem[] {
  return regions.flatMap((first, index) =>
    regions.slice(index + 1).flatMap((second) => {
      const { network } = awsRegion(first);
      return network === awsRegion(second).network ? [networksOverlap(first, second, network)] : [];
    }),
  );
}
