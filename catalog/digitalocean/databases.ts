import { noSizeFits } from '../errors';
import { by, lookup } from '../lookup';
import { databaseSizes } from './database-sizes.generated';
import type { DatabaseEngine, DatabaseFamily, DatabaseSize } from './types';

/** What a managed database node must have at least. */
export interface DatabaseNeed {
  readonly memoryGib: number;
  /** @default - 1 */
  readonly vcpus?: number;
  /** @default - 'postgresql' */
  readonly engine?: DatabaseEngine;
  /** Whether the cluster has a standby, which the smallest sizes cannot have. @default - false */
  readonly standby?: boolean;
  /** @default - the first of databaseFamilies that has a size large enough */
  readonly family?: DatabaseFamily;
}

/** Families from cheap to dear for the same memory: shared CPUs before dedicated ones. */
const databaseFamilies: readonly DatabaseFamily[] = [
  'basic',
  'basic-amd',
  'basic-intel',
  'general-purpose',
  'memory-optimized',
  'storage-optimized',
];

/** The size with this slug. @throws `CATALOG_NAME_UNKNOWN` with the nearest slug */
export const databaseSize: (slug: string) => DatabaseSize = lookup('DigitalOcean database size', databaseSizes, (size) => size.slug);

/** Every size that an engine is sold in, smallest first within each family. */
export function databaseSizeList(engine: DatabaseEngine): readonly DatabaseSize[] {
  return databaseSizes.filter((size) => size.engines.includes(engine)).sort(smallestFirst);
}

/**
 * The smallest size that has at least what is needed. Prices follow memory within a family, and families are tried from
 * cheap to dear, so this is also the cheapest; it does not need the price book.
 * @throws `CATALOG_NO_SIZE_FITS` naming the largest one
 */
export function databaseSizeFor(need: DatabaseNeed): DatabaseSize {
  const sizes = databaseSizeList(need.engine ?? 'postgresql').filter((size) => need.family === undefined || size.family === need.family);
  const chosen = sizes.find((size) => fits(size, need));
  if (chosen === undefined) throw noSizeFits(`managed ${need.engine ?? 'postgresql'} size`, described(need), largest(sizes)?.slug);
  return chosen;
}

/**
 * Backend connections that a managed PostgreSQL primary leaves for applications: 25 for each GiB less 3, at most 997. All
 * pools of a cluster share them.
 * Source: DigitalOcean, PostgreSQL Limits, 2025-11-05 (digitalocean.md, section 5).
 */
export function usableConnections(memoryGib: number): number {
  return Math.max(0, Math.min(Math.floor(memoryGib * 25) - 3, 997));
}

const smallestFirst = by<DatabaseSize>(
  (size) => databaseFamilies.indexOf(size.family),
  (size) => size.memoryGib,
  (size) => size.vcpus,
  (size) => size.slug,
);

function fits(size: DatabaseSize, need: DatabaseNeed): boolean {
  return size.memoryGib >= need.memoryGib && size.vcpus >= (need.vcpus ?? 1) && (size.standby || need.standby !== true);
}

function largest(sizes: readonly DatabaseSize[]): DatabaseSize | undefined {
  return [...sizes]
    .sort(
      by(
        (size) => -size.memoryGib,
        (size) => -size.vcpus,
      ),
    )
    .at(0);
}

function described(need: DatabaseNeed): string {
  const standby = need.standby === true ? ' and may have a standby' : '';
  return `at least ${need.vcpus ?? 1} vCPU, ${need.memoryGib} GiB of memory${standby}`;
}
