import type { Problem } from '../../../values/errors';

/** A size in the environment file that the platform does not have, or that has no card. */
export function gpuSizeUnknown(slug: string, index: number, near: string | undefined): Problem {
  const cure = near === undefined ? 'Sizes with a card begin with gpu-.' : `Did you mean ${near}?`;
  return {
    code: 'GPU_SIZE_UNKNOWN',
    message: `gpu.sizes[${index}] is "${slug}", which is no GPU size of DigitalOcean. ${cure}`,
    where: `gpu.sizes[${index}]`,
  };
}

/** A card that is too small for what the tier serves. */
export function gpuSizeTooSmall(slug: string, index: number, given: number, needed: number): Problem {
  return {
    code: 'GPU_SIZE_TOO_SMALL',
    message: `gpu.sizes[${index}] is "${slug}" with ${given} GB of GPU memory, and the tier needs ${needed} GB. Name larger ones, or leave gpu.sizes out.`,
    where: `gpu.sizes[${index}]`,
  };
}

/** A size that DigitalOcean may take back, for servers that shall stay. */
export function gpuSizeSpot(slug: string, index: number): Problem {
  return {
    code: 'GPU_SIZE_SPOT',
    message: `gpu.sizes[${index}] is "${slug}", which DigitalOcean may take back at any time, and gpu.spot is false. Set it to true, or name another size.`,
    where: `gpu.sizes[${index}]`,
  };
}

/** What is asked for and where else it is, for a pool whose servers are not sold where the environment stands. */
export interface NotSold {
  readonly pool: { readonly id: string; readonly gpuMemoryGb: number };
  readonly region: string;
  /** As the environment file names them. */
  readonly sizes: readonly string[] | undefined;
  readonly places: readonly { readonly slug: string; readonly regions: readonly string[]; readonly asOf: string }[];
  /** What can be done besides taking another place or size. */
  readonly otherwise: string;
}

/** No acceptable size is sold where the environment stands. */
export function gpuNotSold({ pool, region, sizes, places, otherwise }: NotSold): Problem {
  const wanted = sizes === undefined ? `a server with ${pool.gpuMemoryGb} GB of GPU memory` : `one of ${sizes.join(', ')}`;
  const seen = places.map(({ slug, regions: where, asOf }) => `${slug} in ${where.join(' and ')} (${asOf})`).join(', ');
  return {
    code: 'GPU_NOT_SOLD',
    message: `${pool.id} needs ${wanted}, and none is known to be sold in ${region}. Seen on sale: ${seen}. Take such a region or size${otherwise}.`,
    where: 'gpu',
  };
}

/** A pool's servers run one model. */
export function severalModels(pool: string, models: readonly string[]): Problem {
  return {
    code: 'GPU_POOL_MODELS',
    message: `${pool} is to serve ${models.length} models (${models.join(', ')}); its servers run one. Make a pool for each.`,
    where: pool,
  };
}

/** A size whose cards' driver a cluster's nodes do not bring. */
export function gpuVendorOnServersOnly(slug: string, index: number): Problem {
  return {
    code: 'GPU_SIZE_VENDOR',
    message: `gpu.sizes[${index}] is "${slug}" with a card of AMD, and nodes of a cluster bring the driver for cards of NVIDIA alone. Name one of these, or leave gpu.sizes out.`,
    where: `gpu.sizes[${index}]`,
  };
}

/** A managed database in a region that is not known to have any. */
export function databasesNotSold(
  engine: string,
  components: readonly string[],
  region: { readonly slug: string; readonly asOf: string; readonly field: string },
  sold: readonly string[],
): Problem {
  return {
    code: 'DATABASE_NOT_IN_REGION',
    message: `${components.join(' and ')} would be managed ${engine} in ${region.slug}, which is not known to have it (catalog, ${region.asOf}). Regions that do: ${sold.join(', ')}.`,
    where: region.field,
  };
}
