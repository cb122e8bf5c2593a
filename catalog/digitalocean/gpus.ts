import { dropletSize } from './droplets';
import { gpuRegions } from './gpu-regions.generated';
import { region } from './regions';
import type { GpuRegions } from './types';

/** Whether a GPU size is sold in a region, by what is known on a day. Supply moves: check the account before relying on it. */
export type GpuAvailability = 'sold' | 'not sold' | 'unknown';

/**
 * Whether a size is sold in a region. Sizes without GPUs are sold in nearly all regions and answer 'sold'; a GPU size that
 * no source places answers 'unknown'.
 * @throws `CATALOG_NAME_UNKNOWN` for a size or region that does not exist
 */
export function gpuSoldIn(slug: string, regionSlug: string): GpuAvailability {
  const { slug: place } = region(regionSlug);
  if (dropletSize(slug).gpu === undefined) return 'sold';
  const known = gpuRegionsOf(slug);
  if (known === undefined) return 'unknown';
  return known.regions.includes(place) ? 'sold' : 'not sold';
}

/** Where a GPU size was seen on sale, with source and date; undefined where no source says. An empty list: in no region. */
export function gpuRegionsOf(slug: string): GpuRegions | undefined {
  return gpuRegions.find((row) => row.slug === slug);
}
