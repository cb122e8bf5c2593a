import type { Problem } from '../../../values/errors';

/** A type in the environment file that Google does not have, or that has no card. */
export function gpuTypeUnknown(type: string, index: number, near: string | undefined): Problem {
  const cure = near === undefined ? 'Types with a card begin with g2, a2 or a3.' : `Did you mean ${near}?`;
  return {
    code: 'SECOND_CLOUD_GPU_UNKNOWN',
    message: `gpu.google.sizes[${index}] is "${type}", which is no machine type of Google's with one GPU that the catalog knows. ${cure}`,
    where: `gpu.google.sizes[${index}]`,
  };
}

/** A card that is too small for what the tier serves. */
export function gpuTypeTooSmall(type: string, index: number, given: number, needed: number): Problem {
  return {
    code: 'SECOND_CLOUD_GPU_TOO_SMALL',
    message: `gpu.google.sizes[${index}] is "${type}" with ${given} GB of GPU memory, and the tier needs ${needed} GB. Name larger ones, or leave gpu.google.sizes out.`,
    where: `gpu.google.sizes[${index}]`,
  };
}

/** A type that Google lends only until it needs it, for nodes that shall stay. */
export function gpuTypeSpotOnly(type: string, index: number): Problem {
  return {
    code: 'SECOND_CLOUD_GPU_SPOT_ONLY',
    message: `gpu.google.sizes[${index}] is "${type}", which Google has as spot only, and gpu.google.spot is false. Set it to true, or name another type.`,
    where: `gpu.google.sizes[${index}]`,
  };
}

/** A type that no zone of the region sells. */
export function gpuTypeNotInRegion(type: string, index: number, region: string, zones: readonly string[]): Problem {
  return {
    code: 'SECOND_CLOUD_GPU_NOT_IN_REGION',
    message: `gpu.google.sizes[${index}] is "${type}", which no zone of ${region}, where the cluster at Google stands, sells. It is sold in ${zones.join(', ')}. Name another type, or take gpu.google out.`,
    where: `gpu.google.sizes[${index}]`,
  };
}

/** No type with enough GPU memory is sold where the cluster at Google stands. */
export function gpuNotSold(
  pool: { readonly id: string; readonly gpuMemoryGb: number },
  region: string,
  { spotOnly, elsewhere }: { readonly spotOnly: readonly string[]; readonly elsewhere: readonly string[] },
): Problem {
  const spot = spotOnly.length === 0 ? '' : ` As spot there is ${spotOnly.join(', ')}: set gpu.google.spot.`;
  return {
    code: 'SECOND_CLOUD_GPU_NOT_SOLD',
    message: `${pool.id} needs ${pool.gpuMemoryGb} GB of GPU memory, and no zone of ${region}, where the cluster at Google stands, is known to sell it.${spot} It is sold in ${elsewhere.join(', ')}. Take gpu.google out, or set gpu.google.otherwise to cpu or api.`,
    where: 'gpu.google',
  };
}
