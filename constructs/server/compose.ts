import { CADDY_IMAGE, INFERENCE_IMAGES, databaseImage, inferencePort } from './images';
import type { AppContainer, Entrance, InferenceContainer, Json, JsonObject, PostgresContainer, ReleaseInput } from './types';

/** Where a release's configuration files stand on the server; containers see this place, so that a changed file needs a reload and no new container. */
const LIVE = '/var/lib/terrace/live';
const MODELS = '/var/lib/terrace/models';
/** User and group `postgres` of PostgreSQL's Debian image. */
const POSTGRES_USER = '999:999';

/**
 * The compose file as data. Every string means what it says: the server doubles the dollar signs when it writes the file, and adds the app's
 * environment there (settings and secrets are part of the document, not of this object).
 */
export function composeProject(input: ReleaseInput): JsonObject {
  const { app, entrance, pooler, postgres, inference } = input;
  const version = databaseVersion(input);
  return {
    name: 'terrace',
    services: {
      ...(postgres && { postgres: postgresService(postgres, version) }),
      ...(pooler && { pooler: poolerService(version, postgres !== undefined) }),
      ...(inference && { inference: inferenceService(inference) }),
      ...(app && { app: appService(app) }),
      ...(entrance && { caddy: caddyService(entrance) }),
    },
    networks: { app: {}, ...(postgres && { data: {} }) },
  };
}

export function databaseVersion({ postgres }: ReleaseInput): string {
  return postgres?.version ?? '17';
}

function service(image: string, networks: readonly string[]): JsonObject {
  return { image, networks: [...networks], restart: 'unless-stopped', security_opt: ['no-new-privileges:true'] };
}

/** Without swap on top: what does not fit ends in its own container. */
function memoryLimit(mebibytes: number | undefined): JsonObject {
  return mebibytes === undefined ? {} : { mem_limit: `${mebibytes}m`, memswap_limit: `${mebibytes}m` };
}

function folder(source: string, target: string, readOnly: boolean): Json {
  // A missing folder is an error: a database must not start on the disk below an unmounted volume.
  return { type: 'bind', source, target, read_only: readOnly, bind: { create_host_path: false } };
}

function builtHere(version: string): JsonObject {
  return { image: databaseImage(version), build: { context: `${LIVE}/image` }, pull_policy: 'never' };
}

function appService(app: AppContainer): JsonObject {
  return {
    ...service(app.image, ['app']),
    init: true,
    ports: [`127.0.0.1:${app.port}:${app.port}`],
    stop_grace_period: '20s',
    ...memoryLimit(app.memory),
  };
}

function caddyService(entrance: Entrance): JsonObject {
  return {
    ...service(CADDY_IMAGE, ['app']),
    ports: entrance.kind === 'automatic-tls' ? ['80:80', '443:443', '443:443/udp'] : [`${entrance.port}:${entrance.port}`],
    volumes: [folder(`${LIVE}/caddy`, '/etc/caddy', true), folder('/var/lib/terrace/data/caddy', '/data', false)],
  };
}

function poolerService(version: string, besideDatabase: boolean): JsonObject {
  return {
    ...service(databaseImage(version), besideDatabase ? ['app', 'data'] : ['app']),
    ...builtHere(version),
    user: POSTGRES_USER,
    entrypoint: ['pgbouncer', '/etc/pgbouncer/pgbouncer.ini'],
    stop_signal: 'SIGINT',
    volumes: [folder(`${LIVE}/pooler`, '/etc/pgbouncer', true)],
  };
}

function postgresService(postgres: PostgresContainer, version: string): JsonObject {
  return {
    ...service(databaseImage(version), ['data']),
    ...builtHere(version),
    command: ['postgres', '-c', 'config_file=/etc/terrace/postgresql.conf', '-c', 'hba_file=/etc/terrace/pg_hba.conf'],
    environment: {
      PGDATA: '/var/lib/postgresql/data',
      POSTGRES_DB: 'app',
      POSTGRES_PASSWORD_FILE: '/run/terrace/superuser',
      PGBACKREST_CONFIG: '/etc/terrace/pgbackrest.conf',
    },
    volumes: [
      folder(`${postgres.mount}/postgres`, '/var/lib/postgresql', false),
      folder(`${postgres.mount}/secrets`, '/run/terrace', true),
      folder(`${LIVE}/postgres`, '/etc/terrace', true),
    ],
    ...(postgres.listenAddress !== undefined && { ports: [`${postgres.listenAddress}:5432:5432`] }),
    shm_size: '256m',
    stop_grace_period: '120s',
    ...memoryLimit(postgres.memory),
  };
}

function inferenceService(inference: InferenceContainer): JsonObject {
  return {
    ...service(inference.image ?? INFERENCE_IMAGES[inference.gpu ?? 'cpu'], ['app']),
    ...cards(inference),
    command: llamaArguments(inference),
    ports: inferencePorts(inference.listenAddress),
    volumes: [folder(MODELS, '/models', true)],
    // The first to go when the machine itself runs out of memory.
    oom_score_adj: 500,
    ...memoryLimit(inference.memory),
  };
}

/** All cards of the machine: NVIDIA's by its container toolkit, AMD's as devices (ROCm documentation, Docker, 2025). */
function cards({ gpu }: InferenceContainer): JsonObject {
  if (gpu === 'nvidia')
    return { deploy: { resources: { reservations: { devices: [{ driver: 'nvidia', count: 'all', capabilities: ['gpu'] }] } } } };
  return gpu === 'amd' ? { devices: ['/dev/kfd', '/dev/dri'], group_add: ['video', 'render'] } : {};
}

/** The health check asks on the loopback address, which 0.0.0.0 covers; a port cannot be published twice. */
function inferencePorts(address: string | undefined): string[] {
  const port = `${inferencePort}:${inferencePort}`;
  if (address === '0.0.0.0') return [port];
  return [`127.0.0.1:${port}`, ...(address === undefined ? [] : [`${address}:${port}`])];
}

function llamaArguments({ model, context, threads, parallel, gpu }: InferenceContainer): string[] {
  return [
    '--model',
    `/models/${model.file}`,
    '--host',
    '0.0.0.0',
    '--port',
    `${inferencePort}`,
    '--ctx-size',
    `${context ?? 4096}`,
    ...(threads === undefined ? [] : ['--threads', `${threads}`]),
    ...(parallel === undefined ? [] : ['--parallel', `${parallel}`]),
    // More layers than any model has: all of it on the cards.
    ...(gpu === undefined ? [] : ['--n-gpu-layers', '999']),
  ];
}
