import { randomUUID } from 'node:crypto';
import { CANARY } from '../postgres/catalog';
import { type Session, utc } from '../postgres/session';

/** A row that is written before a restore and looked for in it. */
export interface Canary {
  readonly id: string;
  /** When its commit was acknowledged, by the clock of this machine, in milliseconds. */
  readonly writtenAt: number;
  /** When it was written by the clock of the database, ISO 8601. */
  readonly stamp: string;
  /** The segment of the log that holds it, where the server says so. */
  readonly segment: string | undefined;
}

/** Rows that are older are removed: Assumption: a quarter is as far back as anybody looks. */
const KEPT_DAYS = 90;

/** Writes a canary through the connection of the app, in a table of its own. */
export async function writeCanary(session: Session): Promise<Canary> {
  const id = randomUUID();
  await session.rows(`create table if not exists ${CANARY} (id uuid primary key, written_at timestamptz not null default now())`);
  const stamp = String(await session.value(`insert into ${CANARY} (id) values ($1) returning ${utc('written_at')}`, [id]));
  const writtenAt = Date.now();
  await session.rows(`delete from ${CANARY} where written_at < now() - interval '${KEPT_DAYS} days'`);
  const segment = await session.value('select pg_walfile_name(pg_current_wal_insert_lsn())').catch(() => undefined);
  return { id, writtenAt, stamp, segment: typeof segment === 'string' ? segment : undefined };
}

/** Whether the segment that holds it has been archived; undefined where the server does not say. */
export async function isArchived(session: Session, { segment }: Canary): Promise<boolean | undefined> {
  const last = await session.value('select last_archived_wal from pg_stat_archiver').catch(() => undefined);
  return segment === undefined || typeof last !== 'string' ? undefined : last >= segment;
}

/** Whether it is among what was restored. */
export async function findsCanary(session: Session, { id }: Canary): Promise<boolean> {
  return (await session.value(`select count(*)::int from ${CANARY} where id = $1`, [id]).catch(() => 0)) === 1;
}
