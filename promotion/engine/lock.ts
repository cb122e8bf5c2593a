import { hostname } from 'node:os';
import { isAlive } from '../alive';
import { pause, type Session } from '../postgres/session';
import { locked } from './errors';

/** One number for every promotion: two engines never work on one database. The server frees it when its holder's session ends. */
const LOCK = 7_201_115;

/** Milliseconds to wait for a lock whose holder may be about to go. */
const PATIENCE = 6000;

/**
 * Takes the lock of a database for as long as the session lasts.
 * A holder that is a dead process of this machine is ended: its server would notice only when it next writes to it.
 * @throws `PROMOTION_LOCKED`
 */
export async function takeLock(session: Session, patience = PATIENCE): Promise<void> {
  for (const end = performance.now() + patience; ; await pause(40)) {
    if ((await session.value('select pg_try_advisory_lock($1)', [LOCK])) === true) return;
    const holder = await holderOf(session);
    if (holder === undefined) continue;
    if (isDead(holder.name)) await session.rows('select pg_terminate_backend($1)', [holder.pid]);
    else if (performance.now() > end) throw locked(session.server, holder.name);
  }
}

/** Who holds it; undefined when nobody does. */
export async function holderOf(session: Session): Promise<{ readonly pid: number; readonly name: string } | undefined> {
  const [row] = await session.rows(
    `select a.pid, a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted and l.objid = $1 and l.classid = 0 and l.database = (select oid from pg_database where datname = current_database())`,
    [LOCK],
  );
  return row as unknown as { pid: number; name: string } | undefined;
}

function isDead(name: string): boolean {
  const [, host, pid] = /^terrace promote (\S+) (\d+)$/.exec(name) ?? [];
  if (host !== hostname().slice(0, 24) || pid === undefined) return false;
  return Number(pid) === process.pid || !isAlive(Number(pid));
}
