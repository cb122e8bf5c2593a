import { blocked } from '../engine/errors';
import type { Blocker, SideName } from '../types';
import { blocker } from './blocker';
import { slot } from './catalog';
import { kick, type Link } from './links';
import { literal, MOMENT, pause } from './session';
import { SIDES, whyRefused } from './way';

/** Where each publisher stands now, with something written behind it, for which its stream moves on. */
export async function positions(links: readonly Link[]): Promise<readonly string[]> {
  const now = await Promise.all(links.map(({ publisher }) => publisher.value('select pg_current_wal_insert_lsn()::text')));
  for (const { publisher } of links) await publisher.rows(`select pg_logical_emit_message(true, 'terrace', 'drain')`);
  return now.map(String);
}

/** The streams whose other end has not confirmed everything up to a position. */
export async function notConfirmed(links: readonly Link[], wanted: readonly string[]): Promise<readonly Link[]> {
  const confirmed = await Promise.all(
    links.map(({ publisher, name }, index) =>
      publisher.value(
        `select confirmed_flush_lsn >= ${literal(String(wanted[index]))}::pg_lsn from pg_replication_slots where slot_name = $1`,
        [name],
      ),
    ),
  );
  return links.filter((_, index) => confirmed[index] !== true);
}

/** A worker confirms when something makes it look; a commit on its own server flushes what it has applied. */
export async function nudge(links: readonly Link[]): Promise<void> {
  for (const { subscriber, publisher } of links) {
    await subscriber.rows(`select pg_logical_emit_message(true, 'terrace', 'flush')`);
    await publisher.rows(`select pg_logical_emit_message(false, 'terrace', 'look')`);
  }
}

/** Milliseconds within which what is written now arrives: more than a worker sleeps that failed (wal_retrieve_retry_interval, 5 s), twice. */
const ARRIVAL = 15_000;

/** Milliseconds after which a worker that stands still is started anew. */
const STILL = 5000;

/**
 * Few bytes that wait say nothing of a stream that nobody reads. What is written now has to be confirmed, or the window would be over before it is.
 * @throws `PROMOTION_BLOCKED`
 */
export async function refuseCut(links: readonly Link[], to: SideName): Promise<void> {
  const wanted = await positions(links);
  for (let [since, kicked] = [performance.now(), performance.now()]; ; await pause(MOMENT)) {
    const left = await notConfirmed(links, wanted);
    if (left.length === 0) return;
    if (performance.now() - since > ARRIVAL) throw blocked(await Promise.all(left.map((link) => cut(link, to))));
    await nudge(left);
    if (performance.now() - kicked < STILL) continue;
    kicked = performance.now();
    for (const link of left) await kick(link);
  }
}

async function cut(link: Link, to: SideName): Promise<Blocker> {
  const { name, publisher, subscriber } = link;
  const [side, other] = [SIDES[to], SIDES[to === 'source' ? 'target' : 'source']];
  const [refused, active] = [await whyRefused(link), (await slot(publisher, name))?.active];
  const why = refused ?? (active === true ? 'something reads it' : 'nobody reads it');
  return blocker(
    'STREAM_CUT',
    `What is written on the ${other} side now does not arrive on the ${side} one: for ${ARRIVAL / 1000} s nothing of the stream ${name} was confirmed (${why}).`,
    `The log of ${subscriber.server.host}:${subscriber.server.port} says why: a firewall, pg_hba.conf or the password of its role, a row that is there already. An address or a password that has changed since: alter subscription ${name} connection '...'.`,
  );
}
