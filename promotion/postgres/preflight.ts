import { blocker } from './blocker';
import { major, versions } from './servers';
import type { Blocker } from '../types';
import type { PromotionSettings } from '../engine/settings';
import { head, type Work } from '../engine/work';
import { slot, tables, type Table } from './catalog';
import { rightsOf, useRights } from './dialect';
import { fact } from './facts';
import { linksTo } from './links';
import { findProgram, output } from './programs';
import { appRoles } from './roles';
import { identifier, type Row, type Session } from './session';

/** Everything that forbids the move by logical replication, of both servers. Changes nothing. */
export async function preflight(work: Work): Promise<readonly Blocker[]> {
  const [source, { settings }] = [head(work, 'source'), work];
  const found = await Promise.all([
    ...common(work),
    cannotReplicate(work),
    settings.schema === undefined ? client(source, 'pg_dump') : [],
    shardKeys(source, settings),
  ]);
  return found.flat();
}

/** What forbids every way of moving a database. */
export function common(work: Work): readonly Promise<readonly Blocker[]>[] {
  const [source, targets] = [head(work, 'source'), work.sides.target];
  return [
    versions(source, targets),
    ownership(work),
    ...[...work.sides.source, ...work.sides.target].map((session) => mayHoldBack(session, sideOf(work, session))),
    prepared(source),
    others(source),
    holdable(source, work),
    extensions(source, targets),
    room(source, work.settings),
    ...targets.map((target, index) => empty(target, work.settings.id, index)),
  ];
}

/** What forbids logical replication alone: a dump carries it. */
export async function cannotReplicate(work: Work): Promise<readonly Blocker[]> {
  const source = head(work, 'source');
  const rights = [...work.sides.source, ...work.sides.target].map((session) => mayReplicate(session, sideOf(work, session)));
  return (await Promise.all([...rights, changes(source), contents(source), slots(work)])).flat();
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
            'Grant it pg_create_subscription (PostgreSQL 16), rds_superuser (RDS), or create the extension aiven_extras (DigitalOcean); otherwise move by dump (kind: dump).',
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

async function prepared(source: Session): Promise<readonly Blocker[]> {
  const count = Number(await source.value('select count(*)::int from pg_prepared_xacts where database = current_database()'));
  return count === 0
    ? []
    : [
        blocker(
          'PREPARED_TRANSACTIONS',
          `${count} prepared transactions wait on the old side and would outlive the fence.`,
          'Commit or roll back each of them: select gid from pg_prepared_xacts.',
        ),
      ];
}

/** What writes without logging in: taking logins away does not hold it back. */
async function others(source: Session): Promise<readonly Blocker[]> {
  const streams = await source.rows(
    `select subname as name from pg_subscription where subenabled and subname !~ '^terrace_to_' and subdbid = (select oid from pg_database where datname = current_database()) order by 1`,
  );
  const jobs =
    (await source.value(`select to_regclass('cron.job') is not null`)) === true
      ? Number(await source.value('select count(*)::int from cron.job where active').catch(() => 0))
      : 0;
  return [
    ...streams.map(({ name }) =>
      blocker(
        'OTHER_WRITERS',
        `The subscription ${String(name)} writes to the old side and cannot be held back.`,
        `alter subscription ${String(name)} disable, and subscribe anew on the new side afterwards.`,
      ),
    ),
    ...(jobs > 0
      ? [
          blocker(
            'OTHER_WRITERS',
            `${jobs} jobs of pg_cron may write to the old side and cannot be held back.`,
            'update cron.job set active = false, and schedule them on the new side afterwards.',
          ),
        ]
      : []),
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
  const large = Number(await source.value('select count(*)::int from pg_largeobject_metadata'));
  const found =
    all.length === 0 ? [blocker('NO_TABLES', 'The old side holds no table.', 'Give the database that the app uses as source.')] : bare;
  return large === 0
    ? found
    : [
        ...found,
        blocker(
          'LARGE_OBJECTS',
          `${large} large objects do not travel by logical replication.`,
          'Move them into bytea columns or into object storage, or move by dump (kind: dump).',
        ),
      ];
}

function cannotFindRows({ identity: way, hasKey }: Table): boolean {
  return way === 'n' || (way === 'd' && !hasKey);
}

async function holdable(source: Session, work: Work): Promise<readonly Blocker[]> {
  const roles = await appRoles(work);
  if (roles.length === 0)
    return [
      blocker(
        'NO_APP_ROLE',
        'No role of the app was found that could be held back.',
        'Let the app log in with a role of its own that is no superuser.',
      ),
    ];
  const rows = await source.rows(
    `select rolname as name, rolsuper as super, rolcreaterole as roles, rolname = current_user as own from pg_roles where rolname = any($1)`,
    [roles],
  );
  const missing = roles
    .filter((role) => !rows.some(({ name }) => name === role))
    .map((role) => blocker('APP_ROLE_MISSING', `There is no role ${role} on the old side.`, 'Name the roles with which the app logs in.'));
  const strong = rows.filter((row) => row['super'] === true || row['roles'] === true || row['own'] === true);
  const free = await source.rows(
    `select distinct usename as name from pg_stat_activity a join pg_roles r on r.rolname = a.usename where r.rolsuper and a.datname = current_database() and a.backend_type = 'client backend' and a.application_name !~ '^terrace' and a.pid <> pg_backend_pid() and a.state like '%transaction%'`,
  );
  return [
    ...missing,
    ...strong.map(({ name }) =>
      blocker(
        'APP_ROLE_STRONG',
        `${String(name)} is a superuser, may change roles, or is the engine's own role: it cannot be held back.`,
        'Let the app log in with a weaker role; what it makes may belong to an owner that cannot log in.',
      ),
    ),
    ...free.map(({ name }) =>
      blocker(
        'SUPERUSER_WRITES',
        `${String(name)}, a superuser, is in a transaction on the old side and cannot be held back.`,
        'End that session, or let the app log in with a weaker role.',
      ),
    ),
  ];
}

async function extensions(source: Session, targets: readonly Session[]): Promise<readonly Blocker[]> {
  const needed = (
    await source.rows(`select extname as name from pg_extension where extname not in ('plpgsql', 'aiven_extras') order by 1`)
  ).map(({ name }) => String(name));
  const offered = await Promise.all(targets.map((target) => target.rows('select name from pg_available_extensions')));
  return needed
    .filter((name) => !offered.every((rows) => rows.some((row) => row['name'] === name)))
    .map((name) =>
      blocker(
        'EXTENSION',
        `The new side does not offer the extension ${name}.`,
        'Choose a provider or version that has it, or drop it on the old side.',
      ),
    );
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
      'Make the new side with a larger disk.',
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
  if (program === undefined) return [blocker('NO_CLIENT', `${name} is not installed here.`, 'apt-get install postgresql-client.')];
  const [version, needed] = [Number(/(\d+)/.exec(await output(program, ['--version'], 10_000))?.[1]), await major(source)];
  return version < needed
    ? [
        blocker(
          'CLIENT_OLD',
          `${name} here is of ${version}, the old side runs ${needed}.`,
          `Install the client programs of PostgreSQL ${needed} or later.`,
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
      `The new side (server ${index + 1}) already holds ${found.slice(0, 3).join(', ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''}, which this promotion did not make.`,
      `Give an empty database, because nothing is ever overwritten. If nobody needs what it holds: drop database ${identifier(target.server.database)}; create database ${identifier(target.server.database)}.`,
    ),
  ];
}

/** The key decides the shard, so that a changed row must carry it, and it can never change. */
async function shardKeys(source: Session, { targets, shardKeys: keys = {} }: PromotionSettings): Promise<readonly Blocker[]> {
  if (targets.length === 1) return [];
  const all = await tables(source);
  const found: Blocker[] = Object.keys(keys)
    .filter((name) => !all.some(({ table }) => table === name))
    .map((name) => blocker('SHARD_TABLE', `There is no table ${name} to split.`, 'Correct the table in shardKeys.'));
  if (Object.keys(keys).length === 0)
    found.push(
      blocker(
        'SHARD_KEYS',
        `${targets.length} shards are given, but no table is split.`,
        'Name the column that decides the shard for each large table (shardKeys).',
      ),
    );
  for (const { name, table } of all.filter((one) => keys[one.table] !== undefined)) {
    const within = await source.value(
      `select c.relreplident = 'f' or exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) and a.attname = $2
        where i.indrelid = c.oid and case when c.relreplident = 'd' then i.indisprimary else i.indisreplident end) from pg_class c where c.oid = $1::regclass`,
      [name, keys[table]],
    );
    if (within !== true)
      found.push(
        blocker(
          'SHARD_IDENTITY',
          `A changed row of ${name} does not carry ${keys[table] ?? ''}.`,
          `create unique index concurrently ... on ${name} (<key>, ${keys[table] ?? ''}); alter table ${name} replica identity using index ...`,
        ),
      );
  }
  return found;
}
