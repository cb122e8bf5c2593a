import { noSizeFits } from '../errors';
import { by, lookup } from '../lookup';
import { instanceTypes } from './instance-types.generated';
import type { Architecture, InstanceFamily, InstanceType } from './types';

/** What an instance must have at least. */
export interface InstanceNeed {
  readonly region: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Families that will do. @default - every family without GPUs */
  readonly families?: readonly InstanceFamily[];
  /** @default - 'amd64': what build systems make when nobody says otherwise, and what the ladder's other platforms run */
  readonly architecture?: Architecture;
}

/** The instance type with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest name */
export const instanceType: (type: string) => InstanceType = lookup('EC2 instance type', instanceTypes, (row) => row.type);

/** Every instance type that the catalog knows, in the order of their names. */
export function instanceTypeList(): readonly InstanceType[] {
  return instanceTypes;
}

const withoutGpu: readonly InstanceFamily[] = ['burstable', 'general', 'compute', 'memory'];

/**
 * The cheapest type seen on sale in the region that has at least what is needed; among equally dear ones the one with most
 * memory, then most CPUs, then the first by name.
 * @throws `CATALOG_NO_SIZE_FITS` naming the largest
 */
export function instanceTypeFor(need: InstanceNeed): InstanceType {
  const types = [...instanceTypes].filter((type) => sold(type, need)).sort(cheapestFirst);
  const chosen = types.find((type) => type.vcpus >= need.vcpus && type.memoryGib >= need.memoryGib);
  if (chosen === undefined)
    throw noSizeFits(
      `EC2 instance type seen in ${need.region}`,
      `at least ${need.vcpus} vCPU, ${need.memoryGib} GiB of memory`,
      types.at(-1)?.type,
    );
  return chosen;
}

const cheapestFirst = by<InstanceType>(
  (type) => type.monthlyUsdRounded,
  (type) => -type.memoryGib,
  (type) => -type.vcpus,
  (type) => type.type,
);

function sold(type: InstanceType, need: InstanceNeed): boolean {
  return (
    type.regions.includes(need.region) &&
    (need.families ?? withoutGpu).includes(type.family) &&
    type.architecture === (need.architecture ?? 'amd64')
  );
}
