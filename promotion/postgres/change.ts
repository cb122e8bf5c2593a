import { blocked, invariantBroken, windowExceeded } from '../engine/errors';
import { head, type Switch, type Work } from '../engine/work';
import { slot, subscription } from './catalog';
import { type Actions, markVerified, openRest, turnAround } from './actions';
import { fact, makeFacts, sqlState } from './facts';
import { openRoles, reopen } from './fence';
import { refuseLeaving } from './leaving';
import { dropLink, enable, type Link, linksTo, publish } from './links';
import { refreshViews } from './objects';
import { catchUp } from './prepare';
import { appRoles } from './roles';
import { refuseOtherTimeline } from './timeline';
import type { Session } from './session';
import { closeTwins, openTwins, type Twins } from './verify';
import { CANCELED, closedWays } from './way';
import { messageOf } from '../../values/errors';

/** Runs one named step: writes down what is meant and what was done. */
export type Run = <T>(name: string, act: () => Promise<T>) => Promise<T>;

/** Seconds that writes may be held back. */
const WINDOW = 20;

/**
 * Milliseconds that one statement may take while writes are held back. A way or a server that falls silent within the window is given up then: with what
 * is done before and after it writes wait no longer than the 3 s that are promised where an engine is killed.
 */
const HELD = 2000;

/**
 * Changes sides: the cutover, and the way back alike. Before the commit point everything can be given up; after it the next run finishes.
 * @returns views of both sides at the moment when nothing wrote
 */
export async function changeSides(work: Work, change: Switch, actions: Actions, run: Run): Promise<Twins> {
  const roles = await appRoles(work);
  await run('caught-up', () => beforeWindow(work, change));
  const seconds = work.settings.windowSeconds ?? WINDOW;
  const end = performance.now() + seconds * 1000;
  let [committing, twins]: [boolean, Twins | undefined] = [false, undefined];
  const sessions = [...work.sides.source, ...work.sides.target];
  await Promise.all(sessions.map((session) => session.limit(HELD)));
  try {
    await run('fenced', () => fence(work, change, roles, actions));
    await run('drained', () => actions.drain(work, change, end));
    await run('sequenced', () => actions.sequences(work, change));
    await run('reversible', () => actions.wayBack(work, change));
    twins = await run('twins', () => openTwins(work.sides.source, work.sides.target));
    if (performance.now() > end) throw new Error('the time for it was over');
    committing = true;
    await run('opened', () => actions.open(work, change, roles));
    await Promise.all(sessions.map((session) => session.limit()));
    return twins;
  } catch (error) {
    closeTwins(twins);
    // Whether the commit landed is a question to the other side; the next run asks it.
    if (committing || !(await areLive(work.sides[change.from]))) throw error;
    // A side that no longer answers was not opened: nobody but this run could, which had not come to that.
    if (await areLive(work.sides[change.to])) await refuseOpened(work, change, roles);
    await letIn(work, change, roles);
    await Promise.allSettled(sessions.map((session) => session.limit()));
    // Writes go on: what cannot be put back must not lead to a second window in this run.
    const left = await putBack(work, change).then(() => '', leftOver);
    throw windowExceeded(seconds, `${whyGivenUp(error)}${left}`);
  }
}

function whyGivenUp(error: unknown): string {
  return sqlState(error) === CANCELED ? `a server let one statement wait for more than ${HELD / 1000} s` : messageOf(error);
}

function leftOver(error: unknown): string {
  return `. Not everything was put back (${messageOf(error)}): terrace promote rollback does it, and the next cutover`;
}

async function areLive(sessions: readonly Session[]): Promise<boolean> {
  const asked = await Promise.allSettled(sessions.map((session) => session.value('select 1')));
  return asked.every(({ status }) => status === 'fulfilled');
}

/** What can be made ready is made ready while the app still writes. */
async function beforeWindow(work: Work, { from, to }: Switch): Promise<void> {
  const links = linksTo(work, to);
  // Where writes are held back already, by a run that died, nothing is worth waiting for but the drain.
  const roles = await appRoles(work);
  const writing = (await openRoles(head(work, from), roles)).length > 0;
  if (writing) await refuseLeaving(work.sides[from], from === 'source' ? 'old' : 'new', roles);
  if (writing) for (const link of links) await refuseOtherTimeline(link);
  for (const link of links) await enable(link);
  for (const session of work.sides[to]) await makeFacts(session);
  for (const link of linksTo(work, from)) await publish(work, link, from === 'target');
  if (!writing) return;
  await catchUp(work, links);
  // Last of all: it is made in the window, where each try would hold writes back anew.
  const closed = await closedWays(linksTo(work, from), from, true, work.reach);
  if (closed.length > 0) throw blocked(closed);
}

/** Holds writes back on the side that is left: no new session, and none that was there before. */
export async function fence(work: Work, change: Switch, roles: readonly string[], actions: Actions): Promise<void> {
  const unreached = await work.route.pause();
  for (const who of unreached) work.journal.note('fenced', 'note', { facts: { unreached: who } });
  work.reach('fenced.paused');
  await actions.shut(work, change, roles);
  work.reach('fenced.shut');
  await actions.expel(work, change, roles);
}

/** Lets writes go again where they were, and puts everything back. */
export async function giveUp(work: Work, change: Switch, roles: readonly string[]): Promise<void> {
  await refuseOpened(work, change, roles);
  await letIn(work, change, roles);
  await putBack(work, change);
}

/** Only while it is certain that the other side was not opened. */
async function refuseOpened(work: Work, change: Switch, roles: readonly string[]): Promise<void> {
  if (Number((await fact(head(work, change.to), 'opened')) ?? 0) >= change.epoch) throw invariantBroken('the other side has been opened');
  for (const session of work.sides[change.to])
    if ((await openRoles(session, roles)).length > 0) throw invariantBroken('the app may log in on the other side');
}

async function letIn(work: Work, change: Switch, roles: readonly string[]): Promise<void> {
  for (const session of work.sides[change.from]) await reopen(session, roles);
  work.reach('given-up.reopened');
}

async function putBack(work: Work, change: Switch): Promise<void> {
  await work.route.point(change.from);
  for (const link of linksTo(work, change.from)) await dropLink(link);
  for (const link of linksTo(work, change.to)) await enable(link);
}

/** Everything after the commit point that is not done yet, by the facts. */
export async function finishChange(work: Work, change: Switch, run: Run): Promise<void> {
  const roles = await appRoles(work);
  const open = await Promise.all(work.sides[change.to].map(async (session) => (await openRoles(session, roles)).length === roles.length));
  if (!open.every(Boolean)) await run('opened-rest', () => openRest(work, change, roles));
  if ((await work.route.points()) !== change.to) await run('routed', () => routed(work, change));
  if (!(await turned(work, change))) await run('reversing', () => turnAround(work, change));
}

/** Leads the app over; servers that cannot be reached are noted, because the fence holds for them too. */
export async function routed(work: Work, { to }: Switch): Promise<void> {
  const unreached = await work.route.point(to);
  for (const who of unreached) work.journal.note('routed', 'note', { facts: { unreached: who } });
}

async function turned(work: Work, { from, to }: Switch): Promise<boolean> {
  const back = await Promise.all(
    linksTo(work, from).map(async (link) => (await subscription(link.subscriber, link.name))?.enabled === true),
  );
  return back.every(Boolean) && (await areGone(linksTo(work, to)));
}

/** Whether nothing is left of some streams on either end. */
export async function areGone(links: readonly Link[]): Promise<boolean> {
  const left = await Promise.all(links.flatMap((link) => [subscription(link.subscriber, link.name), slot(link.publisher, link.name)]));
  return left.every((end) => end === undefined);
}

/**
 * Compares both sides after traffic is back: on views of the window where this run holds them, else until every part was equal once.
 * @returns tables that differ
 */
export async function verifyChange(work: Work, change: Switch, actions: Actions, held: Twins | undefined): Promise<readonly string[]> {
  const twins = held ?? (await openTwins(work.sides.source, work.sides.target, false));
  try {
    const found = await actions.compare(work, twins, held !== undefined);
    if (found.length === 0) await markVerified(work, change);
    return found;
  } finally {
    closeTwins(twins);
    for (const session of work.sides[change.to]) await refreshViews(session);
  }
}
