import { blocker } from './blocker';
import { major, versions } from './servers';
import type { Blocker } from '../types';
import type { PromotionSettings } from '../engine/settings';
import { head, type Work } from '../engine/work';
import { MOVED_EXTENSION, ofOthers, slot, tables, type Table } from './catalog';
import { rightsOf, useRights } from './dialect';
import { fact } from './facts';
import { largeObjects, prepared } from './leaving';
import { linksTo } from './links';
import { findProgram, output } from './programs';
import { identifier, type Row, type Session } from './session';
import { shardKeys } from './shard-keys';
import { closedWays, closedWaysThere } from './way';
import { writers } from './writers';

/** Everything that forbids the move by logical replication, of both servers. Changes nothing. */
export async function preflight(work: Work): Promise<readonly Blocker[]> {
  const all = await visible(work);
  // What is tried on the servers is tried where nothing else is in the way.
  if (all.length > 0) return all;
  const [there, back] = [
    closedWaysThere(linksTo(work, 'target'), work.reach),
    closedWays(linksTo(work, 'source'), 'source', false, work.reach),
  ];
  return (await Promise.all([there, back])).flat();
}

/** As much of it as is seen without trying anything. */
export async function visible(work: Work): Promise<readonly Blocker[]> {
  const [source, { settings }] = [head(work, 'source'), work];
  const found = await Promise.all([
    ...common(work),
    cannotReplicate(work),
    settings.schema === undefined ? client(source, 'pg_dump') : [],
    shardKeys(source, settings.shardKeys, settings.targets.length),
  ]);
  return found.flat();
}

/** What the old side alone says against a move, before there is a new one. @param shards how many servers the new side will have */
export async function sourcePreflight(work: Work, method: 'dump' | 'replication', shards: number): Promise<readonly Blocker[]> {
  const source = head(work, 'source');
  const own = [...common(work), client(source, 'pg_dump')];
  const replicated = method === 'dump' ? [] : [cannotReplicate(work), shardKeys(source, work.settings.shardKeys, shards)];
  return (await Promise.all([...own, ...replicated])).flat();
}

/** What forbids every way of moving a database. */
export function common(work: Work): readonly Promise<readonly Blocker[]>[] {
  const [source, targets] = [head(work, 'source'), work.sides.target];
  return [
    versions(source, targets),
    ownership(work),
    ...[...work.sides.source, ...work.sides.target].map((session) => mayHoldBack(session, sideOf(work, session))),
    prepared(source, 'old'),
    writers(source, work),
    extensions(source, targets),
    room(source, work.settings),
    ...targets.map((target, index) => empty(target, work.settings.id, index)),
  ];
}

const LARGE =
  'Move them into bytea columns or into object storage, or move by dump (a fact: databaseMove: dump; with --settings: kind: dump).';

/** What forbids logical replication alone: a dump carries it. */
export async function cannotReplicate(work: Work): Promise<readonly Blocker[]> {
  const source = head(work, 'source');
  const rights = [...work.sides.source, ...work.sides.target].map((session) => mayReplicate(session, sideOf(work, session)));
  return (
    await Promise.all([
      ...rights,
      owners(source),
      changes(source),
      contents(source),
      carried(work),
      largeObjects(source, 'old', LARGE),
      slots(work),
    ])
  ).flat();
}

function sideOf({ sides }: Work, session: Session): 'old' | 'new' {
  return sides.source.includes(session) ? 'old' : 'new';
}

/** A promotion that already runs keeps what it began; another one has to end first. */
async function ownership({ settings, sides }: Work): Promise<readonly Blocker[]> {
  const told = await Promise.all([...sides.source, ...sides.target].map((session) => fact(session, 'promotion')));
  return [...new Set(told.filter((id) => id !== undefined && id !== settings.id))].map((id) =>
    blocker('ALREADY_PROMOTING', `The promotion ${id} is under way here.`, `Finish it, or give it up: terrace promote abandon (${id}).`),
  );
}

async function roleOf(session: Session): Promise<Row> {
  const [row = {}] =
    await session.rows(`select rolsuper as super, rolreplication as replication, rolcreaterole as roles, pg_has_role(current_user, 'pg_signal_backend', 'usage') as signal,
      exists (select from pg_roles r where r.rolname = 'rds_replication' and pg_has_role(current_user, r.oid, 'usage')) as managed from pg_roles where rolname = current_user`);
  return row;
}

/** The old side subscribes too, and the new one is read: that is the way back. */
async function mayReplicate(session: Session, side: string): Promise<readonly Blocker[]> {
  const { user } = session.server;
  const [may, role] = [await rightsOf(session), await roleOf(session)];
  useRights(session, may);
  return [
    ...(may === 'none'
      ? [
          blocker(
            'NO_SUBSCRIPTIONS',
            `${user} may not subscribe on the ${side} side.`,
            'Grant it pg_create_subscription (PostgreSQL 16), rds_superuser (RDS), or create the extension aiven_extras (DigitalOcean); otherwise move by dump (a fact: databaseMove: dump; with --settings: kind: dump).',
          ),
        ]
      : []),
    ...(role['super'] !== true && role['replication'] !== true && role['managed'] !== true
      ? [
          blocker(
            'NO_REPLICATION',
            `${user} may not replicate on the ${side} side.`,
            `alter role ${user} replication, or grant rds_replication.`,
          ),
        ]
      : []),
  ];
}

/** A fence takes logins away and ends sessions. */
async function mayHoldBack(session: Session, side: string): Promise<readonly Blocker[]> {
  const { user } = session.server;
  const role = await roleOf(session);
  if (role['super'] === true) return [];
  return [
    ...(role['signal'] !== true
      ? [blocker('NO_SIGNAL', `${user} may not end the app's sessions on the ${side} side.`, `grant pg_signal_backend to ${user}.`)]
      : []),
    ...(role['roles'] !== true
      ? [
          blocker(
            'NO_ROLES',
            `${user} may not change roles on the ${side} side, so it cannot hold the app's writes back.`,
            `alter role ${user} createrole.`,
          ),
        ]
      : []),
  ];
}

/** The old side's tables are published and its sequences set by who owns them, or is a member of the owner. */
async function owners(source: Session): Promise<readonly Blocker[]> {
  const { user } = source.server;
  return (await ofOthers(source)).map(({ owner, names }) =>
    blocker(
      'NOT_OWNER',
      `${listed(names)} on the old side ${names.length === 1 ? 'belongs' : 'belong'} to ${owner}, of which ${user} is no member: it can neither publish nor keep up to date what is not its own.`,
      `grant ${identifier(owner)} to ${identifier(user)}; or give them to an owner of which it is one: alter table ... owner to ...`,
    ),
  );
}

/** The first few of many. */
function listed(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** Whether the server writes what logical replication reads. */
async function changes(source: Session): Promise<readonly Blocker[]> {
  if ((await source.value('show wal_level')) === 'logical') return [];
  return [
    blocker(
      'WAL_LEVEL',
      'The old side does not write what logical replication reads (wal_level).',
      'Set wal_level = logical and restart it (RDS: rds.logical_replication = 1 and a reboot).',
    ),
  ];
}

async function contents(source: Session): Promise<readonly Blocker[]> {
  const all = await tables(source);
  const bare = all
    .filter(cannotFindRows)
    .map(({ name }) =>
      blocker(
        'NO_IDENTITY',
        `${name} has nothing to find a changed row by on the other side.`,
        `alter table ${name} replica identity full; or give it a primary key.`,
      ),
    );
  return all.length === 0 ? [blocker('NO_TABLES', 'The old side holds no table.', 'Give the database that the app uses as source.')] : bare;
}

/** What makes rows arrive twice, or stay behind without a word. */
async function carried({ sides }: Work): Promise<readonly Blocker[]> {
  const [source] = sides.source as [Session];
  const triggers = await source.rows(
    `select t.tgname as name, t.tgrelid::regclass::text as table from pg_trigger t where not t.tgisinternal and t.tgenabled in ('A', 'R') and t.tgrelid = any($1::regclass[]) order by 2, 1`,
    [(await tables(source)).map(({ name }) => name)],
  );
  const hidden = (
    await Promise.all([
      hides(source, 'row_security_active(c.oid)'),
      ...sides.target.map(async (target) => ((await seesAll(target)) ? [] : hides(source, 'c.relforcerowsecurity'))),
    ])
  ).flat();
  return [
    ...triggers.map(({ name, table }) =>
      blocker(
        'TRIGGER_ALWAYS',
        `The trigger ${String(name)} of ${String(table)} fires for rows that arrive, too, and would do its work on both sides.`,
        `alter table ${String(table)} enable trigger ${String(name)}; set it back to what it was after contract.`,
      ),
    ),
    ...[...new Set(hidden)].map((table) =>
      blocker(
        'ROW_SECURITY',
        `Row level security of ${table} holds for the engine's role too: rows that it hides would stay behind, and no comparison would miss them.`,
        `Let the role pass it on both sides (alter role ... bypassrls, or a member of the owner), or for the time of the move: alter table ${table} no force row level security.`,
      ),
    ),
  ];
}

async function hides(source: Session, condition: string): Promise<readonly string[]> {
  const found = await source.rows(
    `select c.oid::regclass::text as name from pg_class c where c.oid = any($1::regclass[]) and ${condition} order by 1`,
    [(await tables(source)).map(({ name }) => name)],
  );
  return found.map(({ name }) => String(name));
}

async function seesAll(target: Session): Promise<boolean> {
  return (await target.value('select rolsuper or rolbypassrls from pg_roles where rolname = current_user')) === true;
}

function cannotFindRows({ identity: way, hasKey }: Table): boolean {
  return way === 'n' || (way === 'd' && !hasKey);
}

async function extensions(source: Session, targets: readonly Session[]): Promise<readonly Blocker[]> {
  const needed = await source.rows(
    `select e.extname as name, e.extversion as version from pg_extension e where ${MOVED_EXTENSION} order by 1`,
  );
  const offered = await Promise.all(
    targets.map((target) => target.rows('select name, default_version as version from pg_available_extensions')),
  );
  return needed.flatMap(({ name, version }) => {
    const there = offered.map((rows) => rows.find((row) => row['name'] === name));
    if (there.includes(undefined))
      return [
        blocker(
          'EXTENSION',
          `The new side does not offer the extension ${String(name)}.`,
          'Choose a provider or version that has it, or drop it on the old side.',
        ),
      ];
    const older = there.map((row) => String(row?.['version'])).find((each) => isOlder(each, String(version)));
    return older === undefined
      ? []
      : [
          blocker(
            'EXTENSION_OLDER',
            `The new side offers ${String(name)} ${older}, the old one uses ${String(version)}: what came since would be missing.`,
            'Choose a provider or version that has it.',
          ),
        ];
  });
}

/** Versions are numbers between dots; of others nobody can say. */
function isOlder(version: string, than: string): boolean {
  if (![version, than].every((each) => /^\d+(\.\d+)*$/.test(each))) return false;
  const [here, there] = [version.split('.').map(Number), than.split('.').map(Number)];
  const differs = there.findIndex((part, index) => part !== (here[index] ?? 0));
  return differs >= 0 && (here[differs] ?? 0) < (there[differs] ?? 0);
}

/** Rows, indexes and the changes that wait take room on the way: the reference's factor is 1.5. */
async function room(source: Session, { targetDiskBytes }: PromotionSettings): Promise<readonly Blocker[]> {
  if (targetDiskBytes === undefined) return [];
  const size = Number(await source.value('select pg_database_size(current_database())::float8'));
  if (size * 1.5 <= targetDiskBytes) return [];
  return [
    blocker(
      'DISK',
      `The data takes ${size} bytes and needs 1.5 times that on the new side, which has ${targetDiskBytes}.`,
      'Make the new side with a larger disk. Where it has more than that, say so (targetDiskBytes).',
    ),
  ];
}

async function slots(work: Work): Promise<readonly Blocker[]> {
  const found: Blocker[] = [];
  for (const side of ['source', 'target'] as const)
    for (const session of work.sides[side]) {
      const needed = linksTo(work, side === 'source' ? 'target' : 'source').filter(({ publisher }) => publisher === session);
      const missing = (await Promise.all(needed.map(({ name }) => slot(session, name)))).filter((kept) => kept === undefined).length;
      const free = Number(
        await session.value(`select current_setting('max_replication_slots')::int - count(*)::int from pg_replication_slots`),
      );
      const senders = Number(
        await session.value(`select current_setting('max_wal_senders')::int - count(*)::int from pg_stat_replication`),
      );
      if (Math.min(free, senders) < missing)
        found.push(
          blocker(
            'SLOTS',
            `The ${side === 'source' ? 'old' : 'new'} side has ${Math.max(0, Math.min(free, senders))} free slots for replication and needs ${missing}.`,
            'Raise max_replication_slots and max_wal_senders, or drop slots that nobody reads.',
          ),
        );
      if (side === 'target' && (await session.value('show wal_level')) !== 'logical')
        found.push(
          blocker(
            'NO_WAY_BACK',
            'The new side does not write what logical replication reads (wal_level), so there would be no way back.',
            'Set wal_level = logical there and restart it.',
          ),
        );
    }
  return found;
}

/** A program of PostgreSQL reads servers up to its own major. */
export async function client(source: Session, name: 'pg_dump' | 'pg_restore'): Promise<readonly Blocker[]> {
  const program = findProgram(name);
  const version = program === undefined ? undefined : Number(/(\d+)/.exec(await output(program, ['--version'], 10_000))?.[1]);
  return clientBlockers(name, version, await major(source));
}

/** @param version of the program that is installed here; undefined where none is */
export function clientBlockers(name: string, version: number | undefined, server: number): readonly Blocker[] {
  if (version === undefined) return [blocker('NO_CLIENT', `${name} is not installed here.`, 'apt-get install postgresql-client.')];
  return version < server
    ? [
        blocker(
          'CLIENT_OLD',
          `${name} here is of ${version}, the old side runs ${server}.`,
          `Install the client programs of PostgreSQL ${server} or later.`,
        ),
      ]
    : [];
}

/** A target is empty, or holds what this promotion made. */
async function empty(target: Session, id: string, index: number): Promise<readonly Blocker[]> {
  if ((await fact(target, 'promotion')) === id) return [];
  const large = Number(await target.value('select count(*)::int from pg_largeobject_metadata'));
  const found = [...(await tables(target)).map(({ name }) => name), ...(large > 0 ? [`${large} large objects`] : [])];
  if (found.length === 0) return [];
  return [
    blocker(
      'TARGET_NOT_EMPTY',
      `The new side (server ${index + 1}) already holds ${listed(found)}, which this promotion did not make.`,
      `Give an empty database, because nothing is ever overwritten. If nobody needs what it holds: drop database ${identifier(target.server.database)}; create database ${identifier(target.server.database)}.`,
    ),
  ];
}
