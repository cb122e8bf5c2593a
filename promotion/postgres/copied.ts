import type { Work } from '../engine/work';
import { grouped } from '../../values/grouped';
import { copyStates, tables } from './catalog';
import type { Link } from './links';
import type { Session } from './session';
import { isSplit } from './shards';

/** How far all copies are. Rows are the server's own estimate; none where it has never counted. */
export interface Copied {
  readonly ready: number;
  readonly tables: number;
  readonly rows: number;
  readonly totalRows: number;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Undefined until there is a rate. */
  readonly secondsLeft?: number | undefined;
}

interface Size {
  readonly bytes: number;
  readonly rows: number;
}

/** Of a table and its partitions, together with what lies beside it for being long. */
const SIZES = `select t.name, coalesce((select sum(pg_table_size(p.relid)) from pg_partition_tree(t.name::regclass) p), pg_table_size(t.name::regclass))::float8 as bytes,
  coalesce((select sum(greatest(c.reltuples, 0)) from pg_partition_tree(t.name::regclass) p join pg_class c on c.oid = p.relid),
    (select greatest(c.reltuples, 0) from pg_class c where c.oid = t.name::regclass))::float8 as rows
from unnest($1::text[]) t (name) where to_regclass(t.name) is not null`;

async function sizes(session: Session, names: readonly string[]): Promise<ReadonlyMap<string, Size>> {
  const rows = await session.rows(SIZES, [names]);
  return new Map(rows.map(({ name, bytes, rows: count }) => [String(name), { bytes: Number(bytes), rows: Number(count) }]));
}

/** Tables that are copied whole, whatever still follows. */
const WHOLE: ReadonlySet<string> = new Set(['f', 's', 'r']);

/** Measures copies against what the old side holds when they are first looked at. */
export async function copyMeter(work: Work, links: readonly Link[]): Promise<() => Promise<Copied>> {
  const source = work.sides.source[0] as Session;
  const all = await tables(source);
  const split = isSplit(work);
  const held = await sizes(
    source,
    all.map(({ name }) => name),
  );
  /** What one link has to carry of a table. */
  const share = new Map(
    all.map(({ name, table }) => {
      const { bytes, rows } = held.get(name) ?? { bytes: 0, rows: 0 };
      const parts = split(table) ? links.length : 1;
      return [name, { bytes: bytes / parts, rows: rows / parts }] as const;
    }),
  );
  const total = sum([...share.values()]);
  let begun: { readonly bytes: number; readonly at: number } | undefined;
  return async () => {
    const each = await Promise.all(links.map((link) => linkCopied(link, share)));
    const { bytes, rows } = sum(each);
    begun ??= { bytes, at: performance.now() };
    const [totalBytes, totalRows] = [total.bytes * links.length, total.rows * links.length];
    return {
      ready: each.reduce((count, { ready }) => count + ready, 0),
      tables: each.reduce((count, { count: some }) => count + some, 0),
      rows: Math.round(rows),
      totalRows: Math.round(totalRows),
      bytes: Math.round(bytes),
      totalBytes: Math.round(totalBytes),
      secondsLeft: secondsLeft(bytes - begun.bytes, totalBytes - bytes, performance.now() - begun.at),
    };
  };
}

/** Rows and bytes that running copies have read. The size of a table would be more exact, and waits behind the key that waits for the copy. */
const RUNNING = `select format('%I.%I', n.nspname, c.relname) as name, p.tuples_processed::float8 as rows, p.bytes_processed::float8 as bytes
from pg_stat_progress_copy p join pg_class c on c.oid = p.relid join pg_namespace n on n.oid = c.relnamespace where p.command = 'COPY FROM'`;

async function linkCopied(
  { subscriber, name }: Link,
  share: ReadonlyMap<string, Size>,
): Promise<Size & { readonly ready: number; readonly count: number }> {
  const [states, running] = await Promise.all([copyStates(subscriber, name), subscriber.rows(RUNNING)]);
  const now = new Map(running.map((row) => [String(row['name']), { rows: Number(row['rows']), bytes: Number(row['bytes']) }]));
  const parts = states.map(({ table, state }) => {
    const whole = share.get(table) ?? { bytes: 0, rows: 0 };
    return WHOLE.has(state) ? whole : partOf(whole, now.get(table));
  });
  return { ...sum(parts), ready: states.filter(({ state }) => state === 'r').length, count: states.length };
}

/** What is dead on the old side is not copied, so that a copy may end before it is the whole. What was read is text, which is as long as a table only about. */
function partOf(whole: Size, read: Size = { bytes: 0, rows: 0 }): Size {
  const rows = Math.min(read.rows, whole.rows);
  return { rows, bytes: whole.rows === 0 ? Math.min(read.bytes, whole.bytes) : whole.bytes * (rows / whole.rows) };
}

function sum(all: readonly Size[]): Size {
  return all.reduce((one, other) => ({ bytes: one.bytes + other.bytes, rows: one.rows + other.rows }), { bytes: 0, rows: 0 });
}

/** Seconds for what is left, at the rate until now; undefined while there is none. */
export function secondsLeft(done: number, left: number, milliseconds: number): number | undefined {
  return done <= 0 || milliseconds < 500 ? undefined : Math.ceil(((left / done) * milliseconds) / 1000);
}

/** The same as a person reads it. */
export function copiedLine({ ready, tables: count, rows, totalRows, bytes, totalBytes, secondsLeft: left }: Copied): string {
  return [
    `${ready} of ${count} tables copied`,
    ...(totalRows === 0 ? [] : [`${grouped(rows)} of about ${grouped(totalRows)} rows`]),
    `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`,
    ...(left === undefined ? [] : [`about ${left} s left`]),
  ].join(', ');
}

function megabytes(bytes: number): string {
  return bytes < 1e7 ? (bytes / 1e6).toFixed(1) : grouped(bytes / 1e6);
}
