import type { Problem } from '../../values/errors';
import type { PromotionSettings, RouteSettings } from '../engine/settings';
import type { ServerSettings } from '../postgres/session';
import type { Access } from './access';
import type { Released } from './released';

/** What the settings of a move are made of. */
export interface Sources {
  readonly id: string;
  /** What the state says of each side. */
  readonly old: Released;
  readonly new: Released;
  readonly access: Access;
  readonly passwords: { readonly source?: string | undefined; readonly target?: string | undefined; readonly pooler?: string | undefined };
  readonly journal: string;
}

/** Settings, or everything that they lack. */
export type Derived = { readonly settings: PromotionSettings } | { readonly missing: readonly Problem[] };

/** The settings of a move of the database, from what the state says, and what a person has given where it says nothing. */
export function derive({ id, old, new: next, access, passwords, journal }: Sources): Derived {
  const source = merged(old.database, access.source, passwords.source);
  const targets = (access.targets ?? [{}]).map((given) => merged(next.database, given, passwords.target));
  const missing = [...lacking(source, 'source'), ...targets.flatMap((target, index) => lacking(target, targets.length === 1 ? 'target' : `targets.${index}`))];
  if (missing.length > 0) return { missing };
  const roles = access.more.appRoles ?? (old.appRole === undefined ? undefined : [old.appRole]);
  return { settings: { ...access.more, id, source: source as ServerSettings, targets: targets as readonly ServerSettings[], ...(roles === undefined ? {} : { appRoles: roles }), route: routeOf(access, passwords.pooler), journal } };
}

/** The state's, with a person's in their place. */
function merged(known: Partial<ServerSettings>, given: Partial<ServerSettings> | undefined, password: string | undefined): Partial<ServerSettings> {
  return { ...known, ...given, ...(password === undefined ? {} : { password }) };
}

const remedies: Readonly<Record<'host' | 'port' | 'database' | 'user', string>> = {
  host: 'The state names no address. Give one that this machine reaches, such as the near end of a tunnel; where the other side reaches it by another, give that as peer.',
  port: 'The state names no port.',
  database: "The state names no database. Give the one that the app uses.",
  user: 'The database runs beside the app, so that only its server knows a role that may replicate. Make one (a member of terrace_remote with replication and createrole), and give its password as TERRACE_SOURCE_PASSWORD.',
};

function lacking(server: Partial<ServerSettings>, where: string): readonly Problem[] {
  return (['host', 'port', 'database', 'user'] as const).filter((name) => server[name] === undefined || Number.isNaN(server[name])).map((name) => ({ code: 'PROMOTION_ACCESS', where: `${where}.${name}`, message: remedies[name] }));
}

/** Through what leads the app. Without a word of it, the release of the cutover does, which takes as long as servers take to fetch it. */
function routeOf({ route }: Access, password: string | undefined): RouteSettings {
  if (route?.kind !== 'pgbouncer' || password === undefined) return route ?? { kind: 'none' };
  return { ...route, poolers: route.poolers.map((pooler) => ({ ...pooler, console: { ...pooler.console, password } })) };
}
