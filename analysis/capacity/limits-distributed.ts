import { dsqlLimits, dsqlMostStorageTib } from '../../catalog/aws';
import { replicaLimits as copyFacts } from '../../catalog/data-services';
import { spannerLimits } from '../../catalog/google/limits';
import type { ComponentOf } from '../../components/component';
import type { DistributedEngine, EngineSizes } from '../../components/distributed-database';
import { gbPerGib, measure } from '../../values/measure';
import { limit, type ComponentLimit } from './limit';
import { readCpu, writeCpu } from './limits-data';
import type { Load } from './load';

/** Share of a load's reads that no cache answers. */
type Missed = (load: Load) => number;

type Rules = {
  readonly [Engine in DistributedEngine]: (size: EngineSizes[Engine], missed: Missed, agreedTib?: number) => readonly ComponentLimit[];
};

const rules: Rules = { 'aurora-dsql': dsql, citus, alloydb, spanner };

/** What bounds distributed SQL, by the size that the tier gives the engine. */
export function distributedLimits(
  { engine, offers, storageTib }: ComponentOf<'distributed-database'>,
  missed: Missed,
): readonly ComponentLimit[] {
  const [rule, size] = [rules[engine] as (size: object, missed: Missed, agreedTib?: number) => readonly ComponentLimit[], offers[engine]];
  return size === undefined ? [] : rule(size, missed, storageTib);
}

/** Aurora DSQL has no servers whose CPUs could be counted, and AWS states no throughput: what is left are its quotas. */
function dsql(_size: EngineSizes['aurora-dsql'], _missed: Missed, agreed?: number): readonly ComponentLimit[] {
  const { connections, connectionSeconds, newConnectionsPerSecond, storageTib } = dsqlLimits;
  return [
    limit('connections', {
      name: 'connections in use',
      capacity: measure(connections.value, 'connections'),
      used: (load) => load.connections.database,
      source: `${connections.source}, ${connections.asOf}`,
      lift: 'a higher quota, by request to AWS',
    }),
    limit('handshakes/s', {
      name: 'new connections',
      capacity: measure(newConnectionsPerSecond.value, 'handshakes/s'),
      used: (load) => measure(load.connections.database.value / connectionSeconds.value, 'handshakes/s'),
      source: `${newConnectionsPerSecond.source}, ${newConnectionsPerSecond.asOf}; each lives an hour: an app that opens one for each request is refused`,
      lift: 'pools that keep their connections; AWS does not raise it',
    }),
    limit('GB', {
      name: 'storage, after a year',
      capacity: measure((agreed ?? storageTib.value) * 1024 * gbPerGib, 'GB'),
      used: ({ storage }) => storage.databasePerYear,
      source: `${agreed === undefined ? '' : `${agreed} TiB by the environment file, once AWS has granted them; else ${storageTib.value}: `}${storageTib.source}, ${storageTib.asOf}`,
      lift: (needed) => higherQuota(Math.ceil(needed / (1024 * gbPerGib)), agreed),
    }),
  ];
}

/** Whom to ask for how many TiB, and where to write down that they were granted. */
function higherQuota(tib: number, agreed: number = dsqlLimits.storageTib.value): string {
  if (tib > dsqlMostStorageTib) return `nothing: ${tib} TiB are needed, and AWS grants ${dsqlMostStorageTib} at most; shards`;
  const where = 'Service Quotas, Aurora DSQL, storage of a cluster';
  return tib <= agreed
    ? `AWS's quota raised further (${where}), up to ${dsqlMostStorageTib} TiB; then database.storageTib`
    : `AWS's quota raised to ${tib} TiB, of which an account has ${dsqlLimits.storageTib.value} unasked: ask for it (${where}), then write database.storageTib: ${tib}`;
}

/** Workers share rows and load; how much of it the coordinator adds, and how many connections it takes, no source says. */
function citus({ workers, vcpus, volumeGib }: EngineSizes['citus'], missed: Missed): readonly ComponentLimit[] {
  return [
    limit('vCPU', {
      name: 'vCPU of the workers',
      capacity: measure(workers * vcpus, 'vCPU'),
      used: (load) => measure(writeCpu(load) + readCpu(load, missed(load)), 'vCPU'),
      source: `${workers} x ${vcpus} vCPU (tier); writesPerVcpu, readsPerVcpu, cacheHitShare of the load model, for rows that lie in one worker`,
      lift: 'more workers, and a rebalancing',
    }),
    limit('connections', {
      name: 'connections in use',
      capacity: undefined,
      used: (load) => load.connections.database,
      source: "no limit of the coordinator's pooler was read in a source",
      lift: 'reads by the workers',
    }),
    limit('GB', {
      name: 'storage, after a year',
      capacity: measure(workers * volumeGib * gbPerGib, 'GB'),
      used: ({ storage }) => storage.databasePerYear,
      source: `${workers} x ${volumeGib} GiB (tier); storageKilobytesPerUser of the load model`,
      lift: 'larger volumes, which grow in place, or more workers',
    }),
  ];
}

/** One server takes all writes, and readers beside it what no cache answers. */
function alloydb({ vcpus, readers }: EngineSizes['alloydb'], missed: Missed): readonly ComponentLimit[] {
  const { replayShare } = copyFacts;
  return [
    limit('vCPU', {
      name: 'vCPU of the primary',
      capacity: measure(vcpus, 'vCPU'),
      used: (load) => measure(writeCpu(load), 'vCPU'),
      source: `${vcpus} vCPU (tier); writesPerVcpu of the load model, which was measured with PostgreSQL, not with AlloyDB`,
      lift: 'nothing: it is the largest; Spanner, or shards',
    }),
    limit('vCPU', {
      name: 'vCPU of the readers',
      capacity: measure(readers * vcpus, 'vCPU'),
      used: (load) => measure(readCpu(load, missed(load)) + readers * replayShare.value * writeCpu(load), 'vCPU'),
      source: `${readers} x ${vcpus} vCPU (tier); readsPerVcpu, writesPerVcpu, cacheHitShare of the load model; a write repeated: ${replayShare.source}`,
      lift: 'more readers',
    }),
    limit('GB', {
      name: 'storage, after a year',
      capacity: undefined,
      used: ({ storage }) => storage.databasePerYear,
      source: 'no limit of a cluster was read in a source',
      lift: 'it grows by itself',
    }),
  ];
}

/** Nodes share reads, writes and storage. */
function spanner({ nodes }: EngineSizes['spanner'], missed: Missed): readonly ComponentLimit[] {
  const { readsPerNode, writesPerNode, storageTbPerNode, cpuShare } = spannerLimits;
  return [
    limit('nodes', {
      name: 'reads and writes, in nodes',
      capacity: measure(nodes * cpuShare.value, 'nodes'),
      used: (load) =>
        measure((load.reads.peak.value * missed(load)) / readsPerNode.value + load.writes.peak.value / writesPerNode.value, 'nodes'),
      source: `${nodes} nodes (tier), ${cpuShare.value} of each (${cpuShare.source}); ${readsPerNode.source}, ${readsPerNode.asOf}: single rows of 1 KB`,
      lift: 'more nodes, which come in place',
    }),
    limit('GB', {
      name: 'storage, after a year',
      capacity: measure(nodes * storageTbPerNode.value * 1000, 'GB'),
      used: ({ storage }) => storage.databasePerYear,
      source: `${nodes} x ${storageTbPerNode.value} TB: ${storageTbPerNode.source}, ${storageTbPerNode.asOf}`,
      lift: 'more nodes, which come in place',
    }),
  ];
}
