import { Fn, TerraformLocal } from 'cdktf';
import { serverSoftware } from '../../catalog/capacity';
import {
  pooledUrl,
  poolerFiles,
  PoolerPods,
  poolerSecret,
  readerOf,
  type PooledDatabase,
  type Pool,
} from '../../constructs/kubernetes/pooler';
import type { SecretManager } from '../../constructs/kubernetes/secret-manager';
import type { Space } from '../../constructs/kubernetes/space';
import { enginePlaces } from '../../components/distributed-database';
import { citusOf } from './citus';
import type { DatabaseForPods } from './database-for-pods';
import type { ComponentOf } from '../../components/component';
import { joinsClouds } from '../platforms/between-clouds';
import { component } from '../platforms/naming';
import { connectionPlan, poolingClusters } from './connections';
import { fetchedEndpoints, ownSecrets } from './endpoints';
import { fetchedBeside, managerOf } from './fetched';
import { type Filling, isHome } from './filling';
import { identityOf } from './identities';
import type { PlatformState } from './platform-state';
import { shardNames, shardRanges, type ShardRange } from '../../components/shard-map';

/** Poolers of one cluster, all alike. */
type Poolers = Pool & { readonly poolers: number };

/** Name of the pooler, and of its service. */
const name = 'pooler';

/** Poolers before the shards, in the app's own namespace, or the endpoint of one database that takes all connections; undefined where the tier has neither. */
export function databaseOf(filling: Filling, space: Space): DatabaseForPods | undefined {
  const { tier, share, environment } = filling;
  const [database, plan] = [
    component(tier, 'sharded-database'),
    connectionPlan(tier, environment.platform, poolingClusters(tier, share.atHome)),
  ];
  if (database === undefined || plan === undefined) return withoutShards(filling, space);
  const shards: Shards = {
    names: shardNames(database.shards),
    ranges: shardRanges(database),
    buckets: database.buckets,
    // Copies are in the network of the second region, to which no VPN leads.
    copied: database.replicas > 0 && isHome(filling),
  };
  const pool: Poolers = { poolSize: plan.poolSize, clients: serverSoftware.poolerClients.value, poolers: plan.poolers };
  const id = (part: string): string => filling.id(database.id, part);
  const manager = managerOf(filling, id('secrets'));
  return manager === undefined ? fromState(filling, id, space, shards, pool) : fromManager(filling, id, space, shards, pool, manager);
}

type Id = (part: string) => string;

/** The shards of a database, all of them, and what each holds. */
interface Shards {
  readonly names: readonly string[];
  readonly ranges: readonly ShardRange[];
  readonly buckets: number;
  /** Whether each has copies that answer reads here. */
  readonly copied: boolean;
}

/** All that the pooler leads to: each shard, and its copies under a name of their own. They let in as many connections as their shard, and know the same password. */
function databasesOf(state: PlatformState, { names, copied }: Shards, passwordOf: (shard: string) => string): readonly PooledDatabase[] {
  return names.flatMap((name) => {
    const shard = state.shard(name, passwordOf(name));
    return copied ? [shard, state.replica(name, shard)] : [shard];
  });
}

/** Where the platform's state holds the passwords, Terraform carries them on, into its own state. */
function fromState({ stack, home: state }: Filling, id: Id, space: Space, shards: Shards, pool: Poolers): DatabaseForPods {
  const passwords = shards.names.map((shard) => state.password(shard));
  // Clients show a password that nobody has to keep: who has all of the shards' has this one.
  const client = new TerraformLocal(stack, id('client'), Fn.sha256(Fn.join(' ', passwords))).asString;
  const databases = databasesOf(state, shards, (shard) => Fn.replace(state.password(shard), "'", "''"));
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
  const { stack, home: state } = filling;
  const others = fetchedEndpoints(filling);
  const keys = shards.names.map(key);
  const from = Object.fromEntries(shards.names.map((shard) => [key(shard), state.secret(shard)]));
  const client = `{{ printf "${keys.map(() => '%s').join(' ')}" ${keys.map((each) => `.${each}`).join(' ')} | sha256sum }}`;
  const databases = databasesOf(state, shards, (shard) => `{{ .${key(shard)} | replace "'" "''" }}`);
  const configuration = { name: `${name}-configuration`, namespace: space.name };
  const pooler = new PoolerPods(stack, id('pooler'), {
    space,
    name,
    pods: pool.poolers,
    // Fewer connections than other clusters counted with hold at once; passwords reach the pods at their next start.
    secret: { name: configuration.name, ...(joinsClouds(filling.tier) ? { restartOn: `${pool.poolSize}` } : {}) },
    databasePorts: databases.map(({ port }) => port),
  });
  const told = { name: 'endpoints', namespace: space.name };
  const objects = manager.fetch(stack, id('fetched'), space.name, [
    { ...configuration, from, texts: poolerFiles(databases, pool, client) },
    { ...told, from: { ...from, ...others.from }, texts: { ...toldTo(pooler, shards, client), ...others.texts } },
    ...ownSecrets(filling, space.name),
  ]);
  // Pods wait for a secret that they mount, and a deployment for its pods: it must come after what the secret is made by.
  pooler.workload.after(objects.release.resource);
  return { pooler, environment: {}, secrets: [told.name], after: [objects.release.resource] };
}

/** One endpoint for all regions, whose clients sign in with their own identity; and the secrets of cache and bucket, which the cluster fetches. */
function withoutShards(filling: Filling, space: Space): DatabaseForPods | undefined {
  const distributed = component(filling.tier, 'distributed-database');
  if (distributed === undefined) return undefined;
  if (enginePlaces[distributed.engine] === 'cluster') return citusOf(filling, distributed, space, fetchedEndpoints(filling));
  return {
    pooler: undefined,
    environment: { TERRACE_DISTRIBUTED_SQL: endpointOf(distributed, filling) },
    ...identityOf(filling, distributed, space),
    ...fetchedBeside(filling, distributed.id, space),
  };
}

/** Spanner is reached by a path in Google's names, with its own protocol or through PGAdapter; the others by PostgreSQL's. */
function endpointOf({ engine, witness }: ComponentOf<'distributed-database'>, filling: Filling): string {
  const { sql, site, environment } = filling;
  // The second cloud stands beside home.
  const near = isHome(filling) ? site.region : environment.region;
  const { host, port, database, user } = sql.distributedSql(witness === undefined ? undefined : near);
  return engine === 'spanner' ? `spanner://${host}:${port}/${database}` : `postgresql://${user}@${host}:${port}/${database}`;
}

function key(shard: string): string {
  return shard.replaceAll('-', '_');
}

/** The first shard and its copies under the names that the app knows from smaller tiers, and the map of all. */
function toldTo(pooler: PoolerPods, shards: Shards, client: string): Readonly<Record<string, string>> {
  const urlOf = (shard: string): string => pooledUrl(pooler, key(shard), client);
  const replicaUrlOf = (shard: string): string => (shards.copied ? pooledUrl(pooler, readerOf(key(shard)), client) : urlOf(shard));
  const ranges = shards.ranges.map(
    ({ name: shard, from, to }) => `{"from":${from},"to":${to},"url":"${urlOf(shard)}","replica_url":"${replicaUrlOf(shard)}"}`,
  );
  // Written by hand: the texts in it are references, or filled in by the cluster, and hold no character that JSON would escape.
  const map = `{"buckets":${shards.buckets},"shards":[${ranges.join(',')}]}`;
  const first = (of: (shard: string) => string): string => shards.names.slice(0, 1).map(of).join('');
  return { DATABASE_URL: first(urlOf), DATABASE_REPLICA_URL: first(replicaUrlOf), TERRACE_SHARD_MAP: map };
}
