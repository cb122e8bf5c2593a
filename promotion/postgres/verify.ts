import { unsettled } from '../engine/errors';
import { tables } from './catalog';
import { openSession, pause, type Session } from './session';

/** Sessions that see both sides as they were while nothing wrote. */
export interface Twins {
  readonly source: readonly Session[];
  readonly target: readonly Session[];
}

/** Text looks the same on both sides whatever their servers' settings are. */
const PLAIN = `set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'`;

/** Milliseconds that reading one table may take. */
const READ = 3_600_000;

async function reader(session: Session, snapshot: boolean): Promise<Session> {
  const own = await openSession(session.server);
  await own.rows(PLAIN);
  if (snapshot) await own.rows('begin transaction isolation level repeatable read read only; select 1');
  return own;
}

/** Opens a view of both sides. Taken in the window, it needs no writes to be held back while it is read. */
export async function openTwins(source: readonly Session[], target: readonly Session[], snapshot = true): Promise<Twins> {
  const open = (sessions: readonly Session[]): Promise<readonly Session[]> =>
    Promise.all(sessions.map((session) => reader(session, snapshot)));
  const [first, second] = await Promise.all([open(source), open(target)]);
  return { source: first, target: second };
}

export function closeTwins(twins: Twins | undefined): void {
  for (const session of [...(twins?.source ?? []), ...(twins?.target ?? [])]) session.close();
}

/** Types of the system's whose hash is the same on every server; numbers of enums, for one, are not. */
const HASHABLE = `{int2,int4,int8,text,varchar,bpchar,bool,date,time,timestamp,timestamptz,uuid,bytea,numeric}`;

/** The row as a whole, also where it has a column of the alias's name. */
async function summand(session: Session, table: string): Promise<string> {
  const other = await session.value(
    `select count(*)::int from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = t.typnamespace
    where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and not (n.nspname = 'pg_catalog' and t.typname = any($2::name[]))`,
    [table, HASHABLE],
  );
  return other === 0 ? 'hash_record_extended(x.*, 0)::numeric' : 'hashtextextended((x.*)::text, 0)::numeric';
}

/** What a table holds, as rows for each of some buckets. Sums over shards are the sum of the whole. */
type Digest = ReadonlyMap<string, Held>;

type Held = readonly [rows: bigint, sum: bigint];

const NOTHING: Held = [0n, 0n];

/** By how much two sides differ in one bucket, as text; undefined where they do not. */
function difference(here: Digest, there: Digest, bucket: string): string | undefined {
  const [first, second] = [here.get(bucket) ?? NOTHING, there.get(bucket) ?? NOTHING];
  const [rows, sum] = [first[0] - second[0], first[1] - second[1]];
  return rows === 0n && sum === 0n ? undefined : `${rows} ${sum}`;
}

function told(held: Held | undefined): string {
  return held === undefined ? 'no rows' : `${held[0]} rows, sum ${held[1]}`;
}

async function digest(sessions: readonly Session[], table: string, of: string, buckets: number): Promise<Digest> {
  const bucket = buckets === 1 ? '0' : `hashtextextended(${await keyText(sessions, table)}, 0) & ${buckets - 1}`;
  const parts = await Promise.all(
    sessions.map((session) =>
      session.rows(
        `select (${bucket})::text as bucket, count(*)::text as rows, coalesce(sum(${of}), 0)::text as hash from ${table} x group by 1`,
        undefined,
        READ,
      ),
    ),
  );
  const sums = new Map<string, Held>();
  for (const { bucket: key, rows, hash } of parts.flat()) {
    const [count, sum] = sums.get(String(key)) ?? NOTHING;
    sums.set(String(key), [count + BigInt(String(rows)), sum + BigInt(String(hash))]);
  }
  return sums;
}

/** A row keeps its bucket while its values change, where it has a key. */
async function keyText(sessions: readonly Session[], table: string): Promise<string> {
  const columns = await sessions[0]?.value(
    `select string_agg(format('x.%I::text', a.attname), ' || ''/'' || ' order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = $1::regclass and i.indisprimary`,
    [table],
  );
  return typeof columns === 'string' ? columns : '(x.*)::text';
}

/** Tables whose rows differ between two views of the same moment. A table that is whole on every shard is compared with each of them. */
export async function differing(twins: Twins, split: (table: string) => boolean): Promise<readonly string[]> {
  const [first] = twins.source;
  if (first === undefined) return [];
  const found: string[] = [];
  for (const { name, table } of await tables(first)) {
    const of = await summand(first, name);
    for (const side of split(table) ? [twins.target] : twins.target.map((session) => [session])) {
      const [here, there] = await Promise.all([digest(twins.source, name, of, 1), digest(side, name, of, 1)]);
      if (difference(here, there, '0') !== undefined)
        found.push(`${name}: ${told(here.get('0'))} on the old side, ${told(there.get('0'))} on the new side`);
    }
  }
  return found;
}

/** Parts of a table that are looked at one by one while writes go on. */
const BUCKETS = 256;

/**
 * Compares while writes go on, where the views of one moment were lost with the engine: parts that differ are looked at again, until each was
 * equal once. Rows that are on their way arrive, so that only a real difference stays as it is.
 * @param milliseconds how long to look at one table again
 * @throws `PROMOTION_UNSETTLED` where nothing differs for good, and something was written so often that it was never seen equal
 */
export async function converging(twins: Twins, split: (table: string) => boolean, milliseconds = 60_000): Promise<readonly string[]> {
  const [first] = twins.source;
  if (first === undefined) return [];
  const found: Record<Settled, string[]> = { same: [], different: [], moving: [] };
  for (const { name, table } of await tables(first)) {
    for (const side of split(table) ? [twins.target] : twins.target.map((session) => [session]))
      found[await settles(twins.source, side, name, milliseconds)].push(name);
  }
  if (found.different.length === 0 && found.moving.length > 0) throw unsettled([...new Set(found.moving)], milliseconds / 1000);
  return [...found.different, ...found.moving].map((name) => `${name}: still different`);
}

type Settled = 'same' | 'different' | 'moving';

/** The differences of one part, each with when it was first seen, and last. */
type Seen = Map<string, readonly [first: number, last: number]>;

/** The time begins with the first look, which takes as long as the table is large. */
async function settles(source: readonly Session[], target: readonly Session[], table: string, milliseconds: number): Promise<Settled> {
  const of = await summand(source[0] as Session, table);
  let [open, end]: [ReadonlyMap<string, Seen> | undefined, number] = [undefined, Infinity];
  for (;;) {
    const [here, there] = await Promise.all([digest(source, table, of, BUCKETS), digest(target, table, of, BUCKETS)]);
    const now = performance.now();
    const left = new Map<string, Seen>();
    for (const key of open?.keys() ?? new Set([...here.keys(), ...there.keys()])) {
      const apart = difference(here, there, key);
      if (apart === undefined) continue;
      const seen: Seen = open?.get(key) ?? new Map();
      left.set(key, seen.set(apart, [seen.get(apart)?.[0] ?? now, now]));
    }
    open = left;
    if (left.size === 0) return 'same';
    if (now > end) return [...left.values()].some((seen) => lasts(seen, milliseconds / 2)) ? 'different' : 'moving';
    end = Math.min(end, now + milliseconds);
    await pause(40);
  }
}

/** What is on its way is another difference with each look; rows that are missing are the same one again, also while others come and go. */
function lasts(seen: Seen, milliseconds: number): boolean {
  return [...seen.values()].some(([first, last]) => last - first > milliseconds);
}
