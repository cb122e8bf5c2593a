import { lookup } from '../lookup';
import { regionList } from './regions.generated';
import type { Region } from './types';

/** The region with this slug, open or closed. @throws `CATALOG_NAME_UNKNOWN` with the nearest slug */
export const region: (slug: string) => Region = lookup('DigitalOcean region', regionList, (row) => row.slug);

/** Every region, closed ones included, in the order of their slugs. */
export function regions(): readonly Region[] {
  return regionList;
}

/** Regions that take a new environment: droplets and managed databases, open to new accounts. */
export function openRegions(): readonly Region[] {
  return regionList.filter((row) => row.closed === undefined);
}

/** Slugs of the regions where Spaces buckets can be made, as the provider checks them (2.71.0). */
export function spacesRegions(): readonly string[] {
  return regionList.filter((row) => row.spaces).map((row) => row.slug);
}

/** Where buckets of an environment in this region go: the region itself, or the nearest one with Spaces. */
export function spacesRegionFor(slug: string): string {
  return region(slug).nearestSpaces;
}
