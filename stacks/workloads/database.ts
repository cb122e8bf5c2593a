import { Fn, TerraformLocal } from 'cdktf';
import { pooledUrl, poolerFiles, PoolerPods, poolerSecret, type PooledDatabase, type Pool } from '../../constructs/kubernetes/pooler';
import { SecretManager, type FetchedSecret } from '../../constructs/kubernetes/secret-manager';
import type { Space } from '../../constructs/kubernetes/space';
import { enginePlaces } from '../../components/distributed-database';
import { citusOf } from './citus';
import type { DatabaseForPods, FetchedTexts } from './database-for-pods';
import type { ComponentOf } from '../../components/component';
import { component } from '../platforms/naming';
import { clientsPerPooler, connectionPlan } from './connections';
import { engineCloud, type Filling, isHome } from './filling';
import { shardNames, shardRanges, type ShardRange } from '../../components/shard-map';

/** Poolers of one cluster, all alike. */
type Poolers = Pool & { readonly poolers: number };

/** Name of the pooler, and of its service. */
const name = 'pooler';

/** Poolers before the shards, in the app's own namespace, or the endpoint of one database that takes all connections; undefined where the tier has neither. */
export function databaseOf(filling: Filling, space: Space): DatabaseForPods | undefined {
  const { tier, site, share, environment } = filling;
  const [database, plan] = [component(tier, 'sharded-database'), connectionPlan(tier, site.cloud, share.atHome)];
  if (database === undefined || plan === undefined) return withoutShards(filling, space);
  const shards: Shards = { names: shardNames(database.shards), ranges: shardRanges(database), buckets: database.buckets };
  const pool: Poolers = { poolSize: plan.poolSize, clients: clientsPerPooler, poolers: plan.poolers };
  const id = (part: string): string => filling.id(database.id, part);
  const { secrets } = filling.cluster.flavour;
  if (secrets.kept === 'state') return fromState(filling, id, space, shards, pool);
  // The shards' secrets are kept where the environment is at home, whichever cluster asks.
  return fromManager(
    filling,
    id,
    space,
    shards,
    pool,
    new SecretManager(filling.stack, id('secrets'), {
      cluster: filling.cluster,
      name: 'external-secrets',
      provider: secrets.provider(environment.region),
    }),
  );
}

type Id = (part: string) => string;

/** The shards of a database, all of them, and what each holds. */
interface Shards {
  readonly names: readonly string[];
  readonly ranges: readonly ShardRange[];
  readonly buckets: number;
}

/** Where the platform's state holds the passwords, Terraform carries them on, into its own state. */
function fromState({ stack, state }: Filling, id: Id, space: Space, shards: Shards, pool: Poolers): DatabaseForPods {
  const passwords = shards.names.map((shard) => state.password(shard));
  // Clients show a password that nobody has to keep: who has all of the shards' has this one.
  const client = new TerraformLocal(stack, id('client'), Fn.sha256(Fn.join(' ', passwords))).asString;
  const databases = shards.names.map((shard, index) => state.shard(shard, Fn.replace(passwords[index] ?? '', "'", "''")));
  const secret = poolerSecret(stack, id('pooler_configuration'), space, `${name}-configuration`, poolerFiles(databases, pool, client));
  const pooler = new PoolerPods(stack, id('pooler'), {
    space,
    name,
    pods: pool.poolers,
    secret,
    databasePorts: databases.map(({ port }) => port),
  });
  return { pooler, environment: toldTo(pooler, shards, client), secrets: [], after: [] };
}

/** Where a secret manager has them, the cluster fetches them itself, and Terraform knows only where they are. */
function fromManager(filling: Filling, id: Id, space: Space, shards: Shards, pool: Poolers, manager: SecretManager): DatabaseForPods {
  const { stack, state } = filling;
  const others = cacheOf(filling);
  const keys = shards.names.map(key);
  const from = Object.fromEntries(shards.names.map((shard) => [key(shard), state.secret(shard)]));
  const client = `{{ printf "${keys.map(() => '%s').join(' ')}" ${keys.map((each) => `.${each}`).join(' ')} | sha256sum }}`;
  const databases = shards.names.map((shard): PooledDatabase => state.shard(shard, `{{ .${key(shard)} | replace "'" "''" }}`));
  const configuration = { name: `${name}-configuration`, namespace: space.name };
  const pooler = new PoolerPods(stack, id('pooler'), {
    space,
    name,
    pods: pool.poolers,
    secret: { name: configuration.name },
    databasePorts: databases.map(({ port }) => port),
  });
  const told = { name: 'endpoints', namespace: space.name };
  const objects = manager.fetch(stack, id('fetched'), space.name, [
    { ...configuration, from, texts: poolerFiles(databases, pool, client) },
    { ...told, from: { ...from, ...others.from }, texts: { ...toldTo(pooler, shards, client), ...others.texts } },
  ]);
  // Pods wait for a secret that they mount, and a deployment for its pods: it must come after what the secret is made by.
  pooler.workload.after(objects.release.resource);
  return { pooler, environment: {}, secrets: [told.name], after: [objects.release.resource] };
}

/** One endpoint for all regions, whose clients sign in with their own identity; and the cache's password, which no state has. */
function withoutShards(filling: Filling, space: Space): DatabaseForPods | undefined {
  const { stack, cluster, tier, environment, id } = filling;
  const [distributed, cache, { secrets }] = [component(tier, 'distributed-database'), component(tier, 'cache'), cluster.flavour];
  if (distributed === undefined) return undefined;
  const inCluster = enginePlaces[distributed.engine] === 'cluster';
  if (inCluster && isHome(filling)) return citusOf(filling, distributed, space, cacheOf(filling));
  const environmentOfSql = inCluster ? {} : { TERRACE_DISTRIBUTED_SQL: endpointOf(distributed, filling) };
  const told = { pooler: undefined, environment: environmentOfSql, ...accountOf(filling) };
  if (cache === undefined || secrets.kept === 'state' || !isHome(filling)) return { ...told, secrets: [], after: [] };
  const manager = new SecretManager(stack, id(cache.id, 'secrets'), {
    cluster,
    name: 'external-secrets',
    provider: secrets.provider(environment.region),
  });
  const fetched = manager.fetch(stack, id(cache.id, 'fetched'), space.name, [
    { name: 'endpoints', namespace: space.name, ...cacheOf(filling) },
  ]);
  return { ...told, secrets: ['endpoints'], after: [fetched.release.resource] };
}

/** The app's own secrets and the cache's password, and what the app is told of them. */
function cacheOf(filling: Filling): FetchedTexts {
  const { tier, state } = filling;
  const own = appSecrets(filling);
  if (component(tier, 'cache') === undefined) return own;
  const { host, port } = state.cache();
  return { from: { cache: state.secret('cache'), ...own.from }, texts: { REDIS_URL: redisUrl(host, port), ...own.texts } };
}

/** Spanner is reached by a path in Google's names, with its own protocol or through PGAdapter; the others by PostgreSQL's. */
function endpointOf({ engine }: ComponentOf<'distributed-database'>, { sql }: Filling): string {
  const { host, port, database, user } = sql.distributedSql();
  return engine === 'spanner' ? `spanner://${host}:${port}/${database}` : `postgresql://${user}@${host}:${port}/${database}`;
}

/** The account of Google's that pods are in its clusters. Clusters of AWS know their pods by namespace and name. */
function accountOf({ site, sql, tier }: Filling): { readonly account?: string } {
  return site.cloud === 'google' && engineCloud(tier) === 'google' ? { account: sql.sqlAccount() } : {};
}

/** The app's own secrets, where a person keeps them in the manager; none where they are variables. */
function appSecrets({ environment: { app }, state }: Filling): Pick<FetchedSecret, 'from' | 'texts'> {
  const names = app.secretsFrom === 'manager' ? app.secrets : [];
  return {
    from: Object.fromEntries(names.map((each) => [each, state.secret(each)])),
    texts: Object.fromEntries(names.map((each) => [each, `{{ .${each} }}`])),
  };
}

/** Filled in by the cluster. */
function redisUrl(host: string, port: string): string {
  return `rediss://:{{ .cache | urlquery }}@${host}:${port}`;
}

function key(shard: string): string {
  return shard.replaceAll('-', '_');
}

/** The first shard under the name that the app knows from smaller tiers, and the map of all. */
function toldTo(pooler: PoolerPods, shards: Shards, client: string): Readonly<Record<string, string>> {
  const urlOf = (shard: string): string => pooledUrl(pooler, key(shard), client);
  const ranges = shards.ranges.map(({ name: shard, from, to }) => `{"from":${from},"to":${to},"url":"${urlOf(shard)}"}`);
  // Written by hand: the texts in it are references, or filled in by the cluster, and hold no character that JSON would escape.
  const map = `{"buckets":${shards.buckets},"shards":[${ranges.join(',')}]}`;
  return { DATABASE_URL: shards.names.slice(0, 1).map(urlOf).join(''), TERRACE_SHARD_MAP: map };
}
