import { by, lookup } from '../lookup';
import type { Dated } from '../types';

/** An EC2 type with one NVIDIA GPU: what it has, what it costs, and in which zones it is sold. */
export interface GpuType {
  readonly type: string;
  readonly gpu: string;
  /** Memory of the GPU, in GB as the vendor counts. */
  readonly gpuMemoryGb: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Rounded list price of a month in us-east-1, to compare types with; undefined where the price list has none. */
  readonly monthlyUsdRounded?: number;
  /** Zone IDs, the same in every account; zone names are not. */
  readonly zones: readonly string[];
}

/** Where sizes and zones were read. Prices: `prices-compute.csv`, us-east-1. Supply moves: check the account before relying on it. */
export const gpuTypesRead: Dated = {
  source: 'DescribeInstanceTypes and DescribeInstanceTypeOfferings by zone ID, as packaged in moto 5.2.1 (Apache-2.0)',
  asOf: '2026-05-20',
};

const frankfurt = ['euc1-az1', 'euc1-az2', 'euc1-az3'];
const ireland = ['euw1-az1', 'euw1-az2', 'euw1-az3'];
const singapore = ['apse1-az1', 'apse1-az2', 'apse1-az3'];
const saoPaulo = ['sae1-az1', 'sae1-az2', 'sae1-az3'];
const virginia = ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'];
const oregon = ['usw2-az1', 'usw2-az2', 'usw2-az3', 'usw2-az4'];

const t4 = { gpu: 'T4', gpuMemoryGb: 16, zones: [...singapore, ...frankfurt, ...ireland, ...saoPaulo, ...virginia, ...oregon.slice(0, 3)] };
const a10g = {
  gpu: 'A10G',
  gpuMemoryGb: 24,
  zones: [...frankfurt, ...ireland, ...saoPaulo.slice(0, 2), ...virginia, ...oregon.slice(0, 3)],
};
const l4 = { gpu: 'L4', gpuMemoryGb: 24, zones: [...frankfurt, ...saoPaulo.slice(0, 2), ...virginia, ...oregon] };
const l40s = { gpu: 'L40S', gpuMemoryGb: 48, zones: [...frankfurt, ...virginia.filter((zone) => zone !== 'use1-az5'), ...oregon] };
const h100 = { gpu: 'H100', gpuMemoryGb: 80, zones: ['sae1-az3', ...virginia, 'use1-az3', ...oregon] };
const rtx6000 = { gpu: 'RTX PRO Server 6000', gpuMemoryGb: 96, zones: ['use1-az2', 'use1-az6', ...oregon] };

/** Types with one GPU of NVIDIA on x86, smallest first within a GPU. */
export const gpuTypes: readonly GpuType[] = [
  { type: 'g4dn.xlarge', vcpus: 4, memoryGib: 16, monthlyUsdRounded: 384, ...t4 },
  { type: 'g4dn.2xlarge', vcpus: 8, memoryGib: 32, monthlyUsdRounded: 549, ...t4 },
  { type: 'g6.xlarge', vcpus: 4, memoryGib: 16, monthlyUsdRounded: 588, ...l4 },
  { type: 'g6.2xlarge', vcpus: 8, memoryGib: 32, monthlyUsdRounded: 714, ...l4 },
  { type: 'g6.4xlarge', vcpus: 16, memoryGib: 64, monthlyUsdRounded: 966, ...l4 },
  { type: 'g5.xlarge', vcpus: 4, memoryGib: 16, monthlyUsdRounded: 734, ...a10g },
  { type: 'g5.2xlarge', vcpus: 8, memoryGib: 32, monthlyUsdRounded: 885, ...a10g },
  { type: 'g5.4xlarge', vcpus: 16, memoryGib: 64, monthlyUsdRounded: 1186, ...a10g },
  { type: 'g6e.xlarge', vcpus: 4, memoryGib: 32, monthlyUsdRounded: 1359, ...l40s },
  { type: 'g6e.2xlarge', vcpus: 8, memoryGib: 64, monthlyUsdRounded: 1637, ...l40s },
  { type: 'g6e.4xlarge', vcpus: 16, memoryGib: 128, monthlyUsdRounded: 2193, ...l40s },
  { type: 'p5.4xlarge', vcpus: 16, memoryGib: 256, monthlyUsdRounded: 5022, ...h100 },
  { type: 'g7e.2xlarge', vcpus: 8, memoryGib: 64, ...rtx6000 },
  { type: 'g7e.4xlarge', vcpus: 16, memoryGib: 128, ...rtx6000 },
];

/** The type of this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest one */
export const gpuType: (type: string) => GpuType = lookup('EC2 type with a GPU', gpuTypes, (row) => row.type);

/** Those of some zones in which a type is sold. @throws `CATALOG_NAME_UNKNOWN` */
export function zonesSelling(type: string, zones: readonly string[]): string[] {
  return zones.filter((zone) => gpuType(type).zones.includes(zone));
}

/** Types with enough GPU memory that some of these zones sell, cheapest first; those without a price come last. */
export function gpuTypesFor(gpuMemoryGb: number, zones: readonly string[]): GpuType[] {
  const fitting = gpuTypes.filter((row) => row.gpuMemoryGb >= gpuMemoryGb && row.zones.some((zone) => zones.includes(zone)));
  return fitting.sort(
    by(
      (row) => row.monthlyUsdRounded ?? Number.MAX_VALUE,
      (row) => row.type,
    ),
  );
}
