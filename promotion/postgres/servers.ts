import type { Blocker } from '../types';
import { blocker } from './blocker';
import type { Session } from './session';

/** The first number of a server's version. */
export async function major(session: Session): Promise<number> {
  return Math.floor(Number(await session.value(`select current_setting('server_version_num')`)) / 10_000);
}

/** Refuses a new side that is older than the old one, and an old side that is older than what the engine needs. */
export async function versions(source: Session, targets: readonly Session[]): Promise<readonly Blocker[]> {
  return versionBlockers(await major(source), await Promise.all(targets.map(major)));
}

/** Majors of the old side and of every new server. */
export function versionBlockers(from: number, all: readonly number[]): readonly Blocker[] {
  const old = all
    .filter((to) => to < from)
    .map((to) =>
      blocker(
        'OLDER_MAJOR',
        `The new side runs PostgreSQL ${to}, the old one ${from}: an older server cannot take everything of a newer one.`,
        `Make the new side with PostgreSQL ${from} or later.`,
      ),
    );
  return from < 14
    ? [
        ...old,
        blocker('TOO_OLD', `The old side runs PostgreSQL ${from}; what the comparison needs came with 14.`, 'Upgrade it in place first.'),
      ]
    : old;
}

/** What a server calls itself, by whatever address it is reached; undefined where it does not tell. */
export async function systemOf(session: Session): Promise<string | undefined> {
  const id = await session.value('select system_identifier::text from pg_control_system()').catch(() => undefined);
  return typeof id === 'string' ? id : undefined;
}

interface Identity {
  /** What it calls itself, else its address. */
  readonly system: string;
  /** Since when it runs: two servers of one name were copied from one another. */
  readonly since: string;
  readonly database: string;
}

async function identity(session: Session): Promise<Identity> {
  const { host, port, database } = session.server;
  const since = await session.value('select pg_postmaster_start_time()::text');
  return { system: (await systemOf(session)) ?? `${host}:${port}`, since: String(since), database };
}

/** One database on both sides, also by two addresses. */
function sameServer(from: Identity, to: readonly Identity[]): readonly Blocker[] {
  if (!to.some(({ system, database }) => system === from.system && database === from.database)) return [];
  return [
    blocker(
      'SAME_SERVER',
      'The old and the new side are the same database of the same server.',
      'Give the address of the new tier as target.',
    ),
  ];
}

/** Whether this says that both sides are one. */
export function isSameServer({ code }: Blocker): boolean {
  return code === 'PROMOTION_SAME_SERVER';
}

/** The slot of a table's copy is named after the subscription, the table and the server's identifier: pg_16390_sync_16385_7000000000000000000. */
function copiedServers(to: readonly Identity[]): readonly Blocker[] {
  if (!to.some((one) => to.some((other) => one.system === other.system && one.since !== other.since))) return [];
  return [
    blocker(
      'COPIED_SERVERS',
      'Two of the new servers have one system identifier: they were copied from one another, or restored from one backup. Each would take the slots of the other for its own, and rows would be missing.',
      'Make each of them anew (initdb, or a new instance).',
    ),
  ];
}

/** Servers that are not what they are taken for: found before the locks, which would be taken on the wrong ones. */
export async function identities(source: Session, targets: readonly Session[]): Promise<readonly Blocker[]> {
  const [from, to] = await Promise.all([identity(source), Promise.all(targets.map(identity))]);
  return [...sameServer(from, to), ...copiedServers(to)];
}
