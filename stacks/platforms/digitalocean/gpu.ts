import {
  cpuInsteadOfGpu,
  dropletSizeFor,
  dropletSizeList,
  type DropletSize,
  type GpuOffer,
  gpuOffers,
  gpuPlaces,
  gpuRegionsRead,
  gpuVendor,
} from '../../../catalog/digitalocean';
import type { ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Problem } from '../../../values/errors';
import { nearest } from '../../../values/nearest';
import { gpuNotSold, gpuSizeSpot, gpuSizeTooSmall, gpuSizeUnknown, gpuVendorOnServersOnly, severalModels } from './errors';

type Pool = Pick<ComponentOf<'gpu-pool'>, 'id' | 'gpuMemoryGb' | 'models'>;
type Asking = Pick<Environment, 'region' | 'gpu'>;

/** What serves a pool's models: a card, CPUs in its place, an API that the app asks by itself, or nothing that is sold. */
export type GpuChoice =
  | { readonly kind: 'gpu'; readonly size: DropletSize; readonly offer: GpuOffer }
  | { readonly kind: 'cpu'; readonly size: DropletSize }
  | { readonly kind: 'api' }
  | { readonly kind: 'none' };

/** The first size that will do and can be had in the region; else what the environment says to do without. */
export function choiceOf(pool: Pool, environment: Asking): GpuChoice {
  const { otherwise = 'refuse' } = environment.gpu ?? {};
  const offer = offerIn(pool, environment, environment.region);
  if (offer !== undefined) return { kind: 'gpu', size: offer.size, offer };
  if (otherwise === 'cpu') return { kind: 'cpu', size: dropletSizeFor({ ...cpuInsteadOfGpu, family: 'cpu-optimized' }) };
  return { kind: otherwise === 'api' ? 'api' : 'none' };
}

/** Everything about a pool that cannot be had. */
export function gpuProblems(pool: Pool, environment: Asking): readonly Problem[] {
  const named = (environment.gpu?.sizes ?? []).flatMap((slug, index) => sizeProblem(slug, index, pool, environment));
  const models = pool.models.length === 1 ? [] : [severalModels(pool.id, pool.models)];
  const sold = named.length > 0 || choiceOf(pool, environment).kind !== 'none';
  return [
    ...named,
    ...models,
    ...(sold
      ? []
      : [
          gpuNotSold({
            pool,
            region: environment.region,
            sizes: environment.gpu?.sizes,
            places: gpuPlaces(pool.gpuMemoryGb),
            otherwise: ', or set gpu.otherwise to cpu or api',
          }),
        ]),
  ];
}

function sizeProblem(slug: string, index: number, { gpuMemoryGb }: Pool, { gpu: asked }: Asking): readonly Problem[] {
  const size = gpuSizes.find((each) => each.slug === slug);
  if (size === undefined)
    return [
      gpuSizeUnknown(
        slug,
        index,
        nearest(
          slug,
          gpuSizes.map((each) => each.slug),
        ),
      ),
    ];
  const memoryGib = size.gpu?.memoryGib ?? 0;
  return [
    ...(memoryGib < gpuMemoryGb ? [gpuSizeTooSmall(slug, index, memoryGib, gpuMemoryGb)] : []),
    ...(size.family === 'gpu-spot' && asked?.spot !== true ? [gpuSizeSpot(slug, index)] : []),
  ];
}

/** What serves a pool's models in a cluster: nodes with cards, CPUs of the app's nodes, an API that the app asks by itself, or nothing that is sold. */
export type NodeChoice = { readonly kind: 'gpu'; readonly offer: GpuOffer } | { readonly kind: 'cpu' | 'api' | 'none' };

/** The best size of NVIDIA's, whose driver and plug-in DigitalOcean's clusters bring; else what the environment says to do without. */
export function nodeChoice(pool: Pool, environment: Asking, region: string): NodeChoice {
  const offer = offerIn(pool, environment, region, 'nvidia');
  if (offer !== undefined) return { kind: 'gpu', offer };
  const { otherwise = 'refuse' } = environment.gpu ?? {};
  return { kind: otherwise === 'refuse' ? 'none' : otherwise };
}

function offerIn({ gpuMemoryGb }: Pool, { gpu }: Asking, region: string, vendor?: 'nvidia'): GpuOffer | undefined {
  const sizes = gpu?.sizes?.filter(isKnown);
  return gpuOffers({
    gpuMemoryGb,
    region,
    spot: gpu?.spot ?? false,
    ...(sizes === undefined ? {} : { sizes }),
    ...(vendor === undefined ? {} : { vendor }),
  })[0];
}

/** Regions in which a cluster's nodes with cards cannot be had. */
export function gpuNodeProblems(pool: Pool, environment: Asking, regions: readonly string[]): readonly Problem[] {
  const named = (environment.gpu?.sizes ?? []).flatMap((slug, index) => nodeSizeProblem(slug, index, pool, environment));
  const missing = named.length > 0 ? [] : regions.filter((region) => nodeChoice(pool, environment, region).kind === 'none');
  return [
    ...named,
    ...missing.map((region) =>
      gpuNotSold({
        pool,
        region,
        sizes: environment.gpu?.sizes,
        places: gpuPlaces(pool.gpuMemoryGb).filter(({ slug }) => gpuVendor(slug) === 'nvidia'),
        otherwise: ', or set gpu.otherwise to cpu or api',
      }),
    ),
  ];
}

/** Nodes of clusters are asked for more: a driver that the cluster brings. */
function nodeSizeProblem(slug: string, index: number, pool: Pool, environment: Asking): readonly Problem[] {
  return [
    ...sizeProblem(slug, index, pool, environment),
    ...(isKnown(slug) && gpuVendor(slug) === 'amd' ? [gpuVendorOnServersOnly(slug, index)] : []),
  ];
}

/** What should be known of a pool that can be had: on what day its size was seen, or what stands in for it. */
export function gpuWarning(pool: Pool, environment: Asking): string | undefined {
  const { region } = environment;
  const choice = choiceOf(pool, environment);
  if (choice.kind === 'cpu')
    return `${pool.id} answers on CPUs (${choice.size.slug}), because no GPU server that will do is known to be sold in ${region}: expect a tenth of a card's speed, and ask \`terrace capacity\`.`;
  if (choice.kind === 'api')
    return `${pool.id} is not built, because no GPU server that will do is known to be sold in ${region}: the app asks an API, and gets no INFERENCE_URL.`;
  return choice.kind === 'gpu' ? offerWarning(pool.id, choice.offer, region, environment) : undefined;
}

/** The same of the nodes of a cluster in one region. */
export function gpuNodeWarning(pool: Pool, environment: Asking, region: string): string | undefined {
  const choice = nodeChoice(pool, environment, region);
  if (choice.kind === 'cpu')
    return `${pool.id} answers on CPUs of the app's nodes in ${region}, because no GPU server that will do is known to be sold there: expect a tenth of a card's speed. \`terrace capacity\` does not count it.`;
  if (choice.kind === 'api')
    return `${pool.id} is not built in ${region}, because no GPU server that will do is known to be sold there: the app in that cluster asks an API, and gets no INFERENCE_URL.`;
  return choice.kind === 'gpu' ? offerWarning(pool.id, choice.offer, region, environment) : undefined;
}

function offerWarning(id: string, { size, availability, seen }: GpuOffer, region: string, { gpu }: Asking): string {
  const known =
    availability === 'sold'
      ? `was seen on sale in ${region} on ${seen?.asOf} (${seen?.source})`
      : `is not placed in any region by what is known, so ${region} may not have it`;
  const isSpot = size.family === 'gpu-spot';
  const spot = isSpot ? ' It can be taken back at any time.' : gpu?.spot === true ? ` ${noSpot(region, gpu.sizes)}` : '';
  return `${id}: ${size.slug} ${known}. GPU supply moves from month to month: look into the account before a deploy (GET /v2/sizes), and name others that will do in gpu.sizes.${spot}`;
}

/** Why a server at the full price stands where spot was asked for. */
function noSpot(region: string, sizes: readonly string[] | undefined): string {
  const which = sizes === undefined ? 'that will do is' : 'of gpu.sizes is';
  return `gpu.spot asks for spot, and no spot size ${which} known to be sold in ${region} on ${gpuRegionsRead.asOf}: this one is on demand, at the full price. One that the account has is taken when gpu.sizes names it.`;
}

const gpuSizes = dropletSizeList().filter(({ gpu }) => gpu !== undefined);

function isKnown(slug: string): boolean {
  return gpuSizes.some((size) => size.slug === slug);
}
