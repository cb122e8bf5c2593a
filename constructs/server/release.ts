import { pgbackrestConf } from './backups';
import { caddyfile } from './caddyfile';
import { channelFacts } from './channel';
import { composeProject, databaseVersion } from './compose';
import { DISTRIBUTIONS } from './distributions';
import { windowTooShort } from './errors';
import { DEFAULT_TIMING, healthChecks, peerCheck } from './health';
import { databaseDockerfile, inferencePort } from './images';
import { pgbouncerIni, poolerFacts } from './pgbouncer';
import { pgHba, postgresqlConf } from './postgres';
import { serverFile } from './text';
import type { Json, JsonObject, ReleaseFile, ReleaseInput } from './types';

type Files = Record<string, ReleaseFile>;

/** Seconds in which a switch can begin: a round of terrace-pull every 20 s must fall into them. */
const ROOM = 30;

/** Form of the document; scripts of a release refuse another. */
const VERSION = 1;

/** Terrace's own scripts: they travel with every release, so that a change of them reaches servers that run already. */
const SCRIPTS: readonly (readonly [path: string, source: string])[] = [
  ['apply', 'apply.sh'],
  ['terrace-pull', 'pull.sh'],
  ['render.py', 'render.py'],
  ['rights.sql', 'rights.sql'],
  ['user.sql', 'user.sql'],
  ['lib/access.sh', 'lib/access.sh'],
  ['lib/containers.sh', 'lib/containers.sh'],
  ['lib/health.sh', 'lib/health.sh'],
  ['lib/install.sh', 'lib/install.sh'],
  ['lib/lease.py', 'lib/lease.py'],
  ['lib/lease.sh', 'lib/lease.sh'],
  ['lib/prepare.sh', 'lib/prepare.sh'],
  ['lib/secrets.sh', 'lib/secrets.sh'],
  ['lib/state.sh', 'lib/state.sh'],
  ['lib/turn.sh', 'lib/turn.sh'],
  ['bin/terrace-status', 'bin/terrace-status.sh'],
  ['bin/terrace-pooler', 'bin/terrace-pooler.sh'],
];

const DATABASE_SCRIPTS: readonly (readonly [path: string, source: string])[] = [
  ['roles.sql', 'roles.sql'],
  ['mover.sql', 'mover.sql'],
  ['no-mover.sql', 'no-mover.sql'],
  ['bin/terrace-backup', 'bin/terrace-backup.sh'],
  ['bin/terrace-restore', 'bin/terrace-restore.sh'],
];

const BACKUP_UNITS = [
  'terrace-backup-full.service',
  'terrace-backup-full.timer',
  'terrace-backup-diff.service',
  'terrace-backup-diff.timer',
];

/**
 * The release document of a server group: what `terrace-pull` fetches and `apply`, a file of it, makes true. A plain object for the caller to encode
 * as JSON, so that references in it may become any text. It holds the secrets it was given and no others.
 *
 * The texts in it that are ours hold no `${` and no `%{`; a caller escapes only what its user wrote.
 */
export function releaseDocument(input: ReleaseInput): JsonObject {
  return {
    version: VERSION,
    environment: input.environment,
    group: input.group,
    servers: input.servers.map(({ name, address }) => ({ name, address: address ?? null })),
    timing: timing(input),
    lease: leaseFacts(input),
    app: appFacts(input),
    ...environmentOf(input),
    compose: composeProject(input),
    ...composeFacts(input),
    checks: healthChecks(input).map((check) => ({ ...check })),
    peerCheck: peerCheck(input),
    pooler: input.pooler ? poolerFacts(input.pooler) : null,
    database: databaseFacts(input),
    model: modelFacts(input),
    registry: input.registry ? { ...input.registry } : null,
    adminKeys: { ...input.adminKeys },
    channelKeys: channelFacts(input),
    files: { ...releaseFiles(input) } as unknown as JsonObject,
  };
}

/** Turns matter only in a group of several. */
function timing({ timing: given, servers, lease }: ReleaseInput): JsonObject {
  const window = given?.window ?? DEFAULT_TIMING.window;
  const healthLimit = given?.healthLimit ?? DEFAULT_TIMING.healthLimit;
  const least = Math.ceil((7 * healthLimit) / 3) + ROOM;
  if ((servers.length > 1 || lease !== undefined) && window < least) throw windowTooShort(window, healthLimit, least);
  return { window, healthLimit };
}

/** Seconds after which the store lists every claim that is older: a request ends after five, and its times are whole seconds. */
const SETTLE = 10;

function leaseFacts({ lease }: ReleaseInput): Json {
  return lease ? { settle: SETTLE, ...lease } : null;
}

function appFacts({ app }: ReleaseInput): Json {
  return app ? { image: app.image, port: app.port, healthPath: app.healthPath } : null;
}

/** Where servers take Docker Compose from that have no package of it. */
function composeFacts({ distribution = 'ubuntu' }: ReleaseInput): JsonObject {
  const { composeImage } = DISTRIBUTIONS[distribution];
  return composeImage === undefined ? {} : { composeImage };
}

/** What the app's container finds in its environment; DATABASE_URL is added on the server, which alone knows the password. */
function environmentOf({ app, inference }: ReleaseInput): JsonObject {
  if (app === undefined) return {};
  const defaults = { PORT: `${app.port}`, ...(inference && { INFERENCE_URL: `http://inference:${inferencePort}/v1` }) };
  return {
    settings: { ...defaults, ...app.settings },
    secrets: { ...app.secrets },
    ...(app.managedSecrets && { managedSecrets: { ...app.managedSecrets, ids: { ...app.managedSecrets.ids } } }),
  };
}

/** The role of `mover.sql`. */
const MOVER = 'terrace_mover';

function databaseFacts({ postgres }: ReleaseInput): Json {
  if (postgres === undefined) return null;
  const { mount, backups, moverPassword } = postgres;
  return { mount, backups: backups !== undefined, ...(moverPassword !== undefined && { mover: { user: MOVER, password: moverPassword } }) };
}

function modelFacts({ inference }: ReleaseInput): Json {
  if (inference === undefined) return null;
  const { url, file, sha256 } = inference.model;
  return { url, file, sha256: sha256 ?? null };
}

function releaseFiles(input: ReleaseInput): Files {
  return { ...scripts(SCRIPTS), ...entranceFiles(input), ...poolerFiles(input), ...databaseFiles(input) };
}

function scripts(list: typeof SCRIPTS): Files {
  return Object.fromEntries(list.map(([path, source]) => [path, { content: serverFile(source), mode: '0700' }]));
}

function text(content: string): ReleaseFile {
  return { content, mode: '0644' };
}

function entranceFiles({ entrance, app }: ReleaseInput): Files {
  return entrance && app ? { 'live/caddy/Caddyfile': text(caddyfile(entrance, app)) } : {};
}

function poolerFiles(input: ReleaseInput): Files {
  const { pooler } = input;
  if (pooler === undefined) return {};
  const authority = pooler.upstream.kind === 'remote' ? pooler.upstream.authority : undefined;
  return {
    'live/pooler/pgbouncer.ini': text(pgbouncerIni(pooler)),
    ...(authority !== undefined && { 'live/pooler/authority.pem': text(authority) }),
    'live/image/Dockerfile': text(databaseDockerfile(databaseVersion(input))),
  };
}

function databaseFiles(input: ReleaseInput): Files {
  const { postgres } = input;
  if (postgres === undefined) return {};
  return {
    ...scripts(DATABASE_SCRIPTS),
    'live/postgres/postgresql.conf': text(postgresqlConf(postgres)),
    'live/postgres/pg_hba.conf': text(pgHba()),
    'live/image/Dockerfile': text(databaseDockerfile(databaseVersion(input))),
    ...(postgres.backups && { 'live/postgres/pgbackrest.conf': text(pgbackrestConf(postgres.backups)), ...backupUnits() }),
  };
}

function backupUnits(): Files {
  return Object.fromEntries(BACKUP_UNITS.map((unit) => [`units/${unit}`, text(serverFile(`units/${unit}`))]));
}
