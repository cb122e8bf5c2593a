import { applicationPools, eventStreamLimits, queueLimits, replicaLimits as replicas, vectorNodeLimits } from '../../catalog/data-services';
import { gpuCard, gpuReferenceParameters } from '../../catalog/models/gpu-throughput';
import { gbPerGib, measure } from '../../values/measure';
import { pooledConnections } from './formulas';
import { limit, type ComponentLimit } from './limit';
import type { Load } from './load';
import type { ManagedNodes } from './plant';

/** Nodes of a vector database, all alike. */
export interface VectorNodes {
  readonly nodes: number;
  /** Of each. */
  readonly memoryGib: number;
  /** Nodes that keep the same vector. @default - 1 */
  readonly copies?: number;
}

/** What bounds a vector database: vectors with their index in memory, and queries. Rows 18 and 19. */
export function vectorLimits({ nodes, memoryGib, copies = 1 }: VectorNodes): readonly ComponentLimit[] {
  const { indexFactor, queriesPerNode } = vectorNodeLimits;
  return [
    limit('GB', {
      name: 'memory of the index',
      capacity: measure(nodes * memoryGib * gbPerGib, 'GB'),
      used: ({ vectors }) => measure(vectors.bytes.value * indexFactor.value * copies, 'GB'),
      source: `${nodes} x ${memoryGib} GiB; ${indexFactor.source}; vectorsPerUser, vectorDimensions of the load model`,
      lift: 'more memory, more nodes, or smaller vectors',
    }),
    limit('queries/s', {
      name: 'queries',
      capacity: measure(nodes * queriesPerNode.value, 'queries/s'),
      used: ({ vectorQueries }) => vectorQueries.peak,
      source: `${queriesPerNode.source}; vectorQueriesPerMinute of the load model`,
      lift: 'more nodes',
    }),
  ];
}

/** What bounds a queue of heavy work that keeps its order. @param secondsPerMessage how long a worker keeps a message */
export function orderedQueueLimits(secondsPerMessage: number): readonly ComponentLimit[] {
  const { orderedPerSecond, inFlight } = queueLimits;
  return [
    limit('messages/s', {
      name: 'messages',
      capacity: measure(orderedPerSecond.value, 'messages/s'),
      used: ({ workflows }) => measure(workflows.peak.value, 'messages/s'),
      source: `${orderedPerSecond.source}, ${orderedPerSecond.asOf}`,
      lift: 'batches, a second queue, or one without order',
    }),
    limit('messages', {
      name: 'messages in flight',
      capacity: measure(inFlight.value, 'messages'),
      used: ({ workflows }) => measure(workflows.peak.value * secondsPerMessage, 'messages'),
      source: `${inFlight.source}, ${inFlight.asOf}`,
      lift: 'faster workers, or a second queue',
    }),
  ];
}

/** Brokers of an event stream (Kafka protocol), all alike. */
export interface Brokers {
  readonly brokers: number;
  readonly retentionHours: number;
  /** GB of each broker's disk. @default - not known */
  readonly diskGb?: number;
}

/** What bounds an event stream: bytes that are written, and the disk that keeps them. */
export function streamLimits({ brokers, retentionHours, diskGb }: Brokers): readonly ComponentLimit[] {
  const { brokerMegabytesPerSecond: each, copies } = eventStreamLimits;
  return [
    limit('MB/s', {
      name: 'events written',
      capacity: measure(brokers * each.value, 'MB/s'),
      used: (load) => measure(megabytes(load, 'peak'), 'MB/s'),
      source: `${brokers} brokers: ${each.source}; eventsPerRequest, eventKilobytes of the load model`,
      lift: 'more or larger brokers',
    }),
    limit('GB', {
      name: 'events kept',
      capacity: diskGb === undefined ? undefined : measure(brokers * diskGb, 'GB'),
      used: (load) => measure((megabytes(load, 'average') * retentionHours * 3600 * copies.value) / 1000, 'GB'),
      source:
        diskGb === undefined
          ? 'the size of the disks is not in the tier'
          : `${brokers} x ${diskGb} GB; ${copies.value} copies, ${retentionHours} hours`,
      lift: 'larger disks, or fewer hours',
    }),
  ];
}

function megabytes({ events, constants }: Load, when: 'average' | 'peak'): number {
  return (events[when].value * constants.eventKilobytes) / 1000;
}

/** Shards of a Kinesis stream that take the events of a load: by their number or by their bytes, whichever needs more. */
export function shardsNeeded(load: Load): number {
  const { shardRecordsPerSecond, shardMegabytesPerSecond } = eventStreamLimits;
  return Math.max(
    1,
    Math.ceil(load.events.peak.value / shardRecordsPerSecond.value),
    Math.ceil(megabytes(load, 'peak') / shardMegabytesPerSecond.value),
  );
}

/**
 * What bounds read replicas: each repeats every write, and they share the reads that no cache answers.
 * @param missed share of a load's reads that no cache answers
 */
export function readReplicaLimits(
  { nodes, vcpus, size, usableConnections }: ManagedNodes,
  missed: (load: Load) => number,
): readonly ComponentLimit[] {
  const { replayShare } = replicas;
  return [
    limit('vCPU', {
      name: 'vCPU',
      capacity: measure(nodes * vcpus, 'vCPU'),
      used: (load) => measure(readCpu(load, missed(load)) + nodes * replayShare.value * writeCpu(load), 'vCPU'),
      source: `${nodes} x ${size} (catalog); readsPerVcpu, writesPerVcpu, cacheHitShare of the load model; a write repeated: ${replayShare.source}`,
      lift: 'more replicas for reads, larger ones for writes',
    }),
    limit('connections', {
      name: 'connections in use',
      capacity: usableConnections === undefined ? undefined : measure(nodes * usableConnections, 'connections'),
      used: ({ connections, constants }) => measure(connections.database.value * constants.readShare, 'connections'),
      source: 'DigitalOcean, PostgreSQL Limits, 2025-11-05: 25 a GiB less 3, at most 997, on each; readShare of the load model',
      lift: 'replicas with more memory',
    }),
  ];
}

/** vCPUs of PostgreSQL for the reads that no cache answers. */
export function readCpu({ reads, constants }: Load, missed: number): number {
  return (reads.peak.value * missed) / constants.readsPerVcpu;
}

/** vCPUs of PostgreSQL for writes. */
export function writeCpu({ writes, constants }: Load): number {
  return writes.peak.value / constants.writesPerVcpu;
}

/** Applications that keep pools of their own, and what they reach the database through. */
export interface PoolChain {
  readonly pods: number;
  /** @default - 4 */
  readonly workersPerPod?: number;
  /** Pool and overflow of each worker. @default - 15 */
  readonly poolPerWorker?: number;
  /** Undefined where no pooler stands between. */
  readonly pooler?: { readonly clients: number; readonly pool: number };
  /** Connections that the database leaves to applications. */
  readonly maxConnections: number;
}

/** Pods x workers x pool <= clients of the pooler, and its pool <= max_connections; without a pooler the first is held against the last. Row 10. */
export function poolChainLimits({
  pods,
  workersPerPod = applicationPools.workersPerPod.value,
  poolPerWorker = applicationPools.poolPerWorker.value,
  pooler,
  maxConnections,
}: PoolChain): readonly ComponentLimit[] {
  const opened = pooledConnections(pods, workersPerPod, poolPerWorker);
  const source = `${pods} pods x ${workersPerPod} workers x ${poolPerWorker} connections; ${applicationPools.poolPerWorker.source}`;
  const within = (name: string, used: number, capacity: number, lift: string): ComponentLimit =>
    limit('connections', { name, capacity: measure(capacity, 'connections'), used: () => measure(used, 'connections'), source, lift });
  if (pooler === undefined) return [within("pods' pools within the database", opened, maxConnections, 'a pooler in transaction mode')];
  return [
    within("pods' pools within the pooler", opened, pooler.clients, 'smaller pools in the pods, or a second pooler'),
    within("pooler's pool within the database", pooler.pool, maxConnections, 'a smaller pool, or a database with more memory'),
  ];
}

/**
 * Cards that write the tokens of a load's peak. Row 24.
 * @param parametersBillion of the model; throughput falls as it grows
 * @throws TerraceError `CATALOG_NAME_UNKNOWN` for a card without an estimate
 */
export function cardsNeeded({ outputTokens }: Load, card: string, parametersBillion: number = gpuReferenceParameters): number {
  return Math.max(1, Math.ceil((outputTokens.peak.value * parametersBillion) / (gpuCard(card).tokensPerSecond * gpuReferenceParameters)));
}
