import { replicaLimits as copyFacts } from '../../catalog/data-services';
import type { ComponentOf } from '../../components/component';
import { shardRanges } from '../../components/shard-map';
import type { PlatformId } from '../../tiers/tier';
import { gbPerGib, measure } from '../../values/measure';
import { limit, type ComponentLimit } from './limit';
import { readCpu, writeCpu } from './limits-data';
import type { Load } from './load';
import type { ManagedNodes } from './plant';
import { platformLimits } from './platform-limits';

/** What the limits of shards follow from, beside their nodes. */
export interface ShardFacts {
  readonly platform: PlatformId;
  /** Share of a load's reads that no cache answers. */
  readonly missed: (load: Load) => number;
  /** GiB that each shard may grow to, where that is known. */
  readonly storageGib: number | undefined;
}

/** What all shards that hold buckets carry together: these are dealt out evenly, and so is the load. Copies in other regions answer the reads that no cache does, of pods in all regions (`replica_url` of `TERRACE_SHARD_MAP`). */
export function shardedLimits(
  database: ComponentOf<'sharded-database'>,
  { size, vcpus, usableConnections }: ManagedNodes,
  facts: ShardFacts,
): readonly ComponentLimit[] {
  const { replicas: copies } = database;
  const shards = new Set(shardRanges(database).map(({ name }) => name)).size;
  const reads = (load: Load): number => readCpu(load, facts.missed(load));
  const { databaseConnections, databaseStorage } = platformLimits(facts.platform);
  return [
    limit('vCPU', {
      name: 'vCPU of the primaries',
      capacity: measure(shards * vcpus, 'vCPU'),
      used: (load) => measure(writeCpu(load) + (copies === 0 ? reads(load) : 0), 'vCPU'),
      source: `${shards} x ${size} (catalog); writesPerVcpu, readsPerVcpu, cacheHitShare of the load model`,
      lift: 'more shards, or larger ones',
    }),
    limit('connections', {
      name: 'connections in use',
      capacity: usableConnections === undefined ? undefined : measure(shards * usableConnections, 'connections'),
      used: (load) => load.connections.database,
      source: databaseConnections,
      lift: 'shards with more memory',
    }),
    ...(facts.storageGib === undefined ? [] : [storageLimit(shards, facts.storageGib, databaseStorage)]),
    ...(copies === 0
      ? []
      : [copyLimit(shards * copies, { size, vcpus }, (load) => reads(load) + copies * copyFacts.replayShare.value * writeCpu(load))]),
  ];
}

function storageLimit(shards: number, gib: number, source: string): ComponentLimit {
  return limit('GB', {
    name: 'storage, after a year',
    capacity: measure(shards * gib * gbPerGib, 'GB'),
    used: ({ storage }) => storage.databasePerYear,
    source: `${shards} x ${gib} GiB: ${source}`,
    lift: 'more storage, which grows in place',
  });
}

/** A copy repeats the writes of its own shard only. */
function copyLimit(count: number, { size, vcpus }: Pick<ManagedNodes, 'size' | 'vcpus'>, used: (load: Load) => number): ComponentLimit {
  return limit('vCPU', {
    name: 'vCPU of the copies',
    capacity: measure(count * vcpus, 'vCPU'),
    used: (load) => measure(used(load), 'vCPU'),
    source: `${count} x ${size} (catalog); readsPerVcpu, writesPerVcpu, cacheHitShare of the load model; a write repeated: ${copyFacts.replayShare.source}`,
    lift: 'more copies, or larger ones',
  });
}
