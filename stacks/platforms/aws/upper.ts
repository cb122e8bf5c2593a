import { TerraformOutput } from 'cdktf';
import type { ComponentOf } from '../../../components/component';
import { federatedCloud, type DatabaseEngine } from '../../../components/distributed-database';
import { awsEngineVersion } from '../../../catalog/aws';
import { DistantReplica } from '../../../constructs/aws/distant-replica';
import { EdgeFunction } from '../../../constructs/aws/edge-function';
import { EncryptionKey } from '../../../constructs/aws/encryption-key';
import { EventStream } from '../../../constructs/aws/event-stream';
import { putInRegion } from '../../../constructs/aws/in-region';
import { PasswordSecret } from '../../../constructs/aws/password-secret';
import { ShardedPostgres, type BuiltShard } from '../../../constructs/aws/sharded-postgres';
import { recordList } from '../../regions';
import { remember } from '../../tier-stack';
import { shardNames, shardRanges } from '../../../components/shard-map';
import { accountName, component, constructId, laterName, layerOutput } from '../naming';
import { grantApp } from './app-identity';
import { clusterId } from './clusters';
import { screenshotVariants } from './edge-code';
import { passwordOf } from './passwords';
import { rangesBeyond } from './second-cloud';
import { mapBytes, standardBytes } from './shard-map-size';
import { postgresClass } from './sizes';
import { inRegion, watchDatabase, watchReplica, watchStream } from './watches';
import { firewallOf, type ShardAccess, type Workshop } from './workshop';

/** Who may connect to databases, caches and brokers: the app's servers, or the nodes of the home cluster and the networks of the other regions. */
export function clientsOf(shop: Workshop): {
  readonly trusted: Readonly<Record<string, string>>;
  readonly trustedRanges: readonly string[];
} {
  const [home] = shop.parts.clusters;
  if (home === undefined)
    return { trusted: { app: firewallOf(shop, component(shop.tier, 'app-servers')?.id ?? 'app').groupId }, trustedRanges: [] };
  return {
    trusted: { [clusterId(shop)]: home.cluster.securityGroupId },
    trustedRanges: shop.regions.slice(1).map(({ site }) => site.network.cidr),
  };
}

/** The same, and pods of a second cloud whose network is joined to this one. */
function shardClients(shop: Workshop): ReturnType<typeof clientsOf> {
  const { trusted, trustedRanges } = clientsOf(shop);
  return { trusted, trustedRanges: [...trustedRanges, ...rangesBeyond(shop)] };
}

/** Where pods fetch the password of the cache. */
export function keepCachePassword(shop: Workshop, cache: ComponentOf<'cache'>): void {
  keepForPods(shop, cache, passwordOf(shop, 'cache'));
}

/** Where pods fetch the other half of the key that opens the app's bucket. */
export function keepStorageKey(shop: Workshop, storage: ComponentOf<'object-storage'>, secretAccessKey: string): void {
  keepForPods(shop, storage, secretAccessKey);
}

/** The secret that pods use a component with, under the name by which the workloads layer asks for it. Servers are given it in their release. */
function keepForPods(shop: Workshop, of: ComponentOf<'cache' | 'object-storage'>, password: string): void {
  if (component(shop.tier, 'kubernetes-cluster') === undefined) return;
  const name = accountName(shop.site.prefix, shop.environment, of);
  const { arn } = new PasswordSecret(shop.stack, `${constructId(shop.environment, of)}_secret`, {
    site: shop.site,
    name,
    password,
    description: `Password of ${name}.`,
  });
  shop.parts.secrets.set(secretNames[of.kind], arn);
}

/** What `stacks/workloads/platform-state.ts` calls a secret. */
const secretNames = { cache: 'cache', 'object-storage': 'storage' } as const;

/** The state remembers what the database is: another engine in the file would take this one down, and is refused. */
export function recordEngine({ stack, site }: Workshop, engine: DatabaseEngine, witness?: string): void {
  remember(stack, 'recorded_database', witness === undefined ? engine : `${engine} ${witness}`, site.disposable);
}

/** Storage that a shard may grow to, in GiB: twice what a year of 100,000 users fills by the load model. */
const shardStorageGib = 4000;

/** PostgreSQL in shards, and a replica of each in the second region. */
export function buildShards(shop: Workshop, database: ComponentOf<'sharded-database'>): void {
  recordEngine(shop, 'shards');
  const { stack, environment, site, tier } = shop;
  recordList(stack, 'shards', shardNames(database.shards), site.disposable);
  const name = accountName(site.prefix, environment, database);
  const built = new ShardedPostgres(stack, constructId(environment, database), {
    site,
    name,
    size: postgresClass(site.region, database.memoryGib, database.vcpus),
    standby: database.nodes > 1,
    version: awsEngineVersion('postgresql', database.version),
    backupDays: component(tier, 'backup')?.retentionDays ?? 7,
    password: passwordOf(shop, 'database'),
    ...shardClients(shop),
    movable: database.movable ?? false,
    shards: shardNames(database.shards),
    mostStorageGib: shardStorageGib,
  });
  shop.parts.shards = built.shards.map((shard) => access(shard, replicaOf(shop, database, name, shard)));
  built.publish({
    parameter: `/${site.prefix}/${laterName('shard-map', environment, database)}`,
    map: shardRanges(database),
    replicas: new Map(shop.parts.shards.map((shard) => [shard.name, shard.replicaHost])),
    long: mapBytes(database, environment) > standardBytes,
  });
  for (const { name: shard, instance, secretArn } of built.shards) {
    shop.parts.secrets.set(shard, secretArn);
    shop.parts.watches.push(...watchDatabase(shop, { id: `${database.id}_${shard.replaceAll('-', '_')}` }, instance));
  }
}

function access({ name, instance }: BuiltShard, replicaHost: string): ShardAccess {
  const { host, port, database, user } = instance.connection.owner;
  return { name, host, port, database, user, replicaHost };
}

/** The replica of a shard in the second region; without one reads go to the shard itself. */
function replicaOf(shop: Workshop, database: ComponentOf<'sharded-database'>, base: string, { name, instance }: BuiltShard): string {
  const [, second] = shop.regions;
  const cluster = shop.parts.clusters[1];
  if (database.replicas === 0 || second === undefined || cluster === undefined) return instance.connection.host;
  // With its region in the address: under another provider the same address would be made anew, and what it was before forgotten.
  const id = `${constructId(shop.environment, database)}_${name.replaceAll('-', '_')}_replica${second.suffix}`;
  const key = new EncryptionKey(shop.stack, `${id}_key`, {
    site: shop.site,
    name: `${base}-${name}-replica`,
    description: `Encrypts the replica of ${base}-${name}.`,
  });
  const replica = new DistantReplica(shop.stack, id, {
    site: second.site,
    name: `${base}-${name}-replica`,
    sourceArn: instance.instanceArn,
    size: postgresClass(second.site.region, database.memoryGib, database.vcpus),
    family: awsEngineVersion('postgresql', database.version).family,
    kmsKeyArn: key.arn,
    mostStorageGib: shardStorageGib,
    trusted: { [clusterId(shop)]: cluster.cluster.securityGroupId },
    trustedRanges: shop.regions.filter((each) => each !== second).map(({ site }) => site.network.cidr),
  });
  for (const each of [key, replica]) putInRegion(each, second.provider);
  shop.parts.watches.push(...inRegion([watchReplica({ id: `${database.id}_${name.replaceAll('-', '_')}` }, replica.identifier)], second));
  return replica.host;
}

/** Storage that a broker begins with, in GiB. It grows by a deploy. An assumption. */
const brokerGib = 500;

/** Brokers, and the app's right to write and to read there. */
export function buildEventStream(shop: Workshop, stream: ComponentOf<'event-stream'>): void {
  const [id, name] = [constructId(shop.environment, stream), accountName(shop.site.prefix, shop.environment, stream)];
  const built = new EventStream(shop.stack, id, {
    site: shop.site,
    name,
    brokers: stream.brokers,
    retentionHours: stream.retentionHours,
    storageGib: brokerGib,
    instanceType: 'kafka.m7g.large',
    ...clientsOf(shop),
  });
  grantApp(shop, { id, name }, built.clientStatements);
  shop.parts.eventStream = built;
  shop.parts.watches.push(...watchStream(shop, stream, built));
}

export function buildEdge(shop: Workshop, edge: ComponentOf<'edge-compute'>): void {
  const { arn } = new EdgeFunction(shop.stack, edge.id, {
    name: `${shop.site.prefix}-${edge.id}`,
    comment: `For ${edge.workload}.`,
    code: screenshotVariants,
  });
  shop.parts.edgeFunctionArn = arn;
}

/** What the workloads layer reads from this layer's state. */
export function announceUpper({ stack, parts, environment, tier }: Workshop): void {
  if (parts.clusters.length === 0) return;
  const named = layerOutput(environment, tier);
  const clusters = parts.clusters.map(
    ({ region, cluster }) =>
      [
        region.site.region,
        { id: cluster.clusterName, name: cluster.clusterName, endpoint: cluster.endpoint, ca_certificate: cluster.caCertificate },
      ] as const,
  );
  tell(stack, named('clusters'), Object.fromEntries(clusters), 'Kubernetes clusters by region.');
  if (parts.entry?.kind === 'alias') tell(stack, named('entry'), parts.entry.host, 'Host that takes requests for all clusters.');
  tell(
    stack,
    named('shards'),
    Object.fromEntries((parts.shards ?? []).map(({ name, replicaHost, ...shard }) => [name, { ...shard, replica_host: replicaHost }])),
    'Shards by name. Which holds what stands in the shard map.',
  );
  if (parts.valkey !== undefined)
    tell(
      stack,
      named('cache'),
      { host: parts.valkey.host, port: String(parts.valkey.port) },
      'The cache; clients come by TLS and with a password.',
    );
  tellIssuers(stack, named('cluster_issuers'), parts, tier);
  const { storage, frontend } = parts;
  if (storage !== undefined)
    tell(
      stack,
      named('object_storage'),
      { bucket: storage.bucket, endpoint: storage.endpoint, region: storage.region, access_key_id: storage.accessKeyId },
      "The app's bucket, and the name of the key that opens it.",
    );
  if (frontend !== undefined) tell(stack, named('assets_url'), frontend.url, 'Where static files are served from.');
  tell(stack, named('credential_secrets'), Object.fromEntries(parts.secrets), 'ARNs of the secrets that hold passwords.');
  tell(
    stack,
    named('operator_roles'),
    Object.fromEntries(parts.clusters.map(({ region, cluster }) => [region.site.region, cluster.operatorRoleArn])),
    'Roles that administer the clusters.',
  );
  if (parts.distributedSql !== undefined)
    tell(stack, named('distributed_sql'), { ...parts.distributedSql }, 'Distributed SQL; clients sign in with IAM tokens.');
  if (parts.secretReaderAbroad !== undefined)
    tell(stack, named('secret_reader_role'), parts.secretReaderAbroad, 'Role that fetches secrets for pods in another cloud.');
  if (parts.appRoleAbroad !== undefined)
    tell(
      stack,
      named('app_role'),
      parts.appRoleAbroad,
      "Role of the app's pods, which those in another cloud take by a token of their cluster.",
    );
  if (parts.eventStream !== undefined)
    tell(
      stack,
      named('event_stream'),
      { brokers: parts.eventStream.bootstrapBrokers, port: String(parts.eventStream.port) },
      'Brokers for clients that sign in with IAM.',
    );
}

/** Who signs the tokens of the clusters' pods, where a database at Google takes these. */
function tellIssuers(stack: Workshop['stack'], name: string, { clusters }: Workshop['parts'], tier: Workshop['tier']): void {
  const database = component(tier, 'distributed-database');
  if (database === undefined || federatedCloud(database) !== 'google') return;
  const issuers = Object.fromEntries(clusters.map(({ region, cluster }) => [region.site.region, cluster.issuer]));
  tell(stack, name, issuers, "Who signs the tokens of each cluster's pods.");
}

function tell(stack: Workshop['stack'], name: string, value: string | Record<string, unknown>, description: string): void {
  new TerraformOutput(stack, name, { value, staticId: true, description });
}
