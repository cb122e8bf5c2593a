import { Fn } from 'cdktf';
import type { FetchedSecret } from '../../constructs/kubernetes/secret-manager';
import { component } from '../platforms/naming';
import type { FetchedTexts } from './database-for-pods';
import { type Filling, getsSecrets, isHome } from './filling';

/**
 * What the app in a cluster is told of cache, bucket, brokers and static files, under the names that it has on servers
 * (`stacks/platforms/app-payload.ts`), as far as Terraform may know it. No network leads from a second cloud to the first one's cache and
 * brokers: there the app is told of what answers in the internet, and nothing else.
 */
export function endpointsOf(filling: Filling): Record<string, string> {
  const { cluster, tier, home } = filling;
  return {
    ...(isHome(filling) ? { ...cacheProtocol(filling), ...brokersOf(filling) } : {}),
    ...(getsSecrets(filling) ? bucketOf(filling) : {}),
    ...(isHome(filling) && cluster.flavour.secrets.kept === 'state' ? secretsInState(filling) : {}),
    ...(component(tier, 'frontend') === undefined ? {} : { ASSETS_URL: home.assetsUrl() }),
  };
}

/** Of a cache in shards, each knows where a key is; only clients that ask in the protocol of clusters are sent there. */
function cacheProtocol({ tier }: Filling): Record<string, string> {
  return (component(tier, 'cache')?.shards ?? 1) > 1 ? { REDIS_CLUSTER: 'true' } : {};
}

function bucketOf({ home, tier }: Filling): Record<string, string> {
  if (component(tier, 'object-storage') === undefined) return {};
  return {
    STORAGE_BUCKET: home.storage('bucket'),
    STORAGE_ENDPOINT: home.storage('endpoint'),
    STORAGE_REGION: home.storage('region'),
  };
}

/** Where clients sign in with the identity of their pod, they need to know nothing else. */
function brokersOf({ state, tier }: Filling): Record<string, string> {
  return component(tier, 'event-stream') === undefined ? {} : { KAFKA_BROKERS: state.eventStream().brokers };
}

/** Pods come to the bucket with a key, as servers do. Both halves stand in one place, so that no pod has those of two keys. */
function storageKey({ home }: Filling, secret: string): Record<string, string> {
  return { STORAGE_ACCESS_KEY_ID: home.storage('access_key_id'), STORAGE_SECRET_ACCESS_KEY: secret };
}

function secretsInState(filling: Filling): Record<string, string> {
  const { state, tier } = filling;
  const { host, port } = state.cache();
  const cache = { REDIS_URL: `rediss://default:${Fn.urlencode(state.password('cache'))}@${host}:${port}` };
  return {
    ...eventClient(filling),
    ...(component(tier, 'cache') === undefined ? {} : cache),
    ...(component(tier, 'object-storage') === undefined ? {} : storageKey(filling, state.password('storage'))),
  };
}

/** Names that came later than the apps that are there: they begin with Terrace's own prefix. */
function eventClient({ state, tier }: Filling): Record<string, string> {
  const stream = component(tier, 'event-stream');
  if (stream === undefined) return {};
  const { user, password, caCertificate } = state.eventClient(state.password(stream.id));
  return { TERRACE_KAFKA_USER: user, TERRACE_KAFKA_PASSWORD: password, TERRACE_KAFKA_CA: caCertificate };
}

/** The rest, where a secret manager keeps the passwords: the cluster fetches them, and fills them in. */
export function fetchedEndpoints(filling: Filling): FetchedTexts {
  const parts = [...(isHome(filling) ? [cacheFetched(filling)] : []), storageFetched(filling)];
  return {
    from: Object.assign({}, ...parts.map(({ from }) => from)) as FetchedTexts['from'],
    texts: Object.assign({}, ...parts.map(({ texts }) => texts)) as FetchedTexts['texts'],
  };
}

const nothing: FetchedTexts = { from: {}, texts: {} };

function cacheFetched({ state, tier }: Filling): FetchedTexts {
  if (component(tier, 'cache') === undefined) return nothing;
  const { host, port } = state.cache();
  return { from: { cache: state.secret('cache') }, texts: { REDIS_URL: `rediss://:{{ .cache | urlquery }}@${host}:${port}` } };
}

function storageFetched(filling: Filling): FetchedTexts {
  if (component(filling.tier, 'object-storage') === undefined) return nothing;
  return { from: { storage: filling.home.secret('storage') }, texts: storageKey(filling, '{{ .storage }}') };
}

/** Whether a cluster fetches the secrets of app and services itself. */
export function isFetched(filling: Filling): boolean {
  return filling.environment.app.secretsFrom === 'manager' && getsSecrets(filling);
}

/** The secret of the cluster in which the app or a service finds its own secrets, where these are fetched. */
export function fetchedSecretOf(name: string): string {
  return `${name}-secrets`;
}

/** The own secrets of the app and of each service, where a person keeps them in the manager: of each those that it is given; none where they are variables. */
export function ownSecrets(filling: Filling, namespace: string): readonly FetchedSecret[] {
  const { environment, home, tier } = filling;
  if (!isFetched(filling)) return [];
  const app = component(tier, 'app-servers')?.id ?? 'app';
  return Object.entries({ [app]: environment.app, ...environment.services }).flatMap(([name, { secrets }]) =>
    secrets.length === 0
      ? []
      : [
          {
            name: fetchedSecretOf(name),
            namespace,
            from: Object.fromEntries(secrets.map((each) => [each, home.secret(each)])),
            texts: Object.fromEntries(secrets.map((each) => [each, `{{ .${each} }}`])),
          },
        ],
  );
}
