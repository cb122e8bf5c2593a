import { programFailed } from '../engine/errors';
import type { PromotionSettings } from '../engine/settings';
import { CANARY, PROVIDER_SCHEMA, SYSTEM_ROLES } from './catalog';
import { belongings, clearMade } from './clear';
import { MAKE_FACTS, SCHEMA } from './facts';
import { endDeadEngines } from './fence';
import type { LateKeys } from './keys';
import { findProgram, outputOf } from './programs';
import { copySettings } from './role-settings';
import { identifier, literal, openSession, type Session } from './session';

/** A schema as SQL: what must be there before rows arrive, and what is made faster afterwards. */
export interface SchemaText {
  readonly before: string;
  /** Keys of large tables, which are made as soon as a table's rows are there. @default - none */
  readonly keys?: LateKeys;
  readonly after: string;
}

/** Milliseconds that a dump of a schema may take. */
const DUMP = 120_000;

/** Reads the schema with the server's own program, which alone knows every kind of object. @param large tables whose keys are made after their rows */
export async function dumpSchema(settings: PromotionSettings, large?: ReadonlySet<string>): Promise<SchemaText> {
  if (settings.schema !== undefined) return settings.schema;
  const program = findProgram('pg_dump');
  if (program === undefined) throw programFailed('pg_dump', 'it is not installed: apt-get install postgresql-client');
  const options = [
    '--schema-only',
    '--no-tablespaces',
    '--no-publications',
    '--no-subscriptions',
    `--exclude-schema=${SCHEMA}`,
    `--exclude-schema=${PROVIDER_SCHEMA}`,
    `--exclude-table=${CANARY}`,
  ];
  const section = (name: string): Promise<string> => outputOf(settings.source, program, [...options, `--section=${name}`], DUMP);
  const [before, after] = await Promise.all([section('pre-data'), section('post-data')]);
  return splitKeys(clean(before), clean(after), large);
}

/** Commands of psql, which guard a dump against a forged server, what only the owner of a system object may say, and extensions of the provider's own schema. */
const SKIPPED = new RegExp(
  String.raw`^(\\(un)?restrict .*|CREATE SCHEMA public;|COMMENT ON (EXTENSION|SCHEMA public) .*|ALTER SCHEMA public OWNER TO .*|SELECT pg_catalog\.set_config\('search_path', '', false\);|CREATE EXTENSION .* WITH SCHEMA ${PROVIDER_SCHEMA};)$`,
  'gm',
);

/** A schema that holds an extension stays when an earlier try is taken away, because the extension does. */
function clean(sql: string): string {
  return sql.replaceAll(SKIPPED, '').replaceAll(/^CREATE SCHEMA (?!IF )/gm, 'CREATE SCHEMA IF NOT EXISTS ');
}

/** A name as a dump writes it, with or without its schema. */
const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s";])+`;

/** Primary keys and unique constraints find changed rows, so they come before any change; indexes made afterwards save a quarter of the time. */
const KEY = new RegExp(String.raw`^ALTER TABLE (?:ONLY )?(${NAME})\s+ADD CONSTRAINT ${NAME} (?:PRIMARY KEY|UNIQUE)[^;]*;$`, 'gm');
const IDENTITY = new RegExp(String.raw`^ALTER TABLE (?:ONLY )?${NAME} REPLICA IDENTITY USING INDEX (${NAME});$`, 'gm');
const UNIQUE = new RegExp(String.raw`^CREATE UNIQUE INDEX (${NAME}) [^;]*;$`, 'gm');

/** @param large tables whose keys are made after their rows */
export function splitKeys(before: string, after: string, large: ReadonlySet<string> = new Set()): SchemaText {
  const keys = [...after.matchAll(KEY)].map(([statement, table = '']) => ({ statement, table }));
  const identities = [...after.matchAll(IDENTITY)].map(([statement, index = '']) => ({ statement, index }));
  const indexes = [...after.matchAll(UNIQUE)].filter(([, name]) => identities.some(({ index }) => index === name));
  const late: Record<string, string[]> = {};
  for (const { statement, table } of keys) if (large.has(table)) (late[table] ??= []).push(statement.slice(0, -1));
  const early = [...keys.filter(({ table }) => !large.has(table)), ...indexes.map(([statement]) => ({ statement })), ...identities];
  return {
    before: [before, ...early.map(({ statement }) => statement)].join('\n'),
    keys: late,
    after: [...keys, ...early].reduce((rest, { statement }) => rest.replace(statement, () => ''), after),
  };
}

/**
 * Makes the schema and says so, in one transaction: there is no half. The late part is kept beside it, for a run that never saw the dump.
 * @returns settings of roles that the new side does not take
 */
export async function restoreSchema(
  target: Session,
  roles: readonly string[],
  text: SchemaText,
  id: string,
  source: Session,
): Promise<readonly string[]> {
  const refused = await makeRoles(target, roles, source);
  // What an earlier try has left, that was given up half way.
  await clearMade(target);
  const [named, before] = [await owned(text, target, source), JSON.stringify(await belongings(target))];
  await alone(
    target,
    `begin; ${named.before}\n${MAKE_FACTS}
    insert into ${SCHEMA}.facts values ('promotion', ${literal(id)}), ('later', ${literal(named.after)}), ('keys', ${literal(JSON.stringify(text.keys ?? {}))}), ('before', ${literal(before)}), ('schema', 'made') on conflict (name) do update set value = excluded.value; commit`,
  );
  return refused;
}

/** Whether the session's role may do everything. */
export async function isSuperuser(session: Session): Promise<boolean> {
  return (await session.value('select rolsuper from pg_roles where rolname = current_user')) === true;
}

/**
 * Roles of the old side that can own nothing on the new one: superusers, where the engine is none there, and those that were not made there, because a
 * provider keeps them for itself.
 */
export async function strangers(source: Session, target: Session): Promise<ReadonlySet<string>> {
  const [roles, made] = await Promise.all([
    source.rows('select rolname as name, rolsuper as strong from pg_roles'),
    target.rows('select rolname as name from pg_roles'),
  ]);
  const [free, there] = [await isSuperuser(target), new Set(made.map(({ name }) => name))];
  return new Set(roles.filter(({ name, strong }) => !there.has(name) || (strong === true && !free)).map(({ name }) => String(name)));
}

/** What belongs to a stranger on the old side belongs to the engine's role on the new one, what there is and what such a role will make. */
async function owned(text: SchemaText, target: Session, source: Session): Promise<SchemaText> {
  const away = await strangers(source, target);
  const drop = (sql: string): string =>
    rightsOfOurs(
      sql
        .replaceAll(/^ALTER .* OWNER TO ("?)([^";]+)\1;$/gm, (line, _, name: string) => (away.has(name) ? '' : line))
        .replaceAll(/^(ALTER DEFAULT PRIVILEGES )FOR ROLE ("?)([^";]+?)\2 /gm, (line, start: string, _, name: string) =>
          away.has(name) ? start : line,
        ),
      away,
    );
  return { ...text, before: drop(text.before), after: drop(text.after) };
}

/** A right that a stranger was given is nobody's; one that a stranger has passed on comes from the owner. */
export function rightsOfOurs(sql: string, away: ReadonlySet<string>): string {
  return sql
    .replaceAll(
      /^SET SESSION AUTHORIZATION ("?)([^";]+?)\1;\n(.*\n)RESET SESSION AUTHORIZATION;$/gm,
      (whole, _, name: string, line: string) => (away.has(name) ? line : whole),
    )
    .replaceAll(
      /^(?:ALTER DEFAULT PRIVILEGES .*|)(?:GRANT|REVOKE) .* (?:TO|FROM) ("?)([^";]+?)\1(?: WITH GRANT OPTION)?;$/gm,
      (line, _, name: string) => (away.has(name) ? '' : line),
    );
}

/** Rights as a program wrote them down, less what no server takes. */
export async function giveRights(target: Session, sql: string): Promise<void> {
  await alone(target, clean(sql));
}

/** Indexes that need no other, as a dump writes them; those of partitions are put together in order. */
const INDEX = /^CREATE (?:UNIQUE )?INDEX (?!ONLY)\S+ ON (?!ONLY )[^;]*;$/gm;

/** Indexes that are made at once. */
const AT_ONCE = 2;

/** Indexes, foreign keys, triggers: after the rows. An index is whole or not there, so that each may be made by itself, and two at once. */
export async function restoreLater(target: Session, later: string): Promise<void> {
  await endDeadEngines(target);
  const left = [...(later.match(INDEX) ?? [])];
  const rest = left.reduce((text, statement) => text.replace(statement, () => ''), later);
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      await alone(target, `set maintenance_work_mem = '256MB'; ${next.replace(/ INDEX /, () => ' INDEX IF NOT EXISTS ')}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await alone(
    target,
    `begin; set local maintenance_work_mem = '256MB';\n${rest}\ninsert into ${SCHEMA}.facts values ('indexed', 'done') on conflict (name) do update set value = excluded.value; commit`,
  );
}

/** A connection of its own, because a dump changes settings of its session. */
async function alone(target: Session, sql: string): Promise<void> {
  const session = await openSession(target.server);
  try {
    // A copy of the rows is read from here on by nobody else, so that hours are no fault.
    await session.rows(`set lock_timeout = 0; set search_path = ''; ${sql}`, undefined, 6 * 3_600_000);
  } finally {
    session.close();
  }
}

/**
 * Every role of the old side, none of which may log in before the new side is opened. Passwords come from where secrets are kept, never from here.
 * @returns settings of theirs that the new side does not take
 */
export async function makeRoles(target: Session, appRoles: readonly string[], source: Session): Promise<readonly string[]> {
  const wanted = await source.rows(
    `select rolname as name, rolinherit as inherit from pg_roles where rolname !~ '${SYSTEM_ROLES}' and not rolsuper and not rolreplication order by 1`,
  );
  const present = new Set((await target.rows('select rolname as name from pg_roles')).map(({ name }) => String(name)));
  const missing = wanted.filter(({ name }) => !present.has(String(name)));
  for (const { name, inherit } of missing)
    await target.rows(`create role ${identifier(String(name))} nologin ${inherit === true ? 'inherit' : 'noinherit'}`);
  for (const name of appRoles) await target.rows(`alter role ${identifier(name)} nologin`);
  const names = new Set(wanted.map(({ name }) => String(name)));
  await makeMemberships(target, source, names);
  return await copySettings(source, target, names);
}

async function makeMemberships(target: Session, source: Session, ours: ReadonlySet<string>): Promise<void> {
  const rows = await source.rows(
    'select r.rolname as role, m.rolname as member from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member',
  );
  for (const { role, member } of rows)
    if (ours.has(String(role)) && ours.has(String(member)))
      await target.rows(`grant ${identifier(String(role))} to ${identifier(String(member))}`);
  // Who is no superuser makes objects for other owners only as their member.
  if (!(await isSuperuser(target))) for (const name of ours) await target.rows(`grant ${identifier(name)} to current_user`);
}
