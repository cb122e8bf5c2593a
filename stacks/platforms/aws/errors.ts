import type { Problem } from '../../../values/errors';

/** A type in the environment file that AWS does not have, or that has no GPU. */
export function gpuTypeUnknown(type: string, index: number, near: string | undefined): Problem {
  const cure = near === undefined ? 'Types with a GPU begin with g or p.' : `Did you mean ${near}?`;
  return {
    code: 'GPU_SIZE_UNKNOWN',
    message: `gpu.sizes[${index}] is "${type}", which is no GPU type of EC2 that the catalog knows. ${cure}`,
    where: `gpu.sizes[${index}]`,
  };
}

/** A GPU that is too small for what the tier serves. */
export function gpuTypeTooSmall(type: string, index: number, given: number, needed: number): Problem {
  return {
    code: 'GPU_SIZE_TOO_SMALL',
    message: `gpu.sizes[${index}] is "${type}" with ${given} GB of GPU memory, and the tier needs ${needed} GB. Name larger ones, or leave gpu.sizes out.`,
    where: `gpu.sizes[${index}]`,
  };
}

/** A type that none of the environment's zones sells. */
export function gpuTypeNotInZones(type: string, index: number, region: string, zones: readonly string[], sold: readonly string[]): Problem {
  const elsewhere = sold.length === 0 ? '' : ` It is sold in ${sold.join(', ')}.`;
  return {
    code: 'GPU_TYPE_NOT_IN_ZONE',
    message: `gpu.sizes[${index}] is "${type}", which no zone of the environment in ${region} (${zones.join(', ')}) sells.${elsewhere} Name another type or region.`,
    where: `gpu.sizes[${index}]`,
  };
}

/** No type with enough GPU memory is sold where the environment stands. */
export function gpuNotSold(pool: string, gpuMemoryGb: number, region: string, zones: readonly string[]): Problem {
  return {
    code: 'GPU_NOT_SOLD',
    message: `${pool} needs ${gpuMemoryGb} GB of GPU memory, and no zone of the environment in ${region} (${zones.join(', ')}) is known to sell it. Take another region, or set gpu.otherwise to cpu or api.`,
    where: 'gpu',
  };
}

/** Jobs that ask for more than any node with a card has. */
export function jobFitsNoNode(
  {
    id,
    gpuMemoryGb,
    vcpus,
    memoryGib,
  }: { readonly id: string; readonly gpuMemoryGb: number; readonly vcpus: number; readonly memoryGib: number },
  region: string,
  zones: readonly string[],
): Problem {
  return {
    code: 'GPU_JOB_FITS_NO_NODE',
    message: `A job of ${id} needs ${gpuMemoryGb} GB of GPU memory, ${vcpus} vCPU and ${memoryGib} GiB beside what the node itself takes, and no zone of the environment in ${region} (${zones.join(', ')}) is known to sell a type with one card that has them. Ask for less, or take another region.`,
    where: id,
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

/** A tier that stands in several regions, and an environment that names too few. */
export function regionsMissing(tier: string, needed: number, given: readonly string[], known: readonly string[]): Problem {
  return {
    code: 'PLATFORM_REGIONS_MISSING',
    message: `${tier} stands in ${needed} regions, and the environment names ${given.length} (${given.join(', ')}). Add ${needed - given.length} more to regions. Allowed: ${known.filter((each) => !given.includes(each)).join(', ')}.`,
    where: 'regions',
  };
}

/** A range of addresses that an environment takes, and what for. */
export interface TakenRange {
  readonly name: string;
  readonly range: string;
}

/** Two regions whose private networks share addresses, so that no route could lead from one to the other. */
export function networksOverlap(first: TakenRange, second: TakenRange): Problem {
  return {
    code: 'PLATFORM_NETWORKS_OVERLAP',
    message: `The networks of ${first.name} (${first.range}) and ${second.name} (${second.range}) overlap. Choose regions whose ranges do not, or give them others: those of AWS stand in catalog/aws/regions.csv, Google's in stacks/platforms/google/neighbours.ts.`,
    where: 'regions',
  };
}

/** A shard map that no parameter holds. */
export function shardMapTooLong(ranges: number, bytes: number, most: number): Problem {
  return {
    code: 'SHARD_MAP_TOO_LONG',
    message: `The shard map has ${ranges} ranges, which are ${bytes} bytes with the addresses of their shards, and a parameter of Systems Manager holds ${most}. Let shards hold longer runs of buckets, at most ${Math.floor((ranges * most) / bytes)} in all.`,
    where: 'database.shards',
  };
}

/** Brokers that cannot be spread evenly over the zones. */
export function brokersUneven(id: string, brokers: number, zones: number): Problem {
  return {
    code: 'BROKERS_UNEVEN',
    message: `${id} has ${brokers} brokers over ${zones} zones. Take a multiple of ${zones}: each zone has as many.`,
    where: id,
  };
}

/** Options of servers that nodes of a cluster do not have. */
export function gpuOptionsInCluster(gpu: {
  readonly warm?: number | undefined;
  readonly reservation?: string | undefined;
}): readonly Problem[] {
  const asked = [...((gpu.warm ?? 0) > 0 ? ['warm'] : []), ...(gpu.reservation === undefined ? [] : ['reservation'])];
  return asked.map((option) => ({
    code: 'GPU_OPTION_NOT_IN_CLUSTER',
    message: `gpu.${option} is for servers, and the tier's GPUs are nodes of a cluster, which have none. Remove it.`,
    where: `gpu.${option}`,
  }));
}

/** Regions that AWS does not join. */
export function witnessElsewhere(regions: readonly string[], witness: string, known: readonly string[]): Problem {
  const part = regions[0]?.split('-', 1)[0] ?? '';
  const allowed = known.filter((each) => each.startsWith(`${part}-`));
  return {
    code: 'DATABASE_WITNESS_ELSEWHERE',
    message: `database.witness is ${witness} and the database stands in ${regions.join(' and ')}. AWS joins two regions and a third one as witness, all with Aurora DSQL and in one part of the world: there ${allowed.length === 0 ? 'none' : allowed.join(', ')}. Name another witness or another second region (regions), or remove the witness.`,
    where: 'database.witness',
  };
}

/** An engine of distributed SQL that AWS does not have in the environment's home region. */
export function engineNotInRegion(
  engine: string,
  region: string,
  { known, source, asOf }: { readonly known: readonly string[]; readonly source: string; readonly asOf: string },
  others: readonly string[],
): Problem {
  return {
    code: 'DATABASE_ENGINE_NOT_IN_REGION',
    message: `database.engine is "${engine}", which ${region} does not have (${source}, ${asOf}). Regions that do, of those that the catalog knows: ${known.join(', ')}. Take one of these, or another engine: shards, ${others.join(', ')}.`,
    where: 'database.engine',
  };
}
