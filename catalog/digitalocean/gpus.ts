import { by } from '../lookup';
import { dropletSize, dropletSizeList } from './droplets';
import { gpuRegions } from './gpu-regions.generated';
import { region } from './regions';
import type { DropletSize, GpuRegions } from './types';

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

/** What a GPU server must have, and which will do. */
export interface GpuNeed {
  /** Memory of its card, in GB as vendors count them. */
  readonly gpuMemoryGb: number;
  readonly region: string;
  /** Slugs that will do, best first. @default - every size with one card that is large enough, cheapest first */
  readonly sizes?: readonly string[];
  /** Whether sizes that can be taken back at any time come first. @default - false: none of them will do */
  readonly spot?: boolean;
  /** Whose cards. @default - anyone's */
  readonly vendor?: 'nvidia';
}

/** A GPU size that can be taken in a region, and how much is known about that. */
export interface GpuOffer {
  readonly size: DropletSize;
  /** What a synthesis may rely on: seen on sale there, or named by no source. */
  readonly availability: 'sold' | 'unknown';
  readonly seen: GpuRegions | undefined;
}

/**
 * GPU sizes that will do in a region, best first. Where spot is wanted, that is a spot size seen on sale there, or one that was
 * named; then on-demand sizes seen on sale, then a named one that no source places, and last any other spot size that none does.
 */
export function gpuOffers(need: GpuNeed): readonly GpuOffer[] {
  const offers = candidates(need).flatMap((size): readonly GpuOffer[] => {
    const availability = gpuSoldIn(size.slug, need.region);
    return availability === 'not sold' ? [] : [{ size, availability, seen: gpuRegionsOf(size.slug) }];
  });
  return inOrder(offers, need.sizes !== undefined);
}

/** Offers, best first; each rank in the order in which they were found. @param named whether someone has named them */
export function inOrder(offers: readonly GpuOffer[], named: boolean): readonly GpuOffer[] {
  const isSpot = ({ size }: GpuOffer): boolean => size.family === 'gpu-spot';
  const isSold = ({ availability }: GpuOffer): boolean => availability === 'sold';
  const ranks: readonly ((offer: GpuOffer) => boolean)[] = [
    (offer) => isSpot(offer) && isSold(offer),
    (offer) => isSpot(offer) && !isSold(offer) && named,
    (offer) => !isSpot(offer) && isSold(offer),
    (offer) => !isSpot(offer) && !isSold(offer) && named,
    (offer) => isSpot(offer) && !isSold(offer) && !named,
  ];
  return ranks.flatMap((has) => offers.filter(has));
}

/** The last day on which it was read where GPU sizes are sold. */
export const gpuRegionsRead = { asOf: gpuRegions.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '') };

/** Sizes large enough, with the regions in which each was seen on sale, for whoever has to choose another place. */
export function gpuPlaces(gpuMemoryGb: number): readonly GpuRegions[] {
  return largeEnough(gpuMemoryGb, ['gpu'])
    .flatMap(({ slug }) => gpuRegionsOf(slug) ?? [])
    .filter(({ regions }) => regions.some((place) => region(place).closed === undefined));
}

/**
 * The server on CPUs that stands in for one with a card, where none is sold: the fallback answers, slowly.
 * Source: the largest size whose price is near that of the smallest card, droplet-sizes.csv, 2026-08-21.
 */
export const cpuInsteadOfGpu = { vcpus: 32, memoryGib: 64 } as const;

function candidates({ gpuMemoryGb, sizes, spot = false, vendor }: GpuNeed): readonly DropletSize[] {
  const families = spot ? (['gpu', 'gpu-spot'] as const) : (['gpu'] as const);
  const all =
    sizes === undefined ? largeEnough(gpuMemoryGb, families) : sizes.map(dropletSize).filter(({ family }) => spot || family !== 'gpu-spot');
  return vendor === undefined ? all : all.filter(({ slug }) => gpuVendor(slug) === vendor);
}

/** Who made the cards of a GPU size. */
export function gpuVendor(slug: string): 'nvidia' | 'amd' {
  return slug.startsWith('gpu-mi') ? 'amd' : 'nvidia';
}

function largeEnough(gpuMemoryGb: number, families: readonly DropletSize['family'][]): readonly DropletSize[] {
  return dropletSizeList()
    .filter(({ family, gpu }) => families.includes(family) && gpu?.count === 1 && gpu.memoryGib >= gpuMemoryGb)
    .sort(
      by(
        (size) => size.monthlyUsdRounded,
        (size) => size.slug,
      ),
    );
}
