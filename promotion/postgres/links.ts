import { head, type Work } from '../engine/work';
import type { SideName } from '../engine/settings';
import { slotLost, tookTooLong } from '../engine/errors';
import { copyStates, slot, subscription, tables, travelsInBinary } from './catalog';
import { sqlState } from './facts';
import { identifier, literal, pause, peerConnection, type Session } from './session';
import { dialectOf } from './dialect';
import { major } from './servers';
import { shardFilter } from './shards';

/** One stream of changes from a server to a server. The subscription on one end and the slot on the other share its name. */
export interface Link {
  readonly name: string;
  readonly publication: string;
  readonly publisher: Session;
  readonly subscriber: Session;
  /** Which shard the stream is for, and of how many. */
  readonly shard: { readonly index: number; readonly count: number };
}

/** All streams that go to a side: one, or one for each shard. */
export function linksTo(work: Work, to: SideName): readonly Link[] {
  const targets = work.sides.target;
  const source = head(work, 'source');
  return targets.map((target, index) => ({
    name: `terrace_to_${to}_${index}`,
    publication: to === 'target' ? `terrace_source_${index}` : 'terrace_target',
    publisher: to === 'target' ? source : target,
    subscriber: to === 'target' ? target : source,
    shard: { index, count: targets.length },
  }));
}

/** What a publication holds: every table. Where tables are split, a shard gets its rows of them, and a table that is whole everywhere comes back from the first shard only. */
async function published(
  work: Work,
  { publisher, shard }: Link,
  forward: boolean,
): Promise<readonly { readonly name: string; readonly entry: string }[]> {
  const keys = shard.count > 1 ? (work.settings.shardKeys ?? {}) : {};
  const all = await tables(publisher);
  if (!forward) return all.filter(({ table }) => shard.index === 0 || keys[table] !== undefined).map(({ name }) => ({ name, entry: name }));
  return all.map(({ name, table }) => {
    const key = keys[table];
    return { name, entry: key === undefined ? name : `${name} where (${shardFilter(key, shard.index, shard.count)})` };
  });
}

/** Whether a publication names exactly the tables that it should. */
export async function isPublished(work: Work, link: Link, forward: boolean): Promise<boolean> {
  const [found, wanted] = [await publishedNow(link), await published(work, link, forward)];
  return found.size === wanted.length && wanted.every(({ name }) => found.has(name));
}

/** Tables that a publication names. */
async function publishedNow({ publisher, publication }: Link): Promise<ReadonlySet<string>> {
  const rows = await publisher.rows(`select format('%I.%I', schemaname, tablename) as name from pg_publication_tables where pubname = $1`, [
    publication,
  ]);
  return new Set(rows.map(({ name }) => String(name)));
}

/** Milliseconds for which apps may wait while a publication waits for those who write to its new tables. */
const WRITERS_WAIT = 1000;

/**
 * Names the tables in a publication. Where it is made anew while apps write, it waits for those who write to a table that comes in: servers older
 * than the minor releases of May 2025 (13.21 to 17.5) forget such changes (pgsql-hackers, "long-standing data loss bug in initial sync of logical
 * replication").
 */
export async function publish(work: Work, link: Link, forward: boolean): Promise<void> {
  if (await isPublished(work, link, forward)) return;
  const { publication, publisher } = link;
  const [all, there] = [await published(work, link, forward), await publishedNow(link)];
  const fresh = there.size === 0 ? [] : all.filter(({ name }) => !there.has(name)).map(({ name }) => name);
  await publisher.rows(
    [
      `begin; set local lock_timeout = '${WRITERS_WAIT}ms'`,
      ...fresh.map((name) => `lock table ${name} in share row exclusive mode`),
      `drop publication if exists ${publication}`,
      `create publication ${publication} for table ${all.map(({ entry }) => entry).join(', ')} with (publish_via_partition_root = true)`,
      'commit',
    ].join('; '),
  );
}

/**
 * Subscribes with a copy of what is there; the server makes the slot. A table that comes in later is emptied first: an earlier try may have left
 * rows of its own in it, which would be there twice.
 */
export async function subscribe(work: Work, link: Link): Promise<void> {
  const [sub, kept] = [await subscription(link.subscriber, link.name), await slot(link.publisher, link.name)];
  if (kept?.status === 'lost' || (sub !== undefined && kept === undefined)) throw slotLost(link.name);
  // A slot alone is what a try left behind that died between the two servers.
  if (sub === undefined && kept !== undefined) await dropSlot(link);
  const dialect = dialectOf(link.subscriber);
  const binary = await binaryBetween(link);
  if (sub === undefined) return await dialect.create({ ...creation(link), copy: true, binary, createSlot: true, enabled: true });
  if (sub.binary && !binary) await dialect.asText(link.name);
  const fresh = await unsubscribed(work, link);
  if (fresh.length === 0) return;
  for (const table of fresh) if (await hasRows(link.subscriber, table)) await link.subscriber.rows(`truncate ${table}`);
  await dialect.refresh(link.name);
}

/** The first major whose copies travel in binary form (release notes of PostgreSQL 16, "Logical Replication"). */
const BINARY_SINCE = 16;

async function binaryBetween({ publisher, subscriber }: Link): Promise<boolean> {
  const majors = await Promise.all([publisher, subscriber].map(major));
  return majors.every((each) => each >= BINARY_SINCE) && (await travelsInBinary(publisher));
}

async function hasRows(session: Session, table: string): Promise<boolean> {
  return (await session.value(`select exists (select from ${table})`)) === true;
}

/** Whether a subscription and its slot are there and know every table; one that was made later is taken in by a refresh. */
export async function isSubscribed(work: Work, link: Link): Promise<boolean> {
  const sub = await subscription(link.subscriber, link.name);
  if (sub === undefined || (await slot(link.publisher, link.name)) === undefined) return false;
  // A column that came in meanwhile may be of a type that has no binary form.
  if (sub.binary && !(await binaryBetween(link))) return false;
  return (await unsubscribed(work, link)).length === 0;
}

/** Published tables that a subscription does not know. */
async function unsubscribed(work: Work, link: Link): Promise<readonly string[]> {
  const known = new Set((await copyStates(link.subscriber, link.name)).map(({ table }) => table));
  return (await published(work, link, true)).map(({ name }) => name).filter((name) => !known.has(name));
}

/** A fresh slot, which holds nothing of before, and a subscription that does not run yet. */
export async function prepareLink(link: Link, reach: (point: string) => void): Promise<void> {
  await dropLink(link);
  reach('reversible.cleaned');
  await link.publisher.rows(`select pg_create_logical_replication_slot(${literal(link.name)}, 'pgoutput')`);
  reach('reversible.slot');
  await dialectOf(link.subscriber).create({ ...creation(link), copy: false, binary: false, createSlot: false, enabled: false });
}

/** What a subscription is made of. */
export function creation({ name, publication, publisher }: Link): {
  readonly name: string;
  readonly connection: string;
  readonly publication: string;
} {
  return { name, connection: peerConnection(publisher.server), publication };
}

export async function enable(link: Link): Promise<void> {
  if ((await subscription(link.subscriber, link.name))?.enabled === false) await dialectOf(link.subscriber).enable(link.name);
}

/** Takes a stream away at both ends; nothing happens where there is none. */
export async function dropLink(link: Link): Promise<void> {
  if ((await subscription(link.subscriber, link.name)) !== undefined) await dialectOf(link.subscriber).drop(link.name);
  await dropSlot(link);
}

/** Ends whoever reads from the slot, which a worker notices only after a second by itself. */
async function dropSlot({ publisher, name }: Link): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; await pause(10)) {
    const kept = await slot(publisher, name);
    if (kept === undefined) return;
    if (kept.pid !== null) await publisher.rows('select pg_terminate_backend($1)', [kept.pid]);
    else if (await dropped(publisher, name)) return;
  }
  throw tookTooLong(`dropping the slot ${name}`, 10_000);
}

/** In use again (55006) or gone meanwhile (42704) is no fault: the caller looks again. */
async function dropped(publisher: Session, name: string): Promise<boolean> {
  try {
    await publisher.rows('select pg_drop_replication_slot($1)', [name]);
    return true;
  } catch (error) {
    if (['55006', '42704'].includes(sqlState(error))) return false;
    throw error;
  }
}

/** A worker that sits in a dead connection, or sleeps before it tries again, starts anew at once. */
export async function kick({ subscriber, name }: Link): Promise<void> {
  await subscriber
    .rows('select pg_terminate_backend(pid) from pg_stat_subscription where subname = $1 and pid is not null', [name])
    .catch(() => undefined);
}

export async function dropPublication(session: Session, publication: string): Promise<void> {
  await session.rows(`drop publication if exists ${identifier(publication)}`);
}
