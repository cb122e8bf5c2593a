import { serverSoftware } from '../../catalog/capacity';
import { poolersFor } from '../../catalog/poolers';
import { mostPods } from '../../components/app-servers';
import type { Component, ComponentKind, ComponentOf } from '../../components/component';
import { clustersAt } from '../../components/kubernetes-cluster';
import { counted } from '../../values/counted';
import { gbPerGib, measure, rounded } from '../../values/measure';
import { limit, type ComponentLimit } from './limit';
import { gpuLimits, inferenceLimits, tokensPerVcpu } from './limits-inference';
import { distributedLimits } from './limits-distributed';
import { shardedLimits } from './limits-spread';
import { poolChainLimits, readCpu, readReplicaLimits, streamLimits, writeCpu } from './limits-data';
import type { Load } from './load';
import { componentIn, nodesIn, serversIn } from './lookup';
import type { ManagedNodes, Plant, Servers } from './plant';
import { platformLimits } from './platform-limits';

/** A component with everything that bounds it. */
export interface ComponentLimits {
  readonly id: string;
  readonly kind: ComponentKind;
  readonly limits: readonly ComponentLimit[];
}

type Rules = { readonly [Kind in ComponentKind]?: (component: ComponentOf<Kind>, plant: Plant) => readonly ComponentLimit[] };

/** What bounds each kind. Kinds that are not here hold nothing that load uses up, or are not built yet. */
const rules: Rules = {
  'app-servers': appLimits,
  database: databaseLimits,
  cache: cacheLimits,
  inference: inferenceLimits,
  'gpu-pool': gpuLimits,
  'load-balancer': balancerLimits,
  'object-storage': storageLimits,
  'read-replicas': replicaLimits,
  'sharded-database': shardLimits,
  'kubernetes-cluster': clusterLimits,
  'distributed-database': (database, plant) => distributedLimits(database, (load) => missedBy(load, plant)),
  'event-stream': eventLimits,
};

/** What bounds each component of a plant, in the tier's order. */
export function limitsOf(plant: Plant): readonly ComponentLimits[] {
  return plant.tier.components.map((component) => ({ id: component.id, kind: component.kind, limits: limitsOfOne(component, plant) }));
}

/** What bounds one component of a plant. */
export function limitsOfOne(component: Component, plant: Plant): readonly ComponentLimit[] {
  const rule = rules[component.kind] as ((component: Component, plant: Plant) => readonly ComponentLimit[]) | undefined;
  return rule?.(component, plant) ?? [];
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

// App servers, and whatever shares them.

function appLimits(app: ComponentOf<'app-servers'>, plant: Plant): readonly ComponentLimit[] {
  const servers = serversIn(plant, app.id);
  const { count, vcpus, memoryGib, networkMbit, size } = servers;
  const pods = mostPods({ ...app, count: { fixed: count } });
  return [
    limit('vCPU', {
      name: 'vCPU',
      capacity: measure(count * vcpus, 'vCPU'),
      used: (load) => measure(sum(cpuUsers(app.id, plant, servers).map((user) => user(load))), 'vCPU'),
      source: `${count} x ${size} (catalog); requestsPerVcpu${sharers(app.id, plant)} of the load model`,
      lift: 'more or larger app servers',
    }),
    limit('Mbit/s', {
      name: 'network',
      capacity: measure(count * networkMbit, 'Mbit/s'),
      used: ({ bandwidth }) => bandwidth.peak,
      source: platformLimits(plant.platform).network,
      lift: 'more app servers, or smaller answers',
    }),
    limit('GiB', {
      name: 'memory of a server',
      capacity: measure(memoryGib, 'GiB'),
      used: () => measure(memoryOnServer(app.id, plant), 'GiB'),
      source: `${size} (catalog); memory limits of the tier, and ${serverSoftware.baseMemory.value} GiB for the rest (${serverSoftware.baseMemory.source})`,
      lift: 'a server with more memory, or a smaller model',
    }),
    ...(app.runtime === 'pod' ? [...podPoolers(pods, plant), ...podPools(pods, plant)] : [poolerLimit(count, 'more app servers')]),
  ];
}

/** What poolers take. @param share of the requests that go through them. @default - all */
function poolerLimit(poolers: number, lift: string, share = 1): ComponentLimit {
  const { value, source } = serverSoftware.poolerClients;
  return limit('connections', {
    name: 'clients of the pooler',
    capacity: measure(poolers * value, 'connections'),
    used: ({ connections }) => measure(share * connections.inFlight.value, 'connections'),
    source: `${counted(poolers, 'pooler')} x ${value}: ${source}`,
    lift,
  });
}

/**
 * Poolers in clusters: each cluster on the environment's own platform has its own before shards. Before Citus the first one has them for the
 * pods of the others. Every other database takes its clients itself.
 */
function podPoolers(pods: number, plant: Plant): readonly ComponentLimit[] {
  const [cluster, distributed] = [componentIn(plant, 'kubernetes-cluster'), componentIn(plant, 'distributed-database')];
  const clusters = cluster === undefined ? 0 : clustersAt(cluster, plant.platform);
  const lift = 'more app pods, for which there are more poolers';
  if (componentIn(plant, 'sharded-database') !== undefined && clusters > 0) return [poolerLimit(clusters * poolersFor(pods), lift)];
  return distributed?.engine === 'citus' && clusters > 1 ? [poolerLimit(poolersFor(pods), lift, 1 - 1 / clusters)] : [];
}

/** Pods keep pools of their own, which the pooler before the database must take. */
function podPools(pods: number, plant: Plant): readonly ComponentLimit[] {
  const database = componentIn(plant, 'database');
  const nodes = database === undefined ? undefined : plant.managed[database.id];
  if (nodes?.usableConnections === undefined) return [];
  const pooled = sum(nodes.pools);
  return poolChainLimits({
    pods,
    maxConnections: nodes.usableConnections,
    ...(pooled === 0 ? {} : { pooler: { clients: serverSoftware.poolerClients.value, pool: pooled } }),
  });
}

/** Everything that computes on the servers of a component, in vCPUs. */
function cpuUsers(server: string, plant: Plant, servers: Servers): readonly ((load: Load) => number)[] {
  const users = [({ requests, constants }: Load) => requests.peak.value / constants.requestsPerVcpu];
  if (databaseOn(server, plant)) users.push((load) => databaseCpu(load, plant));
  const inference = inferenceOn(server, plant);
  if (inference !== undefined) users.push((load) => load.outputTokens.peak.value / tokensPerVcpu(load, inference.model, servers));
  return users;
}

function sharers(server: string, plant: Plant): string {
  return `${databaseOn(server, plant) ? ', readsPerVcpu, writesPerVcpu' : ''}${inferenceOn(server, plant) === undefined ? '' : ', inferencePerSharedVcpu'}`;
}

function databaseOn(server: string, plant: Plant): boolean {
  const database = componentIn(plant, 'database');
  return database?.hosting.hosting === 'server' && database.hosting.server === server;
}

function inferenceOn(server: string, plant: Plant): ComponentOf<'inference'> | undefined {
  const inference = componentIn(plant, 'inference');
  return inference?.host.placement === 'shared' && inference.host.server === server ? inference : undefined;
}

function memoryOnServer(server: string, plant: Plant): number {
  const database = componentIn(plant, 'database');
  const databaseGib = database?.hosting.hosting === 'server' && database.hosting.server === server ? database.hosting.memoryGib : 0;
  return serverSoftware.baseMemory.value + databaseGib + (inferenceOn(server, plant)?.memoryLimitGib ?? 0);
}

// The database.

/** vCPUs of the primary: writes, and reads that no cache answers where no replica takes them. */
function databaseCpu(load: Load, plant: Plant): number {
  return writeCpu(load) + (componentIn(plant, 'read-replicas') === undefined ? readCpu(load, missedBy(load, plant)) : 0);
}

/** Share of the reads that reach PostgreSQL. */
function missedBy({ constants }: Load, plant: Plant): number {
  return componentIn(plant, 'cache') === undefined ? 1 : 1 - constants.cacheHitShare;
}

function replicaLimits({ id }: ComponentOf<'read-replicas'>, plant: Plant): readonly ComponentLimit[] {
  return readReplicaLimits(nodesIn(plant, id), (load) => missedBy(load, plant));
}

function databaseLimits(database: ComponentOf<'database'>, plant: Plant): readonly ComponentLimit[] {
  return database.hosting.hosting === 'server'
    ? ownDatabaseLimits(database.id, plant)
    : managedDatabaseLimits(database.id, nodesIn(plant, database.id), plant);
}

function ownDatabaseLimits(id: string, plant: Plant): readonly ComponentLimit[] {
  const { maxConnections, poolSize, volumeOperationsPerRead, volumeOperationsPerWrite } = serverSoftware;
  const gib = plant.volumes[id] ?? 0;
  const operations = platformLimits(plant.platform).volumeOperations;
  return [
    poolLimit(poolSize.value, poolSize.source),
    limit('connections', {
      name: 'pools within the server',
      capacity: measure(maxConnections.value, 'connections'),
      used: () => measure(poolSize.value, 'connections'),
      source: maxConnections.source,
      lift: 'a smaller pool, or more max_connections',
    }),
    limit('GB', {
      name: 'volume, after a year',
      capacity: measure(gib * gbPerGib, 'GB'),
      used: ({ storage }) => storage.databasePerYear,
      source: `${gib} GiB (tier); storageKilobytesPerUser of the load model`,
      lift: 'a larger volume, which grows in place',
    }),
    limit('operations/s', {
      name: 'volume operations',
      capacity: measure(operations.value, 'operations/s'),
      used: ({ reads, writes }) =>
        measure(reads.peak.value * volumeOperationsPerRead.value + writes.peak.value * volumeOperationsPerWrite.value, 'operations/s'),
      source: `${operations.source}; operations for a transaction: assumption`,
      lift: 'a CPU-optimized server, or more memory for the database',
    }),
  ];
}

function poolLimit(connections: number, source: string): ComponentLimit {
  return limit('connections', {
    name: 'connections in use',
    capacity: measure(connections, 'connections'),
    used: (load) => load.connections.database,
    source: `${source}; transactionSeconds and heldConnections of the load model`,
    lift: 'a larger pool, as far as the database has connections',
  });
}

/** Pods x workers x pool <= pooler <= max_connections: each step is a limit of its own. */
function managedDatabaseLimits(id: string, nodes: ManagedNodes, plant: Plant): readonly ComponentLimit[] {
  const facts = platformLimits(plant.platform);
  const grown = plant.volumes[id];
  const app = componentIn(plant, 'app-servers');
  const servers = app === undefined ? 1 : serversIn(plant, app.id).count;
  const pooled = sum(nodes.pools);
  const each = Math.max(1, Math.floor((pooled * serverSoftware.poolShare.value) / servers));
  return [
    limit('vCPU', {
      name: 'vCPU',
      capacity: measure(nodes.vcpus, 'vCPU'),
      used: (load) => measure(databaseCpu(load, plant), 'vCPU'),
      source: `${nodes.size} (catalog); readsPerVcpu, writesPerVcpu, cacheHitShare of the load model`,
      lift: 'a larger database, a cache, or read replicas',
    }),
    poolLimit(servers * each, `${counted(servers, 'server')} x a pool of ${each}`),
    limit('connections', {
      name: "servers' pools within the platform's pool",
      capacity: measure(pooled, 'connections'),
      used: () => measure(servers * each, 'connections'),
      source: 'connection pool of the tier',
      lift: 'a larger pool',
    }),
    limit('connections', {
      name: "platform's pools within the database",
      capacity: nodes.usableConnections === undefined ? undefined : measure(nodes.usableConnections, 'connections'),
      used: () => measure(pooled, 'connections'),
      source: facts.databaseConnections,
      lift: 'a database with more memory',
    }),
    limit('GB', {
      name: 'storage, after a year',
      capacity: grown === undefined ? undefined : measure(grown * gbPerGib, 'GB'),
      used: ({ storage }) => storage.databasePerYear,
      source: facts.databaseStorage,
      lift: 'more storage, which grows in place',
    }),
  ];
}

/** Pods that a cluster has no room for wait, however much the app may grow. */
function clusterLimits({ id }: ComponentOf<'kubernetes-cluster'>, plant: Plant): readonly ComponentLimit[] {
  const [nodes, app] = [plant.servers[id], componentIn(plant, 'app-servers')];
  if (nodes === undefined || app === undefined) return [];
  const pods = 'fixed' in app.count ? app.count.fixed : app.count.max;
  const groups = [{ pods, vcpus: app.vcpus }, ...(app.services ?? []).map((each) => ({ pods: each.pods.max, vcpus: each.vcpus }))];
  return [
    limit('vCPU', {
      name: 'vCPU of the nodes',
      capacity: measure(nodes.count * nodes.vcpus, 'vCPU'),
      used: () => measure(sum(groups.map((each) => each.pods * each.vcpus)), 'vCPU'),
      source: `up to ${nodes.count} x ${nodes.size} (catalog); ${groups.map((each) => `up to ${each.pods} pods of ${each.vcpus} vCPU`).join(', ')} (tier)`,
      lift: 'more or larger nodes',
    }),
  ];
}

function shardLimits(database: ComponentOf<'sharded-database'>, plant: Plant): readonly ComponentLimit[] {
  return shardedLimits(database, nodesIn(plant, database.id), {
    platform: plant.platform,
    missed: (load) => missedBy(load, plant),
    storageGib: plant.volumes[database.id],
  });
}

function eventLimits(stream: ComponentOf<'event-stream'>, plant: Plant): readonly ComponentLimit[] {
  const gib = plant.volumes[stream.id];
  return streamLimits({ ...stream, ...(gib === undefined ? {} : { diskGb: rounded(gib * gbPerGib, 4) }) });
}

// Cache, inference, balancer, objects.

function cacheLimits(cache: ComponentOf<'cache'>, plant: Plant): readonly ComponentLimit[] {
  const { memoryGib, size, shards = 1 } = nodesIn(plant, cache.id);
  const clients = platformLimits(plant.platform).cacheConnections(memoryGib);
  return [
    limit('GB', {
      name: 'memory',
      capacity: measure(shards * memoryGib * gbPerGib * serverSoftware.cacheMemory.value, 'GB'),
      used: ({ storage }) => storage.cache,
      source: `${shards === 1 ? '' : `${shards} x `}${size} (catalog), ${serverSoftware.cacheMemory.value} of it for values (${serverSoftware.cacheMemory.source})`,
      lift: 'a larger cache',
    }),
    // A client has one to each shard.
    limit('connections', {
      name: 'connections',
      capacity: measure(clients.value, 'connections'),
      used: ({ connections }) => connections.inFlight,
      source: clients.source,
      lift: 'a larger cache',
    }),
    // One node of a shard answers, whatever standbys it has.
    limit('nodes', {
      name: 'operations, in nodes',
      capacity: measure(shards, 'nodes'),
      used: ({ cacheOperations, constants }) => measure(cacheOperations.peak.value / constants.cacheOperationsPerNode, 'nodes'),
      source: 'cacheOperationsPerNode of the load model',
      lift: shards === 1 ? 'a second cache' : 'more shards',
    }),
  ];
}

function balancerLimits(balancer: ComponentOf<'load-balancer'>, plant: Plant): readonly ComponentLimit[] {
  const bounds = platformLimits(plant.platform).balancer(plant.balancers[balancer.id] ?? 1);
  if (bounds === undefined) return [];
  const { requests, connections, handshakes, source } = bounds;
  const lift = 'more nodes';
  return [
    limit('requests/s', { name: 'requests', capacity: measure(requests, 'requests/s'), used: (load) => load.requests.peak, source, lift }),
    limit('connections', {
      name: 'connections',
      capacity: measure(connections, 'connections'),
      used: (load) => load.connections.clients,
      source,
      lift,
    }),
    limit('handshakes/s', {
      name: 'new TLS connections',
      capacity: measure(handshakes, 'handshakes/s'),
      used: (load) => load.handshakes.peak,
      source,
      lift,
    }),
  ];
}

function storageLimits(_storage: ComponentOf<'object-storage'>, plant: Plant): readonly ComponentLimit[] {
  const operations = platformLimits(plant.platform).bucketOperations;
  return [
    limit('uploads/s', {
      name: 'operations',
      capacity: measure(operations.value, 'uploads/s'),
      used: ({ uploads }) => uploads.peak,
      source: operations.source,
      lift: 'a second bucket',
    }),
  ];
}
