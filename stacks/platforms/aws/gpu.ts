import { awsRegion, instanceTypeFor } from '../../../catalog/aws';
import { gpuType, gpuTypes, gpuTypesFor, gpuTypesRead, zonesSelling, type GpuType } from '../../../catalog/aws/gpu-types';
import type { ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Problem } from '../../../values/errors';
import { nearest } from '../../../values/nearest';
import { gpuNotSold, gpuTypeNotInZones, gpuTypeTooSmall, gpuTypeUnknown, jobFitsNoNode, severalModels } from './errors';

type Pool = Pick<ComponentOf<'gpu-pool'>, 'id' | 'gpuMemoryGb' | 'models'>;
type Job = Pick<ComponentOf<'ml-pipeline'>, 'id' | 'gpuMemoryGb' | 'vcpus' | 'memoryGib'>;
type Asking = Pick<Environment, 'gpu'>;

/** Where a pool is to stand: a region, and how many of its zones the tier lies in. */
export interface Ground {
  readonly region: string;
  readonly zones: number;
}

/** What serves a pool's models: cards, CPUs in their place, an API that the app asks by itself, or nothing that is sold. */
export type GpuChoice =
  | { readonly kind: 'gpu'; readonly types: readonly string[]; readonly zones: readonly string[] }
  | { readonly kind: 'cpu'; readonly type: string }
  | { readonly kind: 'api' }
  | { readonly kind: 'none' };

/** Types that a pool asks for at most. Each more is another chance where one is sold out; all beside the first are dearer. */
const mostTypes = 4;

/** What answers in place of cards, by the capacity model's measure for a small model. */
const cpuInstead = { vcpus: 16, memoryGib: 32 };

/** The types that will do, best first, and the zones that sell any; else what the environment says to do without. */
export function choiceOf(pool: Pool, { gpu }: Asking, ground: Ground): GpuChoice {
  const zones = zonesOf(ground);
  const fitting = gpuTypesFor(pool.gpuMemoryGb, zones);
  const types = gpu?.sizes === undefined ? affordable(fitting) : gpu.sizes.filter((each) => fitting.some(({ type }) => type === each));
  if (types.length > 0) return { kind: 'gpu', types, zones: selling(types, zones) };
  const { otherwise = 'refuse' } = gpu ?? {};
  if (otherwise === 'cpu')
    return { kind: 'cpu', type: instanceTypeFor({ region: ground.region, ...cpuInstead, families: ['compute', 'general'] }).type };
  return { kind: otherwise === 'api' ? 'api' : 'none' };
}

/** Zones in which any of some types is sold. */
function selling(types: readonly string[], zones: readonly string[]): readonly string[] {
  return zones.filter((zone) => types.some((type) => zonesSelling(type, [zone]).length > 0));
}

/** The cheapest, and others that cost at most twice as much: where the first is sold out, a server is worth that, and no more without being asked. */
function affordable(fitting: readonly GpuType[]): readonly string[] {
  const least = fitting[0]?.monthlyUsdRounded ?? 0;
  return fitting
    .filter(({ monthlyUsdRounded = least }) => monthlyUsdRounded <= 2 * least)
    .slice(0, mostTypes)
    .map(({ type }) => type);
}

/** Types on which one job of a pipeline fits beside the node's own programs, best first. */
export function jobTypes({ gpuMemoryGb, vcpus, memoryGib }: Job, ground: Ground): readonly string[] {
  return affordable(
    gpuTypesFor(gpuMemoryGb, zonesOf(ground)).filter((type) => type.vcpus > vcpus && type.memoryGib >= memoryGib + systemGib),
  );
}

/** Zones in which a node for a pipeline's jobs is sold. */
export function jobZones(pipeline: Job, ground: Ground): readonly string[] {
  return selling(jobTypes(pipeline, ground), zonesOf(ground));
}

/** A pipeline whose jobs fit on no node that is sold. */
export function jobProblems(pipeline: Job, ground: Ground): readonly Problem[] {
  return jobTypes(pipeline, ground).length > 0 ? [] : [jobFitsNoNode(pipeline, ground.region, zonesOf(ground))];
}

/** What should be known of a pipeline's nodes. */
export function jobWarning(pipeline: Job, { pipeline: own }: Pick<Environment, 'pipeline'>, ground: Ground): string {
  const spot = own?.spot ?? true;
  const quota = quotasOf(jobTypes(pipeline, ground), [spot ? 'spot' : 'on demand']);
  const idle = own?.command === undefined ? ' Its jobs are suspended until pipeline.command says what they run.' : '';
  return `${pipeline.id}: ${jobTypes(pipeline, ground).join(', ')}${spot ? ' (spot)' : ''}, as offered on ${gpuTypesRead.asOf}, while its jobs run. A new account's quota is 0: ask for it before a deploy (Service Quotas, ${quota}).${idle}`;
}

/** Everything about a pool that cannot be had. */
export function gpuProblems(pool: Pool, environment: Asking, ground: Ground): readonly Problem[] {
  const named = (environment.gpu?.sizes ?? []).flatMap((type, index) => typeProblem(type, index, pool, ground));
  const models = pool.models.length === 1 ? [] : [severalModels(pool.id, pool.models)];
  const sold = named.length > 0 || choiceOf(pool, environment, ground).kind !== 'none';
  return [...named, ...models, ...(sold ? [] : [gpuNotSold(pool.id, pool.gpuMemoryGb, ground.region, zonesOf(ground))])];
}

function typeProblem(type: string, index: number, { gpuMemoryGb }: Pool, ground: Ground): readonly Problem[] {
  const known = gpuTypes.find((each) => each.type === type);
  if (known === undefined)
    return [
      gpuTypeUnknown(
        type,
        index,
        nearest(
          type,
          gpuTypes.map((each) => each.type),
        ),
      ),
    ];
  const zones = zonesOf(ground);
  return [
    ...(known.gpuMemoryGb < gpuMemoryGb ? [gpuTypeTooSmall(type, index, known.gpuMemoryGb, gpuMemoryGb)] : []),
    ...(zonesSelling(type, zones).length === 0 ? [gpuTypeNotInZones(type, index, ground.region, zones, known.zones)] : []),
  ];
}

/** What should be known of a pool that can be had: when its types were seen, or what stands in for them. @param inCluster whether its servers are pods */
export function gpuWarning(pool: Pool, environment: Asking, ground: Ground, inCluster = false): string | undefined {
  const choice = choiceOf(pool, environment, ground);
  if (choice.kind === 'cpu')
    return `${pool.id} answers on CPUs (${inCluster ? "of the app's nodes" : choice.type}), because no zone in ${ground.region} is known to sell a GPU that will do: expect a tenth of a card's speed${inCluster ? '. `terrace capacity` does not count it.' : ', and ask `terrace capacity`.'}`;
  if (choice.kind === 'api')
    return `${pool.id} is not built, because no zone in ${ground.region} is known to sell a GPU that will do: the app asks an API, and gets no INFERENCE_URL.`;
  if (choice.kind === 'none') return undefined;
  const late = inCluster ? ' within a quarter of an hour, and stay until their pods are started anew' : '';
  const spot =
    environment.gpu?.spot === true
      ? ` AWS may take spot servers back at two minutes' notice; on-demand ones then take their place${late}.`
      : '';
  return `${pool.id}: ${choice.types.join(', ')} in ${choice.zones.join(', ')}, as offered on ${gpuTypesRead.asOf}. What is free moves by the hour, and a new account's quota for GPU servers is 0: ask for it before a deploy (Service Quotas, ${quotasOf(choice.types, environment.gpu?.spot === true ? ['spot', 'on demand'] : ['on demand'])}).${spot}`;
}

/** What AWS calls the quotas of servers, by the first letter of their type (Service Quotas, Amazon EC2, recalled 2026-11-22). */
const families: Readonly<Record<string, string>> = { g: 'G and VT', p: 'P' };

type Billing = 'spot' | 'on demand';

/** Quotas that servers of some types count against, in every way in which they may be bought. */
function quotasOf(types: readonly string[], ways: readonly Billing[]): string {
  const letters = Object.keys(families).filter((letter) => types.some((type) => type.startsWith(letter)));
  const quota = (letter: string, way: Billing): string =>
    way === 'spot' ? `All ${families[letter]} Spot Instance Requests` : `Running On-Demand ${families[letter]} instances`;
  return letters.flatMap((letter) => ways.map((way) => quota(letter, way))).join(', ');
}

/** Memory of the smallest of some types beside what its system takes, in GiB: what the model's server may use. */
export function leastMemoryGib(types: readonly string[]): number {
  return Math.min(...types.map((type) => gpuType(type).memoryGib)) - systemGib;
}

/** Memory of a GPU server that is left to its system, in GiB; of CPUs it is left at least one. Assumptions. */
const systemGib = 4;

function zonesOf({ region, zones }: Ground): readonly string[] {
  return awsRegion(region).zones.slice(0, zones);
}
