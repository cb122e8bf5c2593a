import { isIPv6 } from 'node:net';
import { postgresqlClusterLimits } from '../../../catalog/digitalocean';
import { knownLayout, topicFits } from './kafka';
import { pooledConnections } from '../objects/databases';
import { objectOf, objectsOf } from '../store';
import { blocks, number, text, type ValueMap } from '../values';
import { changes, conflict, exists, nameTaken, notFound, others, unprocessable, vpcOfRegion, type Request, type Rule } from './refusal';

const CLUSTER = 'digitalocean_database_cluster';
const inCluster = (a: ValueMap, b: ValueMap): boolean => text(a, 'cluster_id') === text(b, 'cluster_id');
const clusterExists = exists('cluster_id', CLUSTER, 'The database cluster');

/** Rules for managed databases. */
export const databaseRules: Readonly<Record<string, readonly Rule[]>> = {
  database_cluster: [
    nameTaken((name) => conflict(`a database cluster named "${name}" already exists`)),
    knownVersion,
    knownClusterSize,
    knownLayout,
    standbyAllowed,
    storageWithinSize,
    engineSoldInRegion,
    vpcOfRegion('private_network_uuid', 'database cluster'),
    poolsStillFit,
  ],
  database_replica: [
    clusterExists,
    nameTaken((name) => conflict(`a replica named "${name}" already exists`), inCluster),
    hasReplicas,
    knownClusterSize,
    replicaLargeEnough,
  ],
  database_db: [
    clusterExists,
    nameTaken((name) => conflict(`database "${name}" already exists`), inCluster),
    notBuiltIn('database', 'defaultdb'),
  ],
  database_user: [
    clusterExists,
    nameTaken((name) => conflict(`user "${name}" already exists`), inCluster),
    notBuiltIn('user', 'doadmin'),
    aclsOfKafka,
  ],
  database_connection_pool: [
    clusterExists,
    nameTaken((name) => conflict(`pool "${name}" already exists`), inCluster),
    hasPools,
    poolParts,
    poolCount,
    poolFits,
  ],
  database_firewall: [clusterOrReplicaExists, trustedSources],
  database_postgresql_config: [clusterExists, ofEngine('pg')],
  database_kafka_topic: [
    clusterExists,
    ofEngine('kafka'),
    nameTaken((name) => conflict(`topic "${name}" already exists`), inCluster),
    topicFits,
  ],
  database_valkey_config: [clusterExists, ofEngine('valkey', 'redis')],
};

/** A replica has trusted sources of its own; the API takes its UUID in place of a cluster's. */
function clusterOrReplicaExists(request: Request): ReturnType<Rule> {
  const id = text(request.next, 'cluster_id');
  const isReplica = objectsOf(request.account, 'digitalocean_database_replica').some((replica) => text(replica, 'uuid') === id);
  return isReplica ? undefined : clusterExists(request);
}

function knownVersion(request: Request): ReturnType<Rule> {
  const [engine, version] = [text(request.next, 'engine'), text(request.next, 'version')];
  const versions = request.facts.versionsOf(engine);
  if (versions === undefined || versions.includes(version) || !changes(request, 'version')) return undefined;
  return unprocessable(`invalid version "${version}" for engine ${engine}: it must be one of ${versions.join(', ')}.`);
}

function knownClusterSize({ next, facts, account }: Request): ReturnType<Rule> {
  const [slug, engine] = [text(next, 'size'), text(next, 'engine') || engineOf(account, next)];
  if (slug === '') return undefined;
  const size = facts.databaseSize(slug);
  if (size === undefined) return unprocessable(`invalid size "${slug}"`);
  const sold = facts.versionsOf(engine) === undefined || size.engines.includes(engine) || engine === 'redis';
  return sold ? undefined : unprocessable(`size "${slug}" is not sold for engine ${engine}.`);
}

function standbyAllowed({ next, facts }: Request): ReturnType<Rule> {
  const [nodes, slug] = [number(next, 'node_count'), text(next, 'size')];
  const most = postgresqlClusterLimits.maximumNodes.value;
  if (nodes > most && text(next, 'engine') === 'pg') return unprocessable(`num_nodes must be from 1 to ${most}, got ${nodes}.`);
  if (nodes < 2 || facts.databaseSize(slug)?.standby === true) return undefined;
  return unprocessable(`num_nodes is ${nodes}, and size "${slug}" cannot have standby nodes: they need at least 2 GB of memory.`);
}

function storageWithinSize(request: Request): ReturnType<Rule> {
  const [asked, least] = [
    Number(text(request.next, 'storage_size_mib')),
    (request.facts.databaseSize(text(request.next, 'size'))?.storageGib ?? 0) * 1024,
  ];
  const wrong = changes(request, 'storage_size_mib') && asked > 0 && asked < least;
  return wrong ? unprocessable(`storage_size_mib is ${asked}, and size "${text(request.next, 'size')}" starts at ${least}.`) : undefined;
}

function engineSoldInRegion({ next, facts }: Request): ReturnType<Rule> {
  const [region, engine] = [text(next, 'region'), text(next, 'engine')];
  const engines = facts.enginesIn(region);
  if (engines === undefined) return unprocessable(`invalid region "${region}"`);
  const sold = facts.versionsOf(engine) === undefined || engines.includes(engine) || (engine === 'redis' && engines.includes('valkey'));
  return sold ? undefined : unprocessable(`engine ${engine} is not available in region "${region}".`);
}

function poolsStillFit(request: Request): ReturnType<Rule> {
  const limit = request.facts.databaseSize(text(request.next, 'size'))?.connections;
  const taken = pooledConnections(objectsOf(request.account, 'digitalocean_database_connection_pool'), request.id, '');
  return limit !== undefined && taken > limit
    ? unprocessable(`size "${text(request.next, 'size')}" has ${limit} connections, and the pools of this cluster use ${taken}.`)
    : undefined;
}

function hasReplicas(request: Request): ReturnType<Rule> {
  const engine = engineOf(request.account, request.next);
  return engine === 'pg' || engine === 'mysql' ? undefined : unprocessable(`engine ${engine} has no read replicas.`);
}

function replicaLargeEnough({ next, account, facts }: Request): ReturnType<Rule> {
  const [own, primary] = [text(next, 'size'), text(objectOf(account, CLUSTER, text(next, 'cluster_id')), 'size')];
  const small = own !== '' && (facts.databaseSize(own)?.memoryGib ?? 0) < (facts.databaseSize(primary)?.memoryGib ?? 0);
  return small ? unprocessable(`size "${own}" is smaller than the primary's "${primary}".`) : undefined;
}

function notBuiltIn(what: string, name: string): Rule {
  return ({ next, prior }) => (prior === null && text(next, 'name') === name ? conflict(`${what} "${name}" already exists`) : undefined);
}

function hasPools(request: Request): ReturnType<Rule> {
  const engine = engineOf(request.account, request.next);
  return engine === 'pg' ? undefined : unprocessable(`engine ${engine} has no connection pools.`);
}

/** The database and the user that a pool names must be there. */
function poolParts({ next, account }: Request): ReturnType<Rule> {
  const cluster = text(next, 'cluster_id');
  const absent = (type: string, kind: string, name: string, builtIn: string): boolean =>
    name !== '' && name !== builtIn && objectOf(account, type, `${cluster}/${kind}/${name}`) === undefined;
  const [database, user] = [text(next, 'db_name'), text(next, 'user')];
  if (absent('digitalocean_database_db', 'database', database, 'defaultdb'))
    return notFound(`database "${database}" was not found in the cluster.`);
  return absent('digitalocean_database_user', 'user', user, 'doadmin')
    ? notFound(`user "${user}" was not found in the cluster.`)
    : undefined;
}

function poolCount(request: Request): ReturnType<Rule> {
  const most = postgresqlClusterLimits.pools.value;
  const pools = others(request).filter((pool) => inCluster(pool, request.next));
  return pools.length >= most ? unprocessable(`a cluster can have at most ${most} pools.`) : undefined;
}

function poolFits(request: Request): ReturnType<Rule> {
  const cluster = objectOf(request.account, CLUSTER, text(request.next, 'cluster_id'));
  const limit = request.facts.databaseSize(text(cluster, 'size'))?.connections;
  const taken = pooledConnections(objectsOf(request.account, request.type), text(request.next, 'cluster_id'), request.id);
  const asked = number(request.next, 'size');
  if (limit === undefined || taken + asked <= limit) return undefined;
  return unprocessable(`size is ${asked}, and the cluster has ${limit - taken} of its ${limit} connections left for pools.`);
}

function trustedSources({ next, account }: Request): ReturnType<Rule> {
  for (const rule of blocks(next, 'rule')) {
    const [type, value] = [text(rule, 'type'), text(rule, 'value')];
    if (type === 'ip_addr' && isIPv6(value.split('/')[0] ?? '')) return unprocessable(`trusted source "${value}": IPv6 is not supported.`);
    if (type === 'k8s' && objectOf(account, 'digitalocean_kubernetes_cluster', value) === undefined)
      return notFound(`trusted source: Kubernetes cluster "${value}" was not found.`);
    if (type === 'droplet' && objectOf(account, 'digitalocean_droplet', value) === undefined)
      return notFound(`trusted source: droplet "${value}" was not found.`);
  }
  return undefined;
}

function aclsOfKafka({ next, account }: Request): ReturnType<Rule> {
  const engine = engineOf(account, next);
  return engine !== 'kafka' && blocks(blocks(next, 'settings')[0], 'acl').length > 0
    ? unprocessable(`users of engine ${engine} have no ACLs for topics.`)
    : undefined;
}

function ofEngine(...engines: readonly string[]): Rule {
  return ({ next, account }) => {
    const engine = engineOf(account, next);
    return engines.includes(engine)
      ? undefined
      : unprocessable(`the cluster's engine is ${engine}, and this configuration is for ${engines.join(' or ')}.`);
  };
}

function engineOf(account: Request['account'], values: ValueMap): string {
  return text(objectOf(account, CLUSTER, text(values, 'cluster_id')), 'engine');
}
