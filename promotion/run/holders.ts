import type { CdkTfJson } from '../../analysis/graph';
import { bodiesOf, componentIn } from '../../stacks/transition';
import type { SideName } from '../engine/settings';
import type { Secrets } from '../engine/settings-file';
import type { Bucket } from '../objects/curl';
import type { CacheServer } from '../redis/client';
import { type Held, present, text } from './released';

/** Resources of one component that only one side has, by their addresses, of each side. */
export type Own = Readonly<Record<SideName, readonly string[]>>;

/** Resources of a component that the other configuration has not. */
export function ownOf(sides: { readonly old: CdkTfJson; readonly new: CdkTfJson }, id: string): Own {
  const [old, next] = [bodiesOf(sides.old), bodiesOf(sides.new)];
  const only = (these: typeof old, others: typeof old): readonly string[] =>
    [...these.keys()].filter((address) => componentIn(address) === id && !others.has(address));
  return { source: only(old, next), target: only(next, old) };
}

/** The first of these addresses whose resource is of a type that a table knows. */
export function holderIn(addresses: readonly string[], types: Readonly<Record<string, unknown>>): string | undefined {
  return addresses.find((address) => Object.hasOwn(types, typeIn(address)));
}

/** `aws_s3_bucket` of `aws_s3_bucket.storage`. */
export function typeIn(address: string): string {
  return address.slice(0, address.indexOf('.'));
}

type Values = Held['values'];

/** Where the private network reaches a cache, as the provider says it after the apply. */
export const caches: Readonly<Record<string, (values: Values) => Partial<CacheServer>>> = {
  digitalocean_database_cluster: ({ private_host, port, user, password }) =>
    present({ host: filled(private_host), port: figure(port), user: filled(user), password: filled(password), tls: true }),
  aws_elasticache_replication_group: ({ primary_endpoint_address, configuration_endpoint_address, port, auth_token, ...more }) =>
    present({
      host: filled(primary_endpoint_address) ?? filled(configuration_endpoint_address),
      port: figure(port),
      password: filled(auth_token),
      tls: more['transit_encryption_enabled'] === true,
    }),
};

/** What is to know of a kind of bucket. */
export interface BucketKind {
  /** The attribute that names it. */
  readonly name: string;
  /** Address of its API. @param env as the provider itself reads it, which tests lead elsewhere by */
  readonly endpoint: (region: string, env: Secrets) => string;
  /** The resource that is a key of the app's, with its attributes. */
  readonly key: { readonly type: string; readonly id: string; readonly secret: string };
  /** Variables that the provider takes a key from. */
  readonly variables: { readonly id: string; readonly secret: string; readonly token?: string };
}

/** Sources: the providers' own documentation of their environment variables and defaults, hashicorp/aws 5.100 and digitalocean 2.71, read 2026-11. */
export const buckets: Readonly<Record<string, BucketKind>> = {
  digitalocean_spaces_bucket: {
    name: 'name',
    endpoint: (region, env) =>
      (env['SPACES_ENDPOINT_URL'] ?? 'https://{{.Region}}.digitaloceanspaces.com').replace('{{.Region}}', region.toLowerCase()),
    key: { type: 'digitalocean_spaces_key', id: 'access_key', secret: 'secret_key' },
    variables: { id: 'SPACES_ACCESS_KEY_ID', secret: 'SPACES_SECRET_ACCESS_KEY' },
  },
  aws_s3_bucket: {
    name: 'bucket',
    endpoint: (region, env) => env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`,
    key: { type: 'aws_iam_access_key', id: 'id', secret: 'secret' },
    variables: { id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY', token: 'AWS_SESSION_TOKEN' },
  },
};

/** The kind of bucket that a side has. */
export function bucketKind(address: string): BucketKind {
  return buckets[typeIn(address)] as BucketKind;
}

/** The cache of a side as far as the state knows it. */
export function cacheIn(state: readonly Held[], address: string): Partial<CacheServer> {
  return caches[typeIn(address)]?.(valuesOf(state, address)) ?? {};
}

/** The key's address, where the configuration makes one for this bucket. */
export function keyIn(addresses: readonly string[], { key: { type } }: BucketKind): string | undefined {
  return addresses.find((address) => typeIn(address) === type);
}

type Key = Pick<Bucket, 'keyId' | 'secretKey' | 'sessionToken'>;

/** A key that a person gives for this side, before the one of the state, before the one that the provider itself signs with. */
export function keyOf(state: readonly Held[], addresses: readonly string[], kind: BucketKind, side: SideName, env: Secrets): Partial<Key> {
  const given = `TERRACE_${side.toUpperCase()}`;
  const own = keyIn(addresses, kind);
  const made = own === undefined ? {} : valuesOf(state, own);
  const { id, secret, token } = kind.variables;
  return (
    [
      { keyId: env[`${given}_KEY_ID`], secretKey: env[`${given}_SECRET_KEY`], sessionToken: env[`${given}_SESSION_TOKEN`] },
      { keyId: filled(made[kind.key.id]), secretKey: filled(made[kind.key.secret]) },
      { keyId: env[id], secretKey: env[secret], sessionToken: token === undefined ? undefined : env[token] },
    ]
      .map((each) => present(each))
      .find(({ keyId, secretKey }) => keyId !== undefined && secretKey !== undefined) ?? {}
  );
}

/** The bucket of a side without its key. */
export function bucketIn(state: readonly Held[], address: string, env: Secrets): Partial<Bucket> {
  const [values, kind] = [valuesOf(state, address), bucketKind(address)];
  const region = filled(values['region']) ?? regionIn(values);
  return present({
    bucket: filled(values[kind.name]),
    region,
    endpoint: region === undefined ? undefined : kind.endpoint(region, env),
  });
}

/** The provider for AWS says a bucket's region from 6.0 on only; before, its domain does: `name.s3.eu-central-1.amazonaws.com`. */
function regionIn({ bucket_regional_domain_name: domain }: Values): string | undefined {
  return /\.s3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(text(domain) ?? '')?.[1];
}

function valuesOf(state: readonly Held[], address: string): Values {
  return state.find((each) => each.address === address)?.values ?? {};
}

/** An empty text says nothing. */
export function filled(value: unknown): string | undefined {
  const found = text(value);
  return found === '' ? undefined : found;
}

/** A number, where it is one. */
export function figure(value: unknown): number | undefined {
  const found = Number(value ?? Number.NaN);
  return Number.isFinite(found) ? found : undefined;
}
