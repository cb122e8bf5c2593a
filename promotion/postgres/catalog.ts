import { SCHEMA } from './facts';
import { literal, type Row, type Session } from './session';

/** Where a drill writes its row. It belongs to the server whose backup it proves, so that it is not moved: a drill may be made in any phase. */
export const CANARY = 'public.terrace_canary';

/** Where DigitalOcean keeps what it lends its customers of a superuser's rights: functions, and extensions that those use. Each of its databases has its own. */
export const PROVIDER_SCHEMA = 'aiven_extras';

/** Of a schema `n`: not the system's, not the engine's, not the provider's. */
export const MOVED_SCHEMA = `n.nspname not in ('pg_catalog', 'information_schema', '${SCHEMA}', '${PROVIDER_SCHEMA}') and n.nspname !~ '^pg_(toast|temp)'`;

/** Of an extension `e`: neither there from the beginning nor the provider's. */
export const MOVED_EXTENSION = `e.extname not in ('plpgsql', '${PROVIDER_SCHEMA}') and e.extnamespace is distinct from to_regnamespace('${PROVIDER_SCHEMA}')`;

/** Not of the system, not of the engine, the provider or a drill, not of an extension. */
const OURS = `${MOVED_SCHEMA}
  and (n.nspname || '.' || c.relname) <> '${CANARY}'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** A table that is moved. */
export interface Table {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  /** `d` the key, `f` the whole row, `i` an index, `n` nothing: how a changed row is found on the other side. */
  readonly identity: string;
  readonly hasKey: boolean;
}

/** Everything that logical replication carries: tables and partitioned tables, by their roots. */
export async function tables(session: Session): Promise<readonly Table[]> {
  const rows =
    await session.rows(`select format('%I.%I', n.nspname, c.relname) as name, n.nspname as schema, c.relname as table, c.relreplident::text as identity,
      exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) as "hasKey"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and ${OURS} order by 1`);
  return rows as unknown as readonly Table[];
}

/** One line for each column of what is moved, in an order that is the same on both sides. */
export async function shape(session: Session): Promise<readonly string[]> {
  const rows =
    await session.rows(`select format('%I.%I.%I %s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relpersistence = 'p' and ${OURS} order by 1`);
  return rows.map(({ line }) => String(line)).toSorted();
}

/**
 * Types of moved columns whose binary form is no server's but their own, down to the elements of arrays, the attributes of composites, and what domains
 * and ranges are made of: those of extensions, those that name objects by their numbers (`regclass`), and `xml`, which is written anew on the way.
 */
const LOCAL_TYPES = `with recursive used (type) as (
    select a.atttypid from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relpersistence = 'p' and ${OURS}
    union select part from used join pg_type t on t.oid = used.type left join pg_range r on used.type in (r.rngtypid, r.rngmultitypid), lateral (
      select t.typbasetype union select case when t.typcategory = 'A' then t.typelem end union select r.rngsubtype
      union select a.atttypid from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) parts (part) where part <> 0)
  select format_type(t.oid, null) as name from used join pg_type t on t.oid = used.type
  where t.typtype = 'b' and t.typcategory <> 'A'
    and (t.typnamespace <> 'pg_catalog'::regnamespace or t.typname ~ '^(reg|xml$)' or t.typsend = 0 or t.typreceive = 0)`;

/** Whether every row can travel in binary form: half the work of text for the one that writes it and the one that reads it. */
export async function travelsInBinary(session: Session): Promise<boolean> {
  return (await session.rows(LOCAL_TYPES)).length === 0;
}

/** What one side has and the other has not. */
export function differences(source: readonly string[], target: readonly string[]): readonly string[] {
  const [here, there] = [new Set(source), new Set(target)];
  return [
    ...source.filter((line) => !there.has(line)).map((line) => `only on the old side: ${line}`),
    ...target.filter((line) => !here.has(line)).map((line) => `only on the new side: ${line}`),
  ];
}

export interface Sequence {
  readonly name: string;
  /** What it says: the number that it gave last, or the one that it gives next. */
  readonly value: bigint;
  /** Whether that number was given; not where it was set and waits. */
  readonly given: boolean;
  readonly step: bigint;
}

/** Sequences that are asked in one statement. */
const AT_ONCE = 500;

/**
 * Every sequence, those of identity columns as well, read from itself: the server's own list says nothing of one that was set and has given no number
 * since, and nothing of one that the role may not read.
 */
export async function sequences(session: Session): Promise<readonly Sequence[]> {
  const rows = await session.rows(`select format('%I.%I', n.nspname, c.relname) as name, s.seqincrement::text as step
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace where c.relpersistence <> 't' and ${OURS} order by 1`);
  const all: (readonly Sequence[])[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) all.push(await valuesOf(session, rows.slice(from, from + AT_ONCE)));
  return all.flat();
}

async function valuesOf(session: Session, named: readonly Row[]): Promise<readonly Sequence[]> {
  const steps = new Map(named.map(({ name, step }) => [String(name), BigInt(String(step))]));
  const rows = await session.rows(
    [...steps.keys()]
      .map((name) => `select ${literal(name)} as name, last_value::text as value, is_called as given from ${name}`)
      .join(' union all '),
  );
  return rows.map(({ name, value, given }) => ({
    name: String(name),
    value: BigInt(String(value)),
    given: given === true,
    step: steps.get(String(name)) ?? 1n,
  }));
}

/** Tables and sequences by their owner, of owners that the session's role is no member of: it can neither publish nor set them, nor write to them. */
export async function ofOthers(session: Session): Promise<readonly { readonly owner: string; readonly names: readonly string[] }[]> {
  const rows =
    await session.rows(`select o.rolname as owner, json_agg(format('%I.%I', n.nspname, c.relname) order by n.nspname, c.relname) as names
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles o on o.oid = c.relowner
    where c.relkind in ('r', 'p', 'S') and not c.relispartition and c.relpersistence = 'p' and ${OURS} and not pg_has_role(current_user, c.relowner, 'usage') group by 1 order by 1`);
  return rows as unknown as readonly { owner: string; names: string[] }[];
}

/** Names of roles that providers keep for themselves. */
export const SYSTEM_ROLES = '^(pg_|rds|aiven|_do|doadmin)';

/** Roles that may log in and could write: what has to be fenced. The engine's own, superusers and those that replicate are left out. */
export async function loginRoles(session: Session): Promise<readonly string[]> {
  const rows =
    await session.rows(`select rolname as name from pg_roles where rolcanlogin and not rolsuper and not rolreplication and rolname <> current_user
    and rolname !~ '${SYSTEM_ROLES}' and has_database_privilege(oid, current_database(), 'connect') order by 1`);
  return rows.map(({ name }) => String(name));
}

export interface Slot {
  readonly name: string;
  readonly active: boolean;
  readonly pid: number | null;
  readonly status: string | null;
  /** Bytes of changes that the server keeps for it. */
  readonly kept: number;
  /** Bytes at which the server gives it up (`max_slot_wal_keep_size`); null where it has no limit. */
  readonly limit: number | null;
}

export async function slot(session: Session, name: string): Promise<Slot | undefined> {
  const [row] = await session.rows(
    `select slot_name as name, active, active_pid as pid, wal_status as status, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::float8 as kept,
      (select nullif(setting, '-1')::float8 * 1048576 from pg_settings where name = 'max_slot_wal_keep_size') as limit
    from pg_replication_slots where slot_name = $1`,
    [name],
  );
  return row as unknown as Slot | undefined;
}

export interface Subscription {
  readonly name: string;
  readonly enabled: boolean;
  /** Whether rows travel in binary form. */
  readonly binary: boolean;
}

export async function subscription(session: Session, name: string): Promise<Subscription | undefined> {
  const [row] = await session.rows(
    `select subname as name, subenabled as enabled, subbinary as binary from pg_subscription where subname = $1 and subdbid = (select oid from pg_database where datname = current_database())`,
    [name],
  );
  return row as unknown as Subscription | undefined;
}

/** Tables of a subscription by the state of their copy: `r` is ready. */
export async function copyStates(session: Session, name: string): Promise<readonly { readonly table: string; readonly state: string }[]> {
  const rows: readonly Row[] = await session.rows(
    `select format('%I.%I', n.nspname, c.relname) as table, r.srsubstate::text as state from pg_subscription_rel r join pg_subscription s on s.oid = r.srsubid
    join pg_class c on c.oid = r.srrelid join pg_namespace n on n.oid = c.relnamespace where s.subname = $1 order by 1`,
    [name],
  );
  return rows as unknown as readonly { table: string; state: string }[];
}
