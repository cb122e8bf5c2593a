import { kafkaClients } from '../../../catalog/digitalocean';
import { objectOf } from '../store';
import { number, text, type ValueMap } from '../values';
import { uuid } from './identity';
import type { Scene } from './scene';

/** How clients reach an engine: scheme, port, user and database of a new cluster. Source: API examples, digitalocean/openapi 2026-08-07. */
interface Engine {
  readonly scheme: string;
  readonly port: number;
  /** @default - the same */
  readonly privatePort?: number;
  readonly user: string;
  readonly database: string;
}

const ENGINES: Readonly<Record<string, Engine>> = {
  pg: { scheme: 'postgresql', port: 25060, user: 'doadmin', database: 'defaultdb' },
  mysql: { scheme: 'mysql', port: 25060, user: 'doadmin', database: 'defaultdb' },
  valkey: { scheme: 'rediss', port: 25061, user: 'default', database: '' },
  kafka: { scheme: 'kafka', port: kafkaClients.publicPort, privatePort: kafkaClients.privatePort, user: 'doadmin', database: '' },
  redis: { scheme: 'rediss', port: 25061, user: 'default', database: '' },
};
const OTHER: Engine = { scheme: 'https', port: 25060, user: 'doadmin', database: 'defaultdb' };

/** Only OpenSearch has one. */
const NO_USER_INTERFACE: ValueMap = { ui_host: null, ui_port: null, ui_uri: null, ui_database: null, ui_user: null, ui_password: null };

/** PgBouncer of a managed cluster listens here. Source: digitalocean.md, section 5. */
const POOL_PORT = 25061;

export function clusterValues(values: ValueMap, { facts, making }: Scene): ValueMap {
  const engine = ENGINES[text(values, 'engine')] ?? OTHER;
  const host = `${text(values, 'name')}-do-user-${Number.parseInt(making.id.slice(0, 6), 16)}-0.i.db.ondigitalocean.com`;
  return {
    ...connection(engine, host, engine.user, password(making.digest('password')), engine.database, engine.port),
    private_network_uuid: uuid(making.digest('default vpc')),
    project_id: uuid(making.digest('project')),
    storage_size_mib: String((facts.databaseSize(text(values, 'size'))?.storageGib ?? 10) * 1024),
    ...NO_USER_INTERFACE,
    // An empty list would show as a change in every plan (fixed in 2.89).
    metrics_endpoints: [`https://${host}:9273/metrics`],
  };
}

export function replicaValues(values: ValueMap, scene: Scene): ValueMap {
  const cluster = clusterOf(values, scene);
  const engine = ENGINES[text(cluster, 'engine')] ?? OTHER;
  const host = `${text(values, 'name')}-do-user-${Number.parseInt(scene.making.digest('host').slice(0, 6), 16)}-0.i.db.ondigitalocean.com`;
  return {
    ...connection(engine, host, text(cluster, 'user'), text(cluster, 'password'), text(cluster, 'database'), engine.port),
    uuid: uuid(scene.making.digest('uuid')),
    private_network_uuid: text(cluster, 'private_network_uuid'),
    storage_size_mib: text(cluster, 'storage_size_mib'),
  };
}

export function poolValues(values: ValueMap, scene: Scene): ValueMap {
  const cluster = clusterOf(values, scene);
  const user = objectOf(scene.account, 'digitalocean_database_user', `${text(values, 'cluster_id')}/user/${text(values, 'user')}`);
  const secret = text(user, 'password') || text(cluster, 'password');
  return connection(ENGINES['pg'] ?? OTHER, text(cluster, 'host'), text(values, 'user'), secret, text(values, 'name'), POOL_PORT);
}

export function userValues(values: ValueMap, scene: Scene): ValueMap {
  const { making } = scene;
  const ofKafka = text(clusterOf(values, scene), 'engine') === 'kafka';
  const pem = (kind: string): string =>
    `-----BEGIN ${kind}-----\n${Buffer.from(making.digest(kind)).toString('base64')}\n-----END ${kind}-----\n`;
  return {
    role: 'normal',
    password: password(making.digest('password')),
    access_cert: ofKafka ? pem('CERTIFICATE') : null,
    access_key: ofKafka ? pem('PRIVATE KEY') : null,
  };
}

function clusterOf(values: ValueMap, { account }: Scene): ValueMap | undefined {
  return objectOf(account, 'digitalocean_database_cluster', text(values, 'cluster_id'));
}

function connection(engine: Engine, host: string, user: string, secret: string, database: string, port: number): ValueMap {
  const uri = (at: string, by: number): string =>
    `${engine.scheme}://${user}:${secret}@${at}:${by}${database === '' ? '' : `/${database}?sslmode=require`}`;
  return {
    host,
    private_host: `private-${host}`,
    port,
    user,
    password: secret,
    database,
    uri: uri(host, port),
    private_uri: uri(`private-${host}`, engine.privatePort ?? port),
  };
}

/** Made up: it opens nothing. */
function password(digest: string): string {
  return `AVNS_${digest.slice(0, 19)}`;
}

/** Connections that the pools of a cluster have taken, one of them left out. */
export function pooledConnections(pools: readonly ValueMap[], cluster: string, except: string): number {
  const others = pools.filter((pool) => text(pool, 'cluster_id') === cluster && text(pool, 'id') !== except);
  return others.reduce((sum, pool) => sum + number(pool, 'size'), 0);
}
