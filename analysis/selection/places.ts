import { awsJurisdictionOf, awsRegions, awsRegionsIn } from '../../catalog/aws';
import { jurisdictionOf, regions, regionsIn, type Jurisdiction } from '../../catalog/digitalocean';
import type { PlatformId } from '../../tiers/tier';

/** Where a platform has regions, and under which law data lies there. */
export interface Places {
  readonly regions: readonly string[];
  /** Why no new environment can be put into a region; undefined where one can. */
  readonly closed: (region: string) => string | undefined;
  readonly jurisdictionOf: (region: string) => Jurisdiction | undefined;
  readonly regionsIn: (jurisdiction: Jurisdiction) => readonly string[];
  /** Whether servers and databases of one region stand in several zones. */
  readonly zones: boolean;
}

const digitalocean: Places = {
  regions: regions().map(({ slug }) => slug),
  closed: (region) => regions().find(({ slug }) => slug === region)?.closed,
  jurisdictionOf,
  regionsIn,
  zones: false,
};

const aws: Places = {
  regions: awsRegions().map(({ slug }) => slug),
  closed: () => undefined,
  jurisdictionOf: awsJurisdictionOf,
  regionsIn: awsRegionsIn,
  zones: true,
};

const byPlatform: Readonly<Partial<Record<PlatformId, Places>>> = { digitalocean, aws };

/** The places of a platform; those of the first where it has none of its own yet. */
export function placesOf(platform: PlatformId): Places {
  return byPlatform[platform] ?? digitalocean;
}

/** The regions of all platforms. */
export const everyRegion: readonly string[] = [...digitalocean.regions, ...aws.regions];

/** The jurisdiction of a region, whoever's it is. */
export function lawOf(region: string): Jurisdiction | undefined {
  return jurisdictionOf(region) ?? awsJurisdictionOf(region);
}

/** Regions of the platform that a region belongs to, or of all, that keep data in a jurisdiction. */
export function lawfulRegions(jurisdiction: Jurisdiction, region?: string): readonly string[] {
  const own = Object.values(byPlatform).filter((places) => region === undefined || places.regions.includes(region));
  return own.flatMap((places) => places.regionsIn(jurisdiction));
}
