import type { AppServers } from '../../components/app-servers';
import type { ComponentOf } from '../../components/component';
import type { ICache } from '../../constructs/cache';
import type { DatabaseConnection, DatabaseReaders } from '../../constructs/database';
import type { IInference } from '../../constructs/inference';
import type { IBucketAccess } from '../../constructs/object-storage';
import type {
  AppContainer,
  BackupRepository,
  Entrance,
  ManagedSecrets,
  Pooler,
  PostgresContainer,
  ReleaseInput,
} from '../../constructs/server';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import type { TierStack } from '../tier-stack';
import { moverPassword } from './mover-password';
import { component } from './naming';
import { secretVariable } from './secret-variable';

/** What a group of servers runs; the rest of its release follows from the group and the environment. */
export type Payload = Pick<ReleaseInput, 'app' | 'registry' | 'entrance' | 'pooler' | 'postgres' | 'inference'>;

/** What an app is told of: the parts of a tier that are there when its servers are built, whatever the platform. */
export interface AppParts {
  readonly database?: DatabaseConnection;
  readonly readers?: DatabaseReaders;
  readonly backups?: BackupRepository;
  readonly cache?: ICache;
  readonly inference?: IInference;
  readonly storage?: IBucketAccess;
  readonly frontend?: { readonly url: string };
  /** Where the app's own secrets are, when no variable brings them. */
  readonly managedSecrets?: ManagedSecrets;
}

interface Workshop {
  readonly stack: TierStack;
  readonly environment: Environment;
  readonly tier: Tier;
  readonly parts: AppParts;
}

/** Where the data volume is mounted on the server that carries PostgreSQL. */
export const dataMount = '/mnt/database';

/** Port on which servers behind a balancer take requests. */
export const balancedPort = 80;

/** What app servers run: the app, what stands before it, the pooler beside it, and PostgreSQL where it shares the server. */
export function appPayload(shop: Workshop, app: AppServers): Payload {
  const postgres = postgresHere(shop);
  return {
    app: container(shop),
    ...registry(shop),
    entrance: entrance(shop, app),
    pooler: pooler(shop),
    ...(postgres === undefined ? {} : { postgres }),
  };
}

function container({ stack, environment, parts }: Workshop): AppContainer {
  const { image, port, healthPath, settings, secrets } = environment.app;
  const { managedSecrets } = parts;
  const given = managedSecrets === undefined ? secrets.map((name) => [name, appSecret(stack, name)] as const) : [];
  return {
    image,
    port,
    healthPath,
    settings: { ...settings, ...plainEndpoints(parts) },
    secrets: { ...Object.fromEntries(given), ...secretEndpoints(parts) },
    ...(managedSecrets === undefined ? {} : { managedSecrets }),
  };
}

function appSecret(stack: Workshop['stack'], name: string): string {
  return secretVariable(stack, {
    id: `secret_${name.toLowerCase()}`,
    what: `the secret ${name}`,
    otherwise: `or take ${name} out of app.secrets`,
  });
}

/** Credentials for a private image; the password is a variable like every secret. */
function registry({ stack, environment }: Workshop): Pick<Payload, 'registry'> {
  const given = environment.app.registry;
  if (given === undefined) return {};
  const otherwise = 'or take app.registry out of the environment file';
  return {
    registry: {
      ...given,
      password: secretVariable(stack, { id: 'registry_password', what: `the password of ${given.username} at ${given.server}`, otherwise }),
    },
  };
}

function plainEndpoints({ cache, inference, storage, frontend }: Workshop['parts']): Record<string, string> {
  return {
    ...(cache?.cluster === true ? { REDIS_CLUSTER: 'true' } : {}),
    ...(inference === undefined ? {} : { INFERENCE_URL: inference.url }),
    ...(storage === undefined
      ? {}
      : { STORAGE_BUCKET: storage.bucket, STORAGE_ENDPOINT: storage.endpoint, STORAGE_REGION: storage.region }),
    ...(frontend === undefined ? {} : { ASSETS_URL: frontend.url }),
  };
}

function secretEndpoints({ cache, storage }: Workshop['parts']): Record<string, string> {
  return {
    ...(cache === undefined ? {} : { REDIS_URL: cache.uri }),
    ...(storage === undefined ? {} : { STORAGE_ACCESS_KEY_ID: storage.accessKeyId, STORAGE_SECRET_ACCESS_KEY: storage.secretAccessKey }),
  };
}

function entrance({ environment }: Workshop, app: AppServers): Entrance {
  return app.exposure === 'direct'
    ? { kind: 'automatic-tls', domain: environment.domain }
    : { kind: 'behind-load-balancer', port: balancedPort };
}

function pooler({ parts, tier }: Workshop): Pooler {
  if (parts.database === undefined) return { upstream: { kind: 'local' } };
  const { host, port, name, user, password, owner } = parts.database;
  const readers = parts.readers === undefined ? {} : { readers: { ...parts.readers, database: owner.database } };
  return { upstream: { kind: 'remote', host, port, database: name, user, password, owner, ...readers }, poolSize: share(tier) };
}

/** Each app server's part of the platform's pool, with a fifth left for a server that joins or is being replaced. */
function share(tier: Workshop['tier']): number {
  const database = component(tier, 'database');
  const app = component(tier, 'app-servers');
  const pool = database?.hosting.hosting === 'managed' ? database.hosting.poolSize : 20;
  return Math.max(1, Math.floor((pool * 0.8) / mostServers(app)));
}

function mostServers(app: ComponentOf<'app-servers'> | undefined): number {
  if (app === undefined) return 1;
  return 'fixed' in app.count ? app.count.fixed : app.count.max;
}

/**
 * A database is published on its server's private address from the first day, because to publish it later would start it anew. The firewall lets
 * nobody in before a promotion, and the server only members of `terrace_remote`, of which there are none.
 */
export function inNetwork<Given extends Pick<Payload, 'postgres'>>(payload: Given, listenAddress: string | undefined): Given {
  const { postgres } = payload;
  return postgres === undefined || listenAddress === undefined ? payload : { ...payload, postgres: { ...postgres, listenAddress } };
}

function postgresHere({ stack, tier, parts }: Workshop): PostgresContainer | undefined {
  const database = component(tier, 'database');
  if (database?.hosting.hosting !== 'server') return undefined;
  return {
    version: database.version,
    mount: dataMount,
    memory: Math.floor(database.hosting.memoryGib * 1024),
    ...(database.hosting.movable === true ? { moverPassword: moverPassword(stack) } : {}),
    ...(parts.backups === undefined ? {} : { backups: parts.backups }),
  };
}
