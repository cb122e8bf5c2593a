import { instanceType } from '../../catalog/aws';
import { dropletSize } from '../../catalog/digitalocean';
import { memoryNeededGib, model } from '../../catalog/models';
import { gpuReferenceParameters, gpuThroughput, streamTokensPerSecond } from '../../catalog/models/gpu-throughput';
import { cardSlots } from '../../catalog/models/slots';
import type { ComponentOf } from '../../components/component';
import { gbPerGib, measure, type Measure } from '../../values/measure';
import { limit, type ComponentLimit } from './limit';
import type { Load } from './load';
import { serversIn } from './lookup';
import type { Plant, Servers } from './plant';

/** Tokens a second of one vCPU for a model. */
export function tokensPerVcpu({ constants }: Load, id: string, { dedicated }: Servers): number {
  return (dedicated ? constants.inferencePerDedicatedVcpu : constants.inferencePerSharedVcpu) / model(id).parametersBillion;
}

/** What bounds a model on servers without cards. */
export function inferenceLimits(inference: ComponentOf<'inference'>, plant: Plant): readonly ComponentLimit[] {
  const row = model(inference.model);
  const memory = limit('GiB', {
    name: 'memory of the model',
    capacity: measure(inference.memoryLimitGib, 'GiB'),
    used: () => measure(memoryNeededGib(row), 'GiB'),
    source: `weights, cache for 4,096 tokens and server of ${row.id} (catalog/models)`,
    lift: 'a smaller model, or more memory',
  });
  return inference.host.placement === 'shared' ? [memory] : [memory, computing(inference, reached(inference.id, plant))];
}

/** Applications know one address: without a balancer there whatever other servers stand there answer nothing. */
function reached(id: string, plant: Plant): Servers {
  const servers = serversIn(plant, id);
  return plant.balancers[id] === undefined ? { ...servers, count: 1 } : servers;
}

function computing({ model: id }: Pick<ComponentOf<'inference'>, 'model'>, servers: Servers): ComponentLimit {
  const kind = servers.dedicated ? 'inferencePerDedicatedVcpu' : 'inferencePerSharedVcpu';
  return limit('vCPU', {
    name: 'vCPU',
    capacity: measure(servers.count * servers.vcpus, 'vCPU'),
    used: (load): Measure<'vCPU'> => measure(load.outputTokens.peak.value / tokensPerVcpu(load, id, servers), 'vCPU'),
    source: `${servers.count === 1 ? 'one' : `${servers.count} x`} ${servers.size} (catalog); ${kind} of the load model over ${model(id).parametersBillion} billion parameters`,
    lift: 'more vCPUs, a smaller model, a GPU, or an API',
  });
}

/**
 * Every server of the pool serves every model; the largest is the slowest and the one that must fit. Without servers of its own an API
 * answers, or CPUs of a cluster's nodes do, of which the graph does not tell: nothing is worked out.
 */
export function gpuLimits(pool: ComponentOf<'gpu-pool'>, plant: Plant): readonly ComponentLimit[] {
  const servers = plant.servers[pool.id];
  if (servers === undefined) return [];
  const [model] = pool.models;
  return model !== undefined && !hasCard(plant, servers.size) ? [computing({ model }, servers)] : onCards(pool, servers);
}

/** Where no card is sold, servers with CPUs alone may stand in. */
function hasCard({ platform }: Plant, size: string): boolean {
  return (platform === 'aws' ? instanceType(size).gpu : dropletSize(size).gpu) !== undefined;
}

function onCards(pool: ComponentOf<'gpu-pool'>, { size, count }: Servers): readonly ComponentLimit[] {
  const rows = pool.models.map(model);
  const parameters = Math.max(...rows.map(({ parametersBillion }) => parametersBillion));
  const { tokensPerSecond, source, stream } = gpuThroughput(size);
  const slots = Math.min(...rows.map((row) => cardSlots(row, pool.gpuMemoryGb)));
  const each = Math.min(...rows.map((row) => streamTokensPerSecond(stream, row)));
  return [
    limit('GiB', {
      name: 'memory of the models',
      capacity: measure(pool.gpuMemoryGb / gbPerGib, 'GiB'),
      used: () =>
        measure(
          rows.map((row) => memoryNeededGib(row)).reduce((all, one) => all + one, 0),
          'GiB',
        ),
      source: `weights, cache for 4,096 tokens and server of ${pool.models.join(', ')} (catalog/models)`,
      lift: 'smaller models, or cards with more memory',
    }),
    limit('tokens/s', {
      name: 'tokens',
      capacity: measure((count * tokensPerSecond * gpuReferenceParameters) / parameters, 'tokens/s'),
      used: ({ outputTokens }) => outputTokens.peak,
      source: `${count} x ${size}: ${source}`,
      lift: 'more cards, larger ones, or a cache of answers',
    }),
    limit('tokens/s', {
      name: 'tokens of all slots',
      capacity: measure(count * slots * each, 'tokens/s'),
      used: ({ outputTokens }) => outputTokens.peak,
      source: `${count} x ${slots} slots that are configured for ${pool.gpuMemoryGb} GB (catalog/models/slots), each at most ${Math.floor(each)} tokens/s: ${stream.source}, ${stream.asOf}`,
      lift: 'more cards, or ones with more memory',
    }),
  ];
}
