import { Lazy } from 'cdktf';
import { awsEngineVersion } from '../../../catalog/aws';
import type { ComponentOf } from '../../../components/component';
import type { SelfHosted } from '../../../components/database';
import { AppSecrets } from '../../../constructs/aws/app-secrets';
import { Alerts } from '../../../constructs/aws/alerts';
import { Balancer } from '../../../constructs/aws/balancer';
import { Bucket, type BucketProps } from '../../../constructs/aws/bucket';
import { CostBudget } from '../../../constructs/aws/cost-budget';
import { DataVolume } from '../../../constructs/aws/data-volume';
import { readableBy, StaticFrontend, type StaticFrontendProps } from '../../../constructs/aws/frontend';
import { ManagedPostgres } from '../../../constructs/aws/managed-postgres';
import { ReadReplicas } from '../../../constructs/aws/read-replicas';
import { place, ReservedAddress } from '../../../constructs/aws/server-group';
import { Valkey } from '../../../constructs/aws/valkey';
import { inferencePort } from '../../../constructs/server';
import { appPayload, balancedPort, dataMount } from '../app-payload';
import { backupBucket, backupsOf, storageBucket } from '../buckets';
import type { Builders } from '../build-all';
import { modelServer } from '../models';
import { accountName, component, constructId, lastingPrefix } from '../naming';
import type { awsKinds } from './builds';
import { publicFolder, screenshotPath } from './edge-code';
import { passwordOf } from './passwords';
import { buildAuditLog } from './audit';
import { buildClusters, buildGlobalBalancer } from './clusters';
import { buildDistributedSql } from './distributed-sql';
import { buildEdge, buildEventStream, buildShards, clientsOf, keepCachePassword, keepStorageKey } from './upper';
import { buildPipeline } from './pipeline';
import { buildAppPool, buildGpuPool } from './pools';
import { raise, type GroupPlan, type OpenPort } from './servers';
import { appServerType, inferenceServerType, postgresClass, valkeyClass } from './sizes';
import { watchBalancer, watchCache, watchDatabase, watchReplica } from './watches';
import { firewallOf, type Workshop } from './workshop';

/**
 * How each kind of component is built on AWS, in the order in which they are built: what is referred to comes before what refers
 * to it. Network, zone and configuration are there before the first.
 */
export const builders: Builders<Workshop, (typeof awsKinds)[number]> = {
  network: () => undefined,
  configuration: buildConfiguration,
  backup: buildBackup,
  'audit-log': buildAuditLog,
  'object-storage': buildStorage,
  'edge-compute': buildEdge,
  frontend: buildFrontend,
  'kubernetes-cluster': buildClusters,
  'ml-pipeline': buildPipeline,
  database: buildDatabase,
  'read-replicas': buildReplicas,
  'sharded-database': buildShards,
  'distributed-database': buildDistributedSql,
  'event-stream': buildEventStream,
  cache: buildCache,
  inference: buildInference,
  'gpu-pool': buildGpuPool,
  'load-balancer': buildBalancer,
  'global-load-balancer': buildGlobalBalancer,
  'app-servers': buildApp,
  dns: buildDns,
  monitoring: buildMonitoring,
};

/** The bucket is there before everything else; places for secrets come with it. */
function buildConfiguration(shop: Workshop, { id }: ComponentOf<'configuration'>): void {
  const { secrets: names, secretsFrom } = shop.environment.app;
  if (secretsFrom !== 'manager' || names.length === 0) return;
  const built = new AppSecrets(shop.stack, `${id}_secrets`, { site: shop.site, names });
  const { region } = shop.site;
  shop.parts.appSecrets = built;
  shop.parts.managedSecrets = { endpoint: `https://secretsmanager.${region}.amazonaws.com`, region, ids: built.arns };
  for (const [name, arn] of Object.entries(built.arns)) shop.parts.secrets.set(name, arn);
}

function buildBackup(shop: Workshop, backup: ComponentOf<'backup'>): void {
  const bucket = new Bucket(shop.stack, backup.id, { site: shop.site, ...backupBucket(backup) });
  const backups = backupsOf(
    shop,
    backup,
    (id, name) => bucket.grant(id, 'readwrite', name),
    (region) => `s3.${region}.amazonaws.com`,
  );
  if (backups !== undefined) shop.parts.backups = backups;
  shop.parts.backupBucket = bucket;
}

function buildStorage(shop: Workshop, storage: ComponentOf<'object-storage'>): void {
  const bucket = new Bucket(shop.stack, storage.id, { site: shop.site, ...storageBucket(storage), ...readAtTheEdge(shop) });
  shop.parts.storageBucket = bucket;
  const access = bucket.grant('app', 'readwrite');
  shop.parts.storage = access;
  keepStorageKey(shop, storage, access.secretAccessKey);
}

/** The CDN reads what the app has put into the folder for everybody, where a function at the edge asks for it; nothing else of the bucket. */
function readAtTheEdge({ tier, parts }: Workshop): Partial<Pick<BucketProps, 'statements'>> {
  if (component(tier, 'edge-compute') === undefined || component(tier, 'frontend') === undefined) return {};
  // The policy names the distribution, which is made later and names the bucket.
  const distribution = Lazy.stringValue({ produce: () => parts.frontend?.distributionArn });
  return { statements: (arn) => [readableBy(distribution, `${arn}${publicFolder}${screenshotPath}`)] };
}

function screenshotsOf({ edgeFunctionArn, storageBucket: bucket }: Workshop['parts']): Pick<StaticFrontendProps, 'beside'> {
  if (edgeFunctionArn === undefined || bucket === undefined) return {};
  return { beside: { bucket, path: screenshotPath, folder: publicFolder, requestFunctionArn: edgeFunctionArn } };
}

function buildFrontend(shop: Workshop, { id, cacheSeconds }: ComponentOf<'frontend'>): void {
  const { site, zone, environment, parts } = shop;
  shop.parts.frontend = new StaticFrontend(shop.stack, id, {
    site,
    zone,
    domain: environment.domain,
    cacheSeconds,
    ...screenshotsOf(parts),
  });
}

function buildDatabase(shop: Workshop, database: ComponentOf<'database'>): void {
  if (database.hosting.hosting === 'server') return buildDataVolume(shop, database, database.hosting);
  const { memoryGib, vcpus, nodes, movable = false } = database.hosting;
  const built = new ManagedPostgres(shop.stack, constructId(shop.environment, database), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, database),
    size: postgresClass(shop.site.region, memoryGib, vcpus),
    standby: nodes > 1,
    version: awsEngineVersion('postgresql', database.version),
    backupDays: component(shop.tier, 'backup')?.retentionDays ?? 7,
    ownerPassword: passwordOf(shop, 'database'),
    trusted: { app: firewallOf(shop, appId(shop)).groupId },
    movable,
  });
  shop.parts.database = built.connection;
  shop.parts.managedPostgres = built;
  shop.parts.watches.push(...watchDatabase(shop, database, built));
}

function buildDataVolume(shop: Workshop, database: ComponentOf<'database'>, { volumeGib }: SelfHosted): void {
  const name = accountName(shop.site.prefix, shop.environment, database);
  // The zone of the first server, which carries it.
  const { zone } = place({ site: shop.site, public: true }, 0);
  shop.parts.dataVolume = new DataVolume(shop.stack, constructId(shop.environment, database), {
    site: shop.site,
    name,
    zone,
    sizeGib: volumeGib,
  });
}

function buildCache(shop: Workshop, cache: ComponentOf<'cache'>): void {
  const { engineVersion, family } = awsEngineVersion('valkey', cache.version);
  const built = new Valkey(shop.stack, constructId(shop.environment, cache), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, cache),
    size: valkeyClass(shop.site.region, cache.memoryGib),
    nodes: cache.nodes,
    shards: cache.shards ?? 1,
    engineVersion,
    family,
    password: passwordOf(shop, 'cache'),
    ...clientsOf(shop),
  });
  shop.parts.cache = built;
  keepCachePassword(shop, cache);
  shop.parts.valkey = built;
  shop.parts.watches.push(...watchCache(shop, cache, built));
}

function buildInference(shop: Workshop, inference: ComponentOf<'inference'>): void {
  const { host } = inference;
  if (host.placement === 'shared') return;
  const admit = { from: 'group', groupId: firewallOf(shop, appId(shop)).groupId } as const;
  const plan: GroupPlan = {
    component: inference,
    count: host.count,
    type: inferenceServerType(shop.site.region, host),
    public: false,
    open: [{ id: 'app', port: inferencePort, admit }],
  };
  const group = raise(shop, plan, { inference: { ...modelServer(inference.model, inference.memoryLimitGib), listenAddress: '0.0.0.0' } });
  shop.parts.inference = { url: `http://${group.privateAddresses[0]}:${inferencePort}/v1` };
}

function buildReplicas(shop: Workshop, replicas: ComponentOf<'read-replicas'>): void {
  const source = shop.parts.managedPostgres;
  if (source === undefined) return;
  const built = new ReadReplicas(shop.stack, constructId(shop.environment, replicas), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, replicas),
    source,
    count: replicas.count,
    size: postgresClass(shop.site.region, replicas.memoryGib),
    domain: shop.environment.domain,
  });
  shop.parts.readers = { hosts: built.hosts, port: built.port };
  shop.parts.readerEndpoint = built.endpoint;
  shop.parts.watches.push(...built.identifiers.map((identifier, index) => watchReplica(replicas, identifier, index + 1)));
}

function buildApp(shop: Workshop, app: ComponentOf<'app-servers'>): void {
  if (app.runtime === 'pod') return;
  if ('min' in app.count) return buildAppPool(shop, app, app.count, openToRequests(shop, app));
  const { dataVolume, balancer } = shop.parts;
  const shared = component(shop.tier, 'inference');
  const plan: GroupPlan = {
    component: app,
    count: app.count.fixed,
    type: appServerType(shop.site.region, app),
    open: [...openToRequests(shop, app), ...openToMoving(shop)],
    public: app.exposure === 'direct',
    ...(dataVolume === undefined ? {} : { volume: { volume: dataVolume, mount: dataMount } }),
  };
  const group = raise(shop, plan, {
    ...appPayload(shop, app),
    ...(shared?.host.placement === 'shared' ? { inference: modelServer(shared.model, shared.memoryLimitGib) } : {}),
  });
  if (app.exposure === 'direct') giveAddress(shop, app.id, group.ids[0] ?? '');
  else group.ids.forEach((instance, index) => balancer?.attach(String(index + 1), instance));
}

function giveAddress(shop: Workshop, id: string, instanceId: string): void {
  const { address } = new ReservedAddress(shop.stack, `${id}_address`, {
    site: shop.site,
    name: `${lastingPrefix(shop.environment, shop.tier)}-${id}`,
    instanceId,
  });
  shop.parts.entry = { kind: 'address', address };
}

function openToRequests(shop: Workshop, app: ComponentOf<'app-servers'>): OpenPort[] {
  if (app.exposure === 'direct')
    return [
      { id: 'http', port: 80, admit: { from: 'internet' } },
      { id: 'https', port: 443, admit: { from: 'internet' } },
    ];
  const { balancer } = shop.parts;
  return [
    ...(balancer === undefined
      ? []
      : [{ id: 'balancer', port: balancedPort, admit: { from: 'group' as const, groupId: balancer.groupId } }]),
    // The servers ask each other whether one is healthy before the next takes a release.
    { id: 'peers', port: balancedPort, admit: { from: 'group', groupId: firewallOf(shop, app.id).groupId } },
  ];
}

/** While the database beside the app is moved, its network reaches it. */
function openToMoving({ tier, site }: Workshop): OpenPort[] {
  const database = component(tier, 'database');
  return database?.hosting.hosting === 'server' && database.hosting.movable === true
    ? [{ id: 'mover', port: 5432, admit: { from: 'ranges', cidrs: [site.network.cidr] } }]
    : [];
}

function buildBalancer(shop: Workshop, balancer: ComponentOf<'load-balancer'>): void {
  const { site, zone, environment } = shop;
  const built = new Balancer(shop.stack, balancer.id, {
    site,
    zone,
    domain: environment.domain,
    name: accountName(site.prefix, environment, balancer),
    targetPort: balancedPort,
    healthPath: environment.app.healthPath,
  });
  shop.parts.entry = built.entry;
  shop.parts.balancer = built;
  shop.parts.watches.push(...watchBalancer(balancer, built));
}

function buildDns(shop: Workshop): void {
  if (shop.parts.entry !== undefined) shop.zone.pointTo(shop.parts.entry);
}

function buildMonitoring(shop: Workshop, { id }: ComponentOf<'monitoring'>): void {
  const { site, environment, parts } = shop;
  const { emails } = environment.alerts;
  new Alerts(shop.stack, id, { site, watches: parts.watches, domain: environment.domain, healthPath: environment.app.healthPath, emails });
  if (environment.budget === undefined || emails.length === 0) return;
  new CostBudget(shop.stack, `${id}_budget`, {
    name: site.prefix,
    environment: environment.name,
    monthly: environment.budget.monthly,
    emails,
  });
}

/** Id of the servers that use database, cache and model. */
function appId(shop: Workshop): string {
  return component(shop.tier, 'app-servers')?.id ?? 'app';
}
