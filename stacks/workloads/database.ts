import { Fn, TerraformLocal, type TerraformResource } from 'cdktf';
import { pooledUrl, poolerFiles, PoolerPods, poolerSecret, type PooledDatabase, type Pool } from '../../constructs/kubernetes/pooler';
import { SecretManager, type FetchedSecret } from '../../constructs/kubernetes/secret-manager';
import type { Space } from '../../constructs/kubernetes/space';
import { component } from '../platforms/naming';
import { clientsPerPooler, connectionPlan } from './connections';
import type { Filling } from './filling';
import { shardNames, shardRanges, type ShardRange } from '../../components/shard-map';

/** How the app in a cluster reaches the shards. */
export interface DatabaseForPods {
  /** Undefined where the database needs none. */
  readonly pooler: PoolerPods | undefined;
  /** What the app is told, as far as Terraform may know it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets of the cluster that tell it the rest. */
  readonly secrets: readonly string[];
  /** What makes these secrets. */
  readonly after: readonly TerraformResource[];
}

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
  const { stack, state, tier } = filling;
  const own = appSecrets(filling);
  const keys = shards.names.map(key);
  const from = Object.fromEntries(shards.names.map((shard) => [key(shard), state.secret(shard)]));
  const cache = component(tier, 'cache') === undefined ? undefined : state.cache();
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
    {
      ...told,
      from: { ...from, ...(cache === undefined ? {} : { cache: state.secret('cache') }), ...own.from },
      texts: {
        ...toldTo(pooler, shards, client),
        ...(cache === undefined ? {} : { REDIS_URL: redisUrl(cache.host, cache.port) }),
        ...own.texts,
      },
    },
  ]);
  // Pods wait for a secret that they mount, and a deployment for its pods: it must come after what the secret is made by.
  pooler.workload.after(objects.release.resource);
  return { pooler, environment: {}, secrets: [told.name], after: [objects.release.resource] };
}

/** One endpoint for all regions, whose clients sign in with their own identity; and the cache's password, which no state has. */
function withoutShards(filling: Filling, space: Space): DatabaseForPods | undefined {
  const { stack, cluster, tier, state, environment, id } = filling;
  const [distributed, cache, { secrets }] = [component(tier, 'distributed-database'), component(tier, 'cache'), cluster.flavour];
  if (distributed === undefined) return undefined;
  const { host: server, port: door, database, user } = state.distributedSql();
  const told = { TERRACE_DISTRIBUTED_SQL: `postgresql://${user}@${server}:${door}/${database}` };
  if (cache === undefined || secrets.kept === 'state') return { pooler: undefined, environment: told, secrets: [], after: [] };
  const { host, port } = state.cache();
  const own = appSecrets(filling);
  const manager = new SecretManager(stack, id(cache.id, 'secrets'), {
    cluster,
    name: 'external-secrets',
    provider: secrets.provider(environment.region),
  });
  const fetched = manager.fetch(stack, id(cache.id, 'fetched'), space.name, [
    {
      name: 'endpoints',
      namespace: space.name,
      from: { cache: state.secret('cache'), ...own.from },
      texts: { REDIS_URL: redisUrl(host, port), ...own.texts },
    },
  ]);
  return { pooler: undefined, environment: told, secrets: ['endpoints'], after: [fetched.release.resource] };
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
