import { defaultEngineVersion } from '../../../catalog/digitalocean';
import type { ComponentOf } from '../../../components/component';
import type { SelfHosted } from '../../../components/database';
import { Alerts } from '../../../constructs/digitalocean/alerts';
import { Balancer } from '../../../constructs/digitalocean/balancer';
import { Bucket } from '../../../constructs/digitalocean/bucket';
import { DataVolume } from '../../../constructs/digitalocean/data-volume';
import { EventStream } from '../../../constructs/digitalocean/event-stream';
import { StaticFrontend } from '../../../constructs/digitalocean/frontend';
import { ManagedPostgres } from '../../../constructs/digitalocean/managed-postgres';
import { PostgresReplica } from '../../../constructs/digitalocean/postgres-replica';
import { ReservedAddress } from '../../../constructs/digitalocean/server-group';
import type { OpenPort } from '../../../constructs/digitalocean/server-firewall';
import { Valkey } from '../../../constructs/digitalocean/valkey';
import { appPayload, balancedPort, dataMount } from '../app-payload';
import { backupBucket, backupsOf, storageBucket } from '../buckets';
import type { Builders } from '../build-all';
import type { digitaloceanKinds } from './builds';
import { raisePool } from './app-pool';
import { buildClusters, buildGlobalBalancer, buildShards } from './clusters';
import { modelServer } from '../models';
import { buildGpuPool, buildInference } from './inference';
import { raise } from './servers';
import { appServerSize, brokerSize, postgresSize, valkeySize } from './sizes';
import { watchBalancer, watchCluster } from './watches';
import { accountName, appAsTrusted, component, constructId, servingTag, tagOf, type Workshop } from './workshop';

/**
 * How each kind of component is built on DigitalOcean, in the order in which they are built: what is referred to comes
 * before what refers to it. Network, zone and configuration are there before the first.
 */
export const builders: Builders<Workshop, (typeof digitaloceanKinds)[number]> = {
  network: () => undefined,
  configuration: () => undefined,
  backup: buildBackup,
  'object-storage': buildStorage,
  frontend: buildFrontend,
  'kubernetes-cluster': buildClusters,
  database: buildDatabase,
  'sharded-database': buildShards,
  'read-replicas': buildReplicas,
  cache: buildCache,
  'event-stream': buildEvents,
  inference: buildInference,
  'gpu-pool': buildGpuPool,
  'load-balancer': buildBalancer,
  'global-load-balancer': buildGlobalBalancer,
  'app-servers': buildApp,
  dns: buildDns,
  monitoring: buildMonitoring,
};

function buildBackup(shop: Workshop, backup: ComponentOf<'backup'>): void {
  const bucket = new Bucket(shop.stack, backup.id, { site: shop.site, ...backupBucket(backup) });
  const backups = backupsOf(
    shop,
    backup,
    (id, name) => bucket.grant(id, 'readwrite', name),
    () => `${shop.site.spacesRegion}.digitaloceanspaces.com`,
  );
  if (backups !== undefined) shop.parts.backups = backups;
}

function buildStorage(shop: Workshop, storage: ComponentOf<'object-storage'>): void {
  const bucket = new Bucket(shop.stack, storage.id, { site: shop.site, ...storageBucket(storage) });
  shop.parts.storage = bucket.grant('app', 'readwrite');
}

function buildFrontend(shop: Workshop, { id, cacheSeconds }: ComponentOf<'frontend'>): void {
  const { site, zone, environment } = shop;
  shop.parts.frontend = new StaticFrontend(shop.stack, id, { site, zone, domain: environment.domain, cacheSeconds });
}

function buildDatabase(shop: Workshop, database: ComponentOf<'database'>): void {
  if (database.hosting.hosting === 'server') return buildDataVolume(shop, database, database.hosting);
  const { memoryGib, vcpus, nodes, poolSize } = database.hosting;
  const cluster = new ManagedPostgres(shop.stack, constructId(shop.environment, database), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, database),
    size: postgresSize(memoryGib, nodes, vcpus),
    nodes,
    version: database.version,
    poolSize,
    trusted: appAsTrusted(shop),
  });
  shop.parts.database = cluster.connection;
  shop.parts.databaseCluster = cluster.clusterId;
  shop.parts.watches.push(...watchCluster(shop, constructId(shop.environment, database), 'postgresql', cluster.clusterId));
}

function buildDataVolume(shop: Workshop, database: ComponentOf<'database'>, { volumeGib }: SelfHosted): void {
  const name = accountName(shop.site.prefix, shop.environment, database);
  const volume = new DataVolume(shop.stack, constructId(shop.environment, database), { site: shop.site, name, sizeGib: volumeGib });
  shop.parts.dataVolume = { volume, name };
}

function buildReplicas(shop: Workshop, replicas: ComponentOf<'read-replicas'>): void {
  const clusterId = shop.parts.databaseCluster;
  if (clusterId === undefined) return;
  const copies = Array.from({ length: replicas.count }, (_, index) => {
    const name = `${accountName(shop.site.prefix, shop.environment, replicas)}-${index + 1}`;
    const size = postgresSize(replicas.memoryGib, 1);
    return new PostgresReplica(shop.stack, `${constructId(shop.environment, replicas)}_${index + 1}`, {
      site: shop.site,
      clusterId,
      name,
      size,
      trusted: appAsTrusted(shop),
    });
  });
  const [first] = copies;
  if (first !== undefined) shop.parts.readers = { hosts: copies.map(({ host }) => host), port: first.port };
}

function buildCache(shop: Workshop, cache: ComponentOf<'cache'>): void {
  const built = new Valkey(shop.stack, constructId(shop.environment, cache), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, cache),
    size: valkeySize(cache.memoryGib, cache.nodes),
    nodes: cache.nodes,
    version: cache.version,
    trusted: appAsTrusted(shop),
  });
  shop.parts.watches.push(...watchCluster(shop, constructId(shop.environment, cache), 'valkey', built.clusterId));
  shop.parts.cache = built;
  shop.parts.told.cache = { host: built.host, port: built.port };
  shop.parts.told.credentials['cache'] = built.password;
}

function buildEvents(shop: Workshop, stream: ComponentOf<'event-stream'>): void {
  const id = constructId(shop.environment, stream);
  const built = new EventStream(shop.stack, id, {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, stream),
    size: brokerSize(),
    nodes: stream.brokers,
    version: defaultEngineVersion('kafka').version,
    trusted: appAsTrusted(shop),
    retentionHours: stream.retentionHours,
    topics: stream.topics ?? {},
  });
  shop.parts.watches.push(...watchCluster(shop, id, 'kafka', built.clusterId));
  const { brokers, port, user, caCertificate } = built;
  shop.parts.told.events = { brokers, port, user, ca_certificate: caCertificate };
  shop.parts.told.credentials[stream.id] = built.password;
}

function buildApp(shop: Workshop, app: ComponentOf<'app-servers'>): void {
  // Pods are made by the layer that runs in the clusters.
  if (app.runtime === 'pod') return;
  const { dataVolume } = shop.parts;
  const shared = component(shop.tier, 'inference');
  const plan = { component: app, size: appServerSize(app), open: [...openToRequests(shop, app), ...openToMoving(shop)] };
  const payload = {
    ...appPayload(shop, app),
    ...(shared?.host.placement === 'shared' ? { inference: modelServer(shared.model, shared.memoryLimitGib) } : {}),
  };
  if (!('fixed' in app.count)) return raisePool(shop, { ...plan, least: app.count.min, most: app.count.max }, payload);
  const data =
    dataVolume === undefined
      ? {}
      : { volumes: [{ volume: dataVolume.volume, mount: { name: dataVolume.name, mount: dataMount } }], holdsData: true };
  const group = raise(shop, { ...plan, ...data, count: app.count.fixed }, payload);
  if (app.exposure === 'direct')
    shop.parts.entry = new ReservedAddress(shop.stack, `${app.id}_address`, { site: shop.site, dropletId: group.ids[0] ?? '' });
}

function openToRequests(shop: Workshop, app: ComponentOf<'app-servers'>): OpenPort[] {
  if (app.exposure === 'direct') return [80, 443].map((port) => ({ port, admit: { from: 'internet' } }));
  const balancers = shop.parts.balancer === undefined ? [] : [shop.parts.balancer];
  return [
    { port: balancedPort, admit: { from: 'balancers', ids: balancers } },
    // The servers ask each other whether one is healthy before the next takes a release.
    { port: balancedPort, admit: { from: 'servers', tag: tagOf(shop, app.id) } },
  ];
}

function buildBalancer(shop: Workshop, balancer: ComponentOf<'load-balancer'>): void {
  const { site, zone, environment } = shop;
  const built = new Balancer(shop.stack, balancer.id, {
    site,
    zone,
    domain: environment.domain,
    name: accountName(site.prefix, environment, balancer),
    nodes: balancer.nodes,
    targetTag: targetTag(shop, balancer),
    targetPort: balancedPort,
    healthPath: environment.app.healthPath,
  });
  shop.parts.entry = built;
  shop.parts.balancer = built.id;
  shop.parts.watches.push(...watchBalancer(shop, balancer.id, built.id));
}

function targetTag(shop: Workshop, { target }: ComponentOf<'load-balancer'>): string {
  const servers = shop.tier.components.find(({ id }) => id === target);
  return servers === undefined ? tagOf(shop, target) : servingTag(shop, servers);
}

/** While the database beside the app is moved, the private network reaches it: a managed one has no tag that a firewall could name. */
function openToMoving({ tier, addressRange }: Workshop): OpenPort[] {
  const database = component(tier, 'database');
  return database?.hosting.hosting === 'server' && database.hosting.movable === true
    ? [{ port: 5432, admit: { from: 'ranges', cidrs: [addressRange] } }]
    : [];
}

function buildDns(shop: Workshop): void {
  if (shop.parts.entry !== undefined) shop.zone.pointTo(shop.parts.entry.address);
}

function buildMonitoring(shop: Workshop, monitoring: ComponentOf<'monitoring'>): void {
  const { site, environment } = shop;
  new Alerts(shop.stack, monitoring.id, {
    site,
    serverTags: monitoring.servers.flatMap((id) => shop.parts.servers.get(id)?.tag ?? []),
    target: `https://${environment.domain}${environment.app.healthPath}`,
    watches: shop.parts.watches,
    thresholdPercent: monitoring.thresholdPercent,
    emails: environment.alerts.emails,
  });
}
