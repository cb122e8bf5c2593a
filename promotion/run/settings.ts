import type { Problem } from '../../values/errors';
import type { PromotionSettings, RouteSettings, SideName, SshServer } from '../engine/settings';
import type { ServerSettings } from '../postgres/session';
import type { Access, SshAccess } from './access';
import { present, type Released } from './released';

/** What a person gives in the place of the state's. */
export interface Passwords {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** Of each of several targets. What the state says goes before that of all. */
  readonly targets?: readonly (string | undefined)[];
  readonly pooler?: string | undefined;
}

/** What the settings of a move are made of. */
export interface Sources {
  readonly id: string;
  /** What the state says of each side. */
  readonly old: Released;
  readonly new: Released;
  /** What the state says of each shard of the new side, in the order of their ranges. @default - there is one server, of which the release says it */
  readonly shards?: readonly Partial<ServerSettings>[] | undefined;
  /** Bytes that the new side has for the database, where its configuration or the state says so. */
  readonly room?: number | undefined;
  /** Bytes of the disk that the old side has now. */
  readonly disk?: number | undefined;
  readonly access: Access;
  readonly passwords: Passwords;
  readonly journal: string;
}

/** Settings, or everything that they lack. */
export type Derived = { readonly settings: PromotionSettings } | { readonly missing: readonly Problem[] };

/** The settings of a move of the database, from what the state says, and what a person has given where it says nothing. */
export function derive(sources: Sources): Derived {
  const { id, old, access, passwords, journal } = sources;
  const source = merged(old.database, access.source, passwords.source);
  const targets = targetsOf(sources);
  const missing = [...lacking(source, 'source'), ...targets.flatMap((target, index) => lackingAt(target, index, targets.length))];
  if (missing.length > 0) return { missing };
  return {
    settings: {
      ...roomOf(sources),
      ...keyOf(access),
      ...access.more,
      id,
      source: source as ServerSettings,
      targets: targets as readonly ServerSettings[],
      ...rolesOf(access, old),
      route: routeOf(sources),
      journal,
    },
  };
}

/** One server, or several: what the state says of each, with a person's in its place. */
function targetsOf({ new: next, shards, access, passwords }: Sources): readonly Partial<ServerSettings>[] {
  const known = shards ?? (access.targets ?? [{}]).map(() => next.database);
  if (known.length === 1) return known.map((each) => merged(each, access.targets?.[0], passwords.target));
  return known.map((each, index) =>
    merged({ ...present({ password: passwords.target }), ...each }, access.targets?.[index], passwords.targets?.[index]),
  );
}

/** The column that the plan was told of. */
function keyOf({ facts }: Access): Pick<PromotionSettings, 'shardKey'> {
  return facts?.shardKey === undefined ? {} : { shardKey: facts.shardKey };
}

/** What can be asked of the old side before there is a new one. @returns undefined where nobody knows yet how to reach it */
export function deriveSource({ id, old, access, passwords, journal, room, disk }: Omit<Sources, 'new'>): PromotionSettings | undefined {
  const source = merged(old.database, access.source, passwords.source);
  if (lacking(source, 'source').length > 0) return undefined;
  const roles = rolesOf(access, old);
  const known = { ...roomOf({ room, disk }), ...keyOf(access), ...access.more, ...roles };
  return { ...known, id, source: source as ServerSettings, targets: [], route: { kind: 'none' }, journal };
}

/** What the configuration says, before a person says more. */
function roomOf({ room, disk }: Pick<Sources, 'room' | 'disk'>): Pick<PromotionSettings, 'targetDiskBytes' | 'sourceDiskBytes'> {
  return { ...(room === undefined ? {} : { targetDiskBytes: room }), ...(disk === undefined ? {} : { sourceDiskBytes: disk }) };
}

/** Those that a person names, else the one that the release names. */
function rolesOf({ more }: Access, { appRole }: Released): Pick<PromotionSettings, 'appRoles'> {
  if (more.appRoles !== undefined) return { appRoles: more.appRoles };
  return appRole === undefined ? {} : { appRoles: [appRole] };
}

/** The state's, with a person's in their place. */
function merged(
  known: Partial<ServerSettings>,
  given: Partial<ServerSettings> | undefined,
  password: string | undefined,
): Partial<ServerSettings> {
  return { ...known, ...given, ...(password === undefined ? {} : { password }) };
}

type Needed = 'host' | 'port' | 'database' | 'user';

const remedies: Readonly<Record<Needed, string>> = {
  host: 'The state names no address. Give one that this machine reaches, such as the near end of a tunnel; where the other side reaches it by another, give that as peer.',
  port: 'The state names no port.',
  database: 'The state names no database. Give the one that the app uses.',
  user: 'The database runs beside the app, so that only its server knows a role that may replicate. Make one (a member of terrace_remote with replication and createrole), and give its password as TERRACE_SOURCE_PASSWORD.',
};

/** Of the new side: whose password, depends on how many there are. */
function lackingAt(target: Partial<ServerSettings>, index: number, count: number): readonly Problem[] {
  const [where, name] = count === 1 ? ['target', 'TERRACE_TARGET_PASSWORD'] : [`targets.${index}`, `TERRACE_TARGET_${index + 1}_PASSWORD`];
  return lacking(target, where, {
    ...remedies,
    user: `The state names nobody who may make tables and subscriptions there. Give one, and the password as ${name}.`,
  });
}

function lacking(server: Partial<ServerSettings>, where: string, texts = remedies): readonly Problem[] {
  return (['host', 'port', 'database', 'user'] as const)
    .filter((name) => server[name] === undefined || Number.isNaN(server[name]))
    .map((name) => ({ code: 'PROMOTION_ACCESS', where: `${where}.${name}`, message: texts[name] }));
}

/** Through what leads the app: what a person names, else the poolers of the servers that the releases name. */
function routeOf({ id, old, new: next, access: { route, ssh }, passwords: { pooler: password } }: Sources): RouteSettings {
  if (route === undefined) return sshRoute(id, old, next, ssh ?? { program: 'ssh', user: 'root', options: [], hosts: {} });
  if (route.kind !== 'pgbouncer' || password === undefined) return route;
  return { ...route, poolers: route.poolers.map((pooler) => ({ ...pooler, console: { ...pooler.console, password } })) };
}

/** Where neither side names a server, something else leads the app. */
function sshRoute(id: string, old: Released, next: Released, { program, user, options, hosts }: SshAccess): RouteSettings {
  const servers = [...reached(old, 'source', poolerFiles(next), hosts), ...reached(next, 'target', poolerFiles(old), hosts)];
  return servers.length === 0 ? { kind: 'none' } : { kind: 'ssh', id, program, user, options, servers };
}

function reached(
  { servers }: Released,
  own: SideName,
  files: SshServer['files'] | undefined,
  hosts: SshAccess['hosts'],
): readonly SshServer[] {
  return servers.flatMap(({ name, address }) => {
    const host = hosts[name] ?? address;
    return host === undefined ? [] : [{ name, host, own, ...(files === undefined ? {} : { files }) }];
  });
}

/** A pooler's folder as a server writes it itself (`render.py`); a database beside its app is within no other server's reach. */
function poolerFiles({ pooler, upstream }: Released): Readonly<Record<string, string>> | undefined {
  if (upstream['kind'] !== 'remote') return undefined;
  const readers = upstream['readers'] as { readonly hosts: readonly string[] } | undefined;
  const lines = [
    line('app', upstream),
    ...(readers === undefined ? [] : [line('app_reader', { ...upstream, ...readers, host: readers.hosts.join(',') })]),
  ];
  return { ...pooler, 'upstream.ini': lines.join('') };
}

function line(name: string, facts: Readonly<Record<string, unknown>>): string {
  const words = (
    [
      ['host', 'host'],
      ['port', 'port'],
      ['dbname', 'database'],
      ['user', 'user'],
      ['password', 'password'],
    ] as const
  ).map(([word, key]) => `${word}='${String(facts[key]).replaceAll("'", "''")}'`);
  return `${name} = ${words.join(' ')}\n`;
}
