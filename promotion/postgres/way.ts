import type { Blocker, SideName } from '../types';
import { blocker, type Side } from './blocker';
import { subscription } from './catalog';
import { dialectOf, rightsOf, useRights } from './dialect';
import { sqlState } from './facts';
import { creation, type Link } from './links';
import { literal, openSession, pause, type Session } from './session';

/** Milliseconds that a try may take: a server whose packets are dropped on the way would not give up by itself. */
const ANSWER = 5000;

const SILENT = `no answer within ${ANSWER / 1000} s`;

/** Milliseconds after which a way that was closed is tried once more. */
const AGAIN = 500;

/** As a person calls them. */
export const SIDES: Readonly<Record<SideName, Side>> = { source: 'old', target: 'new' };

/**
 * Tries streams to a side for real, as they will be made: the address, the role, its replication and its rights, TLS. Nothing is left of it, whoever
 * dies meanwhile: the subscription is rolled back, and the slot is a temporary one.
 * @param slots makes slots too, for which a server waits until what is written there at that moment has ended: not while rows are copied to it
 */
export async function closedWays(
  links: readonly Link[],
  to: SideName,
  slots: boolean,
  reach: (point: string) => void,
): Promise<readonly Blocker[]> {
  const [side, other] = [SIDES[to], SIDES[to === 'source' ? 'target' : 'source']];
  const found: Blocker[] = [];
  for (const link of links) {
    const [subscribes, keeps] = [
      await whyClosed(link, () => trySubscription(link, reach)),
      slots ? await whyClosed(link, () => trySlot(link)) : undefined,
    ];
    if (subscribes !== undefined) found.push(cannotFollow(link, side, other, subscribes));
    if (keeps !== undefined) found.push(cannotKeep(link, side, other, keeps));
  }
  return found;
}

/** Tries the streams that the copy will be made of, in the same way. One that is made already is no try: what came between shows as it is caught up. */
export async function closedWaysThere(links: readonly Link[], reach: (point: string) => void): Promise<readonly Blocker[]> {
  const found: Blocker[] = [];
  for (const link of links) {
    if ((await subscription(link.subscriber, link.name)) !== undefined) continue;
    const why = await whyClosed(link, () => trySubscription(link, reach));
    if (why !== undefined)
      found.push(
        blocker('WAY_THERE_CLOSED', `The new side cannot follow the old one, so that nothing could be copied: ${why}.`, reachable(link)),
      );
  }
  return found;
}

function cannotFollow(link: Link, side: Side, other: Side, why: string): Blocker {
  return blocker(
    'WAY_BACK_CLOSED',
    `After the change of sides the ${side} side could not follow the ${other} one, so that there would be no way back: ${why}.`,
    reachable(link),
  );
}

function reachable({ publisher, subscriber }: Link): string {
  const { host, port, peer, user } = publisher.server;
  return `Let ${subscriber.server.host} reach ${peer?.host ?? host}:${peer?.port ?? port} as ${user} (firewall, pg_hba.conf, password, certificate), or name the address by which it does (peer).`;
}

function cannotKeep({ publisher }: Link, side: Side, other: Side, why: string): Blocker {
  const { host, port } = publisher.server;
  return blocker(
    'WAY_BACK_CLOSED',
    `The ${other} side (${host}:${port}) would keep no changes for the ${side} one, so that there would be no way back: ${why}.`,
    `See to what it says. Where it did not answer, it waits for a transaction: select pid, xact_start, query from pg_stat_activity order by xact_start.`,
  );
}

/** Why something cannot be done, twice; undefined where it can. A server that is away is no refusal: its own session says so, and the run waits for it. */
async function whyClosed({ publisher, subscriber }: Link, act: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let last = false; ; last = true) {
    const why = await act();
    if (why === undefined) return undefined;
    for (const session of [publisher, subscriber]) await session.value('select 1');
    if (last || why === SILENT) return why;
    await pause(AGAIN);
  }
}

/** Why the other end of a stream that runs would not be let in, were it to come now. */
export function whyRefused(link: Link): Promise<string | undefined> {
  return whyClosed(link, () => trySubscription(link, () => undefined));
}

function trySubscription(link: Link, reach: (point: string) => void): Promise<string | undefined> {
  return refusal(link.subscriber, async (session) => {
    const name = `${link.name}_try`;
    // Of a publication that nobody has: a real one may name tables that are not here yet, which is refused.
    const publication = `${link.publication}_try`;
    await session.rows('begin');
    await dialectOf(session).create({
      ...creation(link),
      name,
      publication,
      copy: false,
      binary: false,
      createSlot: false,
      enabled: false,
    });
    reach('way.tried');
    await session.rows('rollback');
  });
}

function trySlot({ publisher, name }: Link): Promise<string | undefined> {
  const slot = literal(`${name}_try`);
  return refusal(publisher, async ({ rows }) => {
    await rows(`select pg_create_logical_replication_slot(${slot}, 'pgoutput', true)`);
    await rows(`select pg_drop_replication_slot(${slot})`);
  });
}

/** What a server says of an act, which has a session of its own: a statement that is given up must not end the one that holds the lock. */
async function refusal({ server }: Session, act: (session: Session) => Promise<void>): Promise<string | undefined> {
  const session = await openSession(server);
  try {
    useRights(session, await rightsOf(session));
    await session.limit(ANSWER);
    await act(session);
    return undefined;
  } catch (error) {
    if (!/^[0-9A-Z]{5}$/.test(sqlState(error))) throw error;
    return sqlState(error) === CANCELED ? SILENT : oneLine((error as Error).message);
  } finally {
    session.close();
  }
}

/** How a server ends a statement whose time is over. */
export const CANCELED = '57014';

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
}
