import {
  googleGpuTypes,
  googleGpuTypesFor,
  googleGpuTypesRead,
  zonesSellingAt,
  type GoogleGpuType,
} from '../../../catalog/google/gpu-types';
import type { ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Problem } from '../../../values/errors';
import { nearest } from '../../../values/nearest';
import { gpuNotSold, gpuTypeNotInRegion, gpuTypeSpotOnly, gpuTypeTooSmall, gpuTypeUnknown } from './errors';

type Pool = Pick<ComponentOf<'gpu-pool'>, 'id' | 'gpuMemoryGb'>;
type Asking = Pick<Environment, 'gpu'>;

/** What answers for a pool at Google: nodes with a card, CPUs in their place, an API that the app asks by itself, or nothing that is sold. */
export type GpuChoice =
  | { readonly kind: 'gpu'; readonly type: GoogleGpuType; readonly zones: readonly string[] }
  | { readonly kind: 'cpu' }
  | { readonly kind: 'api' }
  | { readonly kind: 'none' };

/** The first type that will do and is sold in the region; else what the environment says to do without. Undefined where it asks for none. */
export function choiceOf({ gpuMemoryGb }: Pool, { gpu }: Asking, region: string): GpuChoice | undefined {
  if (gpu?.google === undefined) return undefined;
  const { sizes, spot, otherwise } = gpu.google;
  const fitting = googleGpuTypesFor(gpuMemoryGb, region, spot);
  const wanted = sizes === undefined ? fitting : sizes.flatMap((size) => fitting.filter(({ type }) => type === size));
  const [type] = wanted;
  if (type !== undefined) return { kind: 'gpu', type, zones: zonesSellingAt(type.type, region) };
  return { kind: otherwise === 'refuse' ? 'none' : otherwise };
}

/** Everything about nodes with cards at Google that cannot be had. */
export function gpuProblems(pool: Pool, environment: Asking, region: string): readonly Problem[] {
  const { sizes = [], spot = false } = environment.gpu?.google ?? {};
  const named = sizes.flatMap((type, index) => typeProblems(type, index, { pool, spot, region }));
  const missing = named.length === 0 && choiceOf(pool, environment, region)?.kind === 'none';
  return [...named, ...(missing ? [gpuNotSold(pool, region, places(pool, region))] : [])];
}

/** Where cards that would do are: in the region as spot, and in others. */
function places({ gpuMemoryGb }: Pool, region: string) {
  const large = googleGpuTypes.filter((each) => each.gpuMemoryGb >= gpuMemoryGb);
  return {
    spotOnly: googleGpuTypesFor(gpuMemoryGb, region, true).map(({ type }) => type),
    elsewhere: large.map(({ type, zones }) => `${regionsOf(zones).join(' and ')} (${type})`),
  };
}

function regionsOf(zones: readonly string[]): readonly string[] {
  return [...new Set(zones.map((zone) => zone.slice(0, zone.lastIndexOf('-'))))];
}

interface Wanted {
  readonly pool: Pool;
  readonly spot: boolean;
  readonly region: string;
}

function typeProblems(type: string, index: number, { pool: { gpuMemoryGb }, spot, region }: Wanted): readonly Problem[] {
  const known = googleGpuTypes.find((each) => each.type === type);
  if (known === undefined) {
    const types = googleGpuTypes.map((each) => each.type);
    return [gpuTypeUnknown(type, index, nearest(type, types))];
  }
  return [
    ...(known.gpuMemoryGb < gpuMemoryGb ? [gpuTypeTooSmall(type, index, known.gpuMemoryGb, gpuMemoryGb)] : []),
    ...(known.spotOnly && !spot ? [gpuTypeSpotOnly(type, index)] : []),
    ...(zonesSellingAt(type, region).length === 0 ? [gpuTypeNotInRegion(type, index, region, known.zones)] : []),
  ];
}

/** What should be known of them: on what day the type was seen, what stands in for it, and that capacity leaves them out. */
export function gpuWarning(pool: Pool, environment: Asking, region: string): string | undefined {
  const choice = choiceOf(pool, environment, region);
  if (choice === undefined || choice.kind === 'none') return undefined;
  if (choice.kind === 'cpu')
    return `${pool.id} answers on CPUs at Google, because no zone in ${region} is known to sell a GPU that will do: expect a tenth of a card's speed. \`terrace capacity\` does not count it.`;
  if (choice.kind === 'api')
    return `${pool.id} is not built at Google, because no zone in ${region} is known to sell a GPU that will do: the app there asks an API, and gets no INFERENCE_URL.`;
  const spot = environment.gpu?.google?.spot === true ? " Google may take spot nodes back at half a minute's notice." : '';
  return `${pool.id}: ${choice.type.type} at Google in ${choice.zones.join(', ')}, as known on ${googleGpuTypesRead.asOf}. What is free moves by the hour, and a new project's quota for GPUs is 0: ask for it before a deploy (IAM, Quotas, GPUs (all regions) and that of the card in ${region}). \`terrace capacity\` counts the cards at home only.${spot}`;
}
