import { noSizeFits } from '../errors';
import { by, lookup } from '../lookup';
import { cacheClasses } from './cache-classes.generated';
import { databaseClasses } from './database-classes.generated';
import type { NodeClass } from './types';

/** The RDS class with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest name */
export const databaseClass: (name: string) => NodeClass = lookup('RDS instance class', databaseClasses, (row) => row.class);

/** The ElastiCache node type with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest name */
export const cacheClass: (name: string) => NodeClass = lookup('ElastiCache node type', cacheClasses, (row) => row.class);

/** Every RDS class for PostgreSQL that the catalog knows. */
export function databaseClassList(): readonly NodeClass[] {
  return databaseClasses;
}

/** Every ElastiCache node type for Valkey that the catalog knows. */
export function cacheClassList(): readonly NodeClass[] {
  return cacheClasses;
}

/**
 * The cheapest RDS class seen on sale in the region with this much memory. @param vcpus how many it has at least, and has to itself; a burstable
 * class will do without
 * @throws `CATALOG_NO_SIZE_FITS` naming the largest
 */
export function databaseClassFor(memoryGib: number, region: string, vcpus?: number): NodeClass {
  const sold = databaseClasses.filter(isSoldIn(region));
  return vcpus === undefined
    ? cheapest(`RDS instance class seen in ${region}`, sold, memoryGib)
    : cheapest(
        `RDS instance class seen in ${region} with ${vcpus} vCPU of its own`,
        sold.filter((row) => row.family !== 'burstable' && row.vcpus >= vcpus),
        memoryGib,
      );
}

/** The cheapest ElastiCache node seen on sale in the region with this much memory. @throws `CATALOG_NO_SIZE_FITS` naming the largest */
export function cacheClassFor(memoryGib: number, region: string): NodeClass {
  return cheapest(`ElastiCache node type seen in ${region}`, cacheClasses.filter(isSoldIn(region)), memoryGib);
}

function isSoldIn(region: string): (row: NodeClass) => boolean {
  return ({ regions }) => regions.includes(region);
}

function cheapest(product: string, classes: readonly NodeClass[], memoryGib: number): NodeClass {
  const chosen = [...classes].sort(cheapestFirst).find((row) => row.memoryGib >= memoryGib);
  if (chosen === undefined)
    throw noSizeFits(product, `at least ${memoryGib} GiB of memory`, [...classes].sort(by((row) => -row.memoryGib)).at(0)?.class);
  return chosen;
}

const cheapestFirst = by<NodeClass>(
  (row) => row.monthlyUsdRounded,
  (row) => -row.memoryGib,
  (row) => row.class,
);
