import { noSizeFits } from '../errors';
import { by, lookup } from '../lookup';
import { dropletSizes } from './droplet-sizes.generated';
import type { DropletFamily, DropletSize } from './types';

/** What a droplet must have at least. */
export interface DropletNeed {
  /** @default - 1 */
  readonly vcpus?: number;
  readonly memoryGib: number;
  /** @default - none asked for */
  readonly diskGib?: number;
  /** @default - 'basic': regular shared CPUs, the cheapest line */
  readonly family?: DropletFamily;
}

/** The size with this slug. @throws `CATALOG_NAME_UNKNOWN` with the nearest slug */
export const dropletSize: (slug: string) => DropletSize = lookup('DigitalOcean droplet size', dropletSizes, (size) => size.slug);

/** Every size on sale, in the order of their slugs; those of one family where one is named. */
export function dropletSizeList(family?: DropletFamily): readonly DropletSize[] {
  return family === undefined ? dropletSizes : dropletSizes.filter((size) => size.family === family);
}

/**
 * The cheapest size of a family that has at least what is needed. Among equally dear ones the one with most memory,
 * then most CPUs, then the first by slug: so a larger need never gives a cheaper size, and the answer never changes by chance.
 * @throws `CATALOG_NO_SIZE_FITS` naming the largest of the family
 */
export function dropletSizeFor(need: DropletNeed): DropletSize {
  const family = need.family ?? 'basic';
  const sizes = [...dropletSizeList(family)].sort(cheapestFirst);
  const chosen = sizes.find((size) => fits(size, need));
  if (chosen === undefined) throw noSizeFits(`${family} droplet`, described(need), sizes.at(-1)?.slug);
  return chosen;
}

/** As dropletSizeFor, from the memory-optimized line: 8 GiB for each dedicated CPU. */
export function memoryDropletSizeFor(need: Omit<DropletNeed, 'family'>): DropletSize {
  return dropletSizeFor({ ...need, family: 'memory-optimized' });
}

const cheapestFirst = by<DropletSize>(
  (size) => size.monthlyUsdRounded,
  (size) => -size.memoryGib,
  (size) => -size.vcpus,
  (size) => size.slug,
);

function fits(size: DropletSize, need: DropletNeed): boolean {
  return size.vcpus >= (need.vcpus ?? 1) && size.memoryGib >= need.memoryGib && size.diskGib >= (need.diskGib ?? 0);
}

function described(need: DropletNeed): string {
  const disk = need.diskGib === undefined ? '' : ` and ${need.diskGib} GiB of disk`;
  return `at least ${need.vcpus ?? 1} vCPU, ${need.memoryGib} GiB of memory${disk}`;
}
