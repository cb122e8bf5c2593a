import { regions } from './regions';

/** Law under which data lies. */
export const jurisdictions = ['EU', 'UK', 'US', 'CA', 'IN', 'SG', 'AU'] as const;

export type Jurisdiction = (typeof jurisdictions)[number];

/** By the letters of a region's slug: the city it is named after. */
const byCity: Readonly<Record<string, Jurisdiction>> = {
  ams: 'EU',
  fra: 'EU',
  lon: 'UK',
  nyc: 'US',
  sfo: 'US',
  atl: 'US',
  ric: 'US',
  mem: 'US',
  mkc: 'US',
  tor: 'CA',
  blr: 'IN',
  sgp: 'SG',
  syd: 'AU',
};

/** The jurisdiction of a region; undefined where it is not known. */
export function jurisdictionOf(region: string): Jurisdiction | undefined {
  return byCity[region.replace(/\d+$/, '')];
}

/** Open regions that keep all of an environment's data in one jurisdiction: its servers, and its buckets in the nearest Spaces region. */
export function regionsIn(jurisdiction: Jurisdiction): readonly string[] {
  const open = regions().filter((region) => region.closed === undefined);
  return open
    .filter(({ slug, nearestSpaces }) => jurisdictionOf(slug) === jurisdiction && jurisdictionOf(nearestSpaces) === jurisdiction)
    .map(({ slug }) => slug);
}
