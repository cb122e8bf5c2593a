import { blocked } from '../engine/errors';
import type { Blocker } from '../types';
import { counted } from '../../values/counted';
import { blocker, type Side } from './blocker';
import type { Session } from './session';
import { unheld } from './writers';

/** Transactions that wait for their second half: whoever ends one after the fence writes past it. */
export async function prepared(session: Session, side: Side): Promise<readonly Blocker[]> {
  const count = await waitingTransactions(session);
  return count === 0
    ? []
    : [
        blocker(
          'PREPARED_TRANSACTIONS',
          `${counted(count, 'prepared transaction')} on the ${side} side would outlive the fence.`,
          'Commit or roll back each of them: select gid from pg_prepared_xacts.',
        ),
      ];
}

export async function waitingTransactions(session: Session): Promise<number> {
  return Number(await session.value('select count(*)::int from pg_prepared_xacts where database = current_database()'));
}

/** Logical replication carries none, and no comparison of tables misses them. */
export async function largeObjects(session: Session, side: Side, remedy: string): Promise<readonly Blocker[]> {
  const count = await countLargeObjects(session);
  return count === 0
    ? []
    : [blocker('LARGE_OBJECTS', `${counted(count, 'large object')} on the ${side} side: logical replication carries none.`, remedy)];
}

export async function countLargeObjects(session: Session): Promise<number> {
  return Number(await session.value('select count(*)::int from pg_largeobject_metadata'));
}

/**
 * What a side has got since the preflight, or since it was opened, and what leaving it would lose.
 * @param roles that will be held back
 * @throws `PROMOTION_BLOCKED`
 */
export async function refuseLeaving(sessions: readonly Session[], side: Side, roles: readonly string[]): Promise<void> {
  const remedy = 'Keep what they hold elsewhere (lo_get), and take each away: select lo_unlink(oid) from pg_largeobject_metadata.';
  const found = await Promise.all(
    sessions.flatMap((session) => [prepared(session, side), largeObjects(session, side, remedy), unheld(session, side, roles)]),
  );
  if (found.flat().length > 0) throw blocked(found.flat());
}
