import { createHash } from 'node:crypto';
import { objectOf, type Account } from '../store';
import { canonical, number, text, type ValueMap } from '../values';

/** What an object is made from: the same history gives the same object, on any machine. */
export interface Making {
  readonly type: string;
  readonly id: string;
  /** A hex digest of 40 digits for a purpose, e.g. `password`. */
  readonly digest: (purpose: string) => string;
}

/** Types whose id is a number, written as a string: droplets are referred to by number elsewhere. */
const NUMBERED = new Set(['droplet', 'ssh_key', 'custom_image', 'record', 'droplet_snapshot']);

/** Types whose id follows from what they are. */
const NAMED: Readonly<Record<string, (values: ValueMap) => string>> = {
  tag: (values) => text(values, 'name'),
  domain: (values) => text(values, 'name'),
  certificate: (values) => text(values, 'name'),
  container_registry: (values) => text(values, 'name'),
  container_registries: (values) => text(values, 'name'),
  spaces_bucket: (values) => text(values, 'name'),
  spaces_bucket_object: (values) => text(values, 'key'),
  spaces_bucket_policy: (values) => text(values, 'bucket'),
  spaces_bucket_cors_configuration: (values) => text(values, 'bucket'),
  spaces_bucket_logging: (values) => text(values, 'bucket'),
  project_resources: (values) => text(values, 'project'),
  database_db: (values) => `${text(values, 'cluster_id')}/database/${text(values, 'name')}`,
  database_user: (values) => `${text(values, 'cluster_id')}/user/${text(values, 'name')}`,
  database_kafka_topic: (values) => `${text(values, 'cluster_id')}/topic/${text(values, 'name')}`,
  database_replica: (values) => `${text(values, 'cluster_id')}/replicas/${text(values, 'name')}`,
  database_connection_pool: (values) => `${text(values, 'cluster_id')}/${text(values, 'name')}`,
  database_postgresql_config: (values) => `${text(values, 'cluster_id')}/postgresql-config`,
  database_valkey_config: (values) => `${text(values, 'cluster_id')}/valkey-config`,
  database_redis_config: (values) => `${text(values, 'cluster_id')}/redis-config`,
  database_mysql_config: (values) => `${text(values, 'cluster_id')}/mysql-config`,
};

/** Types whose id is made up, in a form of their own. */
const SHAPED: Readonly<Record<string, (digest: string, values: ValueMap) => string>> = {
  reserved_ip: (digest) => publicAddress(digest),
  floating_ip: (digest) => publicAddress(digest),
  spaces_key: (digest) => `DO00${digest.slice(0, 16).toUpperCase()}`,
  volume_attachment: (digest, values) => `${number(values, 'droplet_id')}-${text(values, 'volume_id')}-${digest.slice(0, 20)}`,
  reserved_ip_assignment: (digest, values) => `${number(values, 'droplet_id')}-${text(values, 'ip_address')}-${digest.slice(0, 20)}`,
  database_firewall: (digest, values) => `${text(values, 'cluster_id')}-${digest.slice(0, 20)}`,
};

/** Names a new object, and the account that remembers having done so. */
export function identify(account: Account, type: string, values: ValueMap): readonly [Account, Making] {
  const name = `${type}/${text(values, 'name') || sha1(canonical(values)).slice(0, 8)}`;
  const count = (account.made[name] ?? 0) + 1;
  const next: Account = { ...account, made: { ...account.made, [name]: count } };
  const digest = (purpose: string): string => sha1(`${name}#${count}/${purpose}`);
  const making = { type, id: idOf(type, digest('id'), values), digest };
  // Two names may meet in one short id: the next count gives another.
  return NAMED[short(type)] === undefined && objectOf(account, type, making.id) !== undefined
    ? identify(next, type, values)
    : [next, making];
}

/** Where an object stands among those of its type: its id, except that two buckets may hold the same key. */
export function storageKey(type: string, id: string, values: ValueMap | null): string {
  return type === 'digitalocean_spaces_bucket_object' ? `${text(values, 'bucket')}/${id}` : id;
}

function idOf(type: string, digest: string, values: ValueMap): string {
  const kind = short(type);
  if (NUMBERED.has(kind)) return String(100_000_000 + (Number.parseInt(digest.slice(0, 12), 16) % 900_000_000));
  return NAMED[kind]?.(values) ?? SHAPED[kind]?.(digest, values) ?? uuid(digest);
}

/** A version 4 UUID from the first digits of a digest. */
export function uuid(digest: string): string {
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `4${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`, digest.slice(20, 32)];
  return parts.join('-');
}

/** An address in 198.18.0.0/15, which is set aside for tests (RFC 2544): it belongs to nobody. */
export function publicAddress(digest: string): string {
  const [a, b, c] = [0, 2, 4].map((at) => Number.parseInt(digest.slice(at, at + 2), 16)) as [number, number, number];
  return `198.${18 + (a % 2)}.${b}.${1 + (c % 254)}`;
}

export function short(type: string): string {
  return type.replace('digitalocean_', '');
}

function sha1(given: string): string {
  return createHash('sha1').update(given).digest('hex');
}
