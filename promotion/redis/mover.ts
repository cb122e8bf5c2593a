import { contentsDiffer, invariantBroken, notYet, oneWay, tookTooLong } from '../engine/errors';
import { otherSide, type RouteSettings, type SideName } from '../engine/settings';
import { type Act, acting } from '../engine/step';
import { openAfter, type Switch, switchTo } from '../engine/work';
import { refuseBlocked } from '../movers/move';
import { routeOf, type Route } from '../poolers/route';
import { pause } from '../postgres/session';
import type { Mover, MoveStanding } from '../types';
import { type CacheServer, type CacheSession, openCache } from './client';
import { cachesDiffer } from './compare';
import { info, setting } from './info';
import { cacheBlockers } from './preflight';

/** What must be known to move a cache. */
export interface CacheSettings {
  readonly id: string;
  /** `state` must not be lost: sessions, queues, counters. A `cache` fills itself. */
  readonly use: 'cache' | 'state';
  readonly source: CacheServer;
  readonly target: CacheServer;
  readonly route: RouteSettings;
  /** Seconds that the new server may take to copy. @default 600 */
  readonly copySeconds?: number;
}

/** What a run may be given beside its settings. */
export interface CacheOptions {
  /** Called before and after every act; tests end the process here. @default nothing */
  readonly reach?: (point: string) => void;
}

export interface Sides extends Readonly<Record<SideName, CacheSession>> {
  /** Around everything that changes a server. */
  readonly act: Act;
}

/** Milliseconds that writes are held back at most: afterwards the source lets them go by itself, also when the engine is dead. */
const WINDOW = 5000;

/** Keys of a promotion, on both servers: how often sides were changed, after which change both were found equal, and that it has begun. */
const [OPENED, COMPARED, MOVING] = ['terrace:promotion:opened', 'terrace:promotion:compared', 'terrace:promotion:moving'];

/** A server that waits for more replicas than anybody has refuses every write: for as long as the move lasts, or for good. */
const REFUSES = 'min-replicas-to-write';
const [NOBODY, RETIRED] = ['9999', '9998'];

/**
 * Moves what a Redis or Valkey server holds by its own replication. The side that is left refuses writes, so that a client that comes late gets
 * an error, never a lost write; where it may, it follows the new one, so that the way back loses nothing.
 */
export function cacheStateMover(settings: CacheSettings, { reach }: CacheOptions = {}): Mover {
  const [route, act] = [cacheRoute(settings), acting(reach)];
  const both: Both = (work) => withBoth(settings, work, act);
  const point = async (to: SideName): Promise<void> => {
    if ((await route.points()) !== to) await act('routed', () => route.point(to));
  };
  const mover: Mover = {
    id: settings.id,
    method: 'cache-replication',
    preflight: () => both(async (sides) => cacheBlockers(sides.source, sides.target, await isOurs(settings, sides))),
    copy: async () => {
      await refuseBlocked(mover);
      await both(async (sides) => ((await isFilling(sides)) ? fill(sides) : undefined));
    },
    catchUp: () => both((sides) => near(settings, sides)),
    cutOver: () => change(settings, both, point, 'target'),
    verify: () => both(compare),
    reverse: () => change(settings, both, point, 'source'),
    cleanUp: () => both(cleanUp),
    standing: async () => standing(both, await route.points()),
  };
  return mover;
}

export function cacheRoute({ source, target, route }: CacheSettings): Route {
  return routeOf(route, { source: [source], target: [target] });
}

export async function withBoth<T>(
  { source: from, target: to }: Pick<CacheSettings, 'source' | 'target'>,
  work: (sides: Sides) => Promise<T>,
  act = acting(),
): Promise<T> {
  const source = await openCache(from);
  try {
    const target = await openCache(to);
    return await work({ source, target, act }).finally(target.close);
  } finally {
    source.close();
  }
}

/** How often sides were changed. The mark follows the commit point: of the last change the servers themselves tell, by who refuses and who does not. */
async function epochOf(sides: Sides): Promise<number> {
  const told = await Promise.all([sides.source, sides.target].map((session) => session.send('GET', OPENED)));
  const marked = Math.max(0, ...told.map(Number).filter(Number.isFinite));
  const { epoch, from, to } = switchTo(marked + 1);
  return (await refuses(sides[from])) && !(await isFollower(sides[to])) && !(await refuses(sides[to])) ? epoch : marked;
}

/** Writes belong to the old side, and no run that died has held them back there: what else is to be done has time. */
async function isFilling(sides: Sides): Promise<boolean> {
  return openAfter(await epochOf(sides)) === 'source' && !(await refuses(sides.source));
}

async function refuses(session: CacheSession): Promise<boolean> {
  return [NOBODY, RETIRED].includes(await setting(session, REFUSES));
}

/** Whether the move has ended, with writes on the new side. */
async function isRetired(source: CacheSession): Promise<boolean> {
  return (await setting(source, REFUSES)) === RETIRED;
}

async function isFollower(session: CacheSession): Promise<boolean> {
  return (await info(session))['role'] === 'slave';
}

/** What follows the old server, or did before a cutover, was filled by this promotion. */
async function isOurs({ source }: CacheSettings, sides: Sides): Promise<boolean> {
  const young = await info(sides.target);
  const { host, port } = source.peer ?? source;
  if (young['role'] === 'slave') return young['master_host'] === host && young['master_port'] === String(port);
  return (await sides.target.send('EXISTS', OPENED, MOVING)) !== 0;
}

/** What a run that died has paused is let go first: writes need not wait for their time to be over. */
async function fill(sides: Sides): Promise<void> {
  await letGo(sides, 'source');
  await follow(sides, 'target');
}

/** Makes one side a copy of the other, which follows it from then on. */
async function follow({ act, ...sides }: Sides, follower: SideName): Promise<void> {
  const [copy, of] = follower === 'target' ? [sides.target, sides.source] : [sides.source, sides.target];
  if (await isFollower(copy)) return;
  const { user, password, tls, peer, host, port } = of.server;
  if (!(await refuses(of))) await act('begun', () => of.send('SET', MOVING, 'yes'));
  if (password !== undefined) await copy.send('CONFIG', 'SET', 'masterauth', password);
  if (password !== undefined && user !== undefined) await copy.send('CONFIG', 'SET', 'masteruser', user);
  if (tls === true) await copy.send('CONFIG', 'SET', 'tls-replication', 'yes');
  await act('followed', () => copy.send('REPLICAOF', peer?.host ?? host, String(peer?.port ?? port)));
}

/** Waits until the new server is near, and has been found to hold the same. */
async function near(settings: CacheSettings, sides: Sides): Promise<void> {
  if (!(await isFilling(sides))) return;
  await copied(settings, sides.source, sides.target);
  const found = await cachesDiffer(sides.source, sides.target);
  if (found.length > 0) throw contentsDiffer(found);
  await noteCompared(sides, await epochOf(sides));
}

async function noteCompared({ act, ...sides }: Sides, epoch: number): Promise<void> {
  await act('compared', () => sides[openAfter(epoch)].send('SET', COMPARED, String(epoch)));
}

async function comparedAfter(session: CacheSession, epoch: number): Promise<boolean> {
  return (await session.send('GET', COMPARED)) === String(epoch);
}

async function copied({ copySeconds = 600 }: CacheSettings, of: CacheSession, copy: CacheSession): Promise<void> {
  await waitFor(() => inStep(of, copy), copySeconds * 1000, 'the copy of the cache');
}

async function inStep(of: CacheSession, copy: CacheSession): Promise<boolean> {
  const [old, young] = [await info(of), await info(copy)];
  return young['master_link_status'] === 'up' && Number(old['master_repl_offset']) - Number(young['slave_repl_offset']) < 100_000;
}

type Both = <T>(work: (sides: Sides) => Promise<T>) => Promise<T>;

/** Changes sides, or finishes what an earlier run has begun: what is true is asked first. */
async function change(settings: CacheSettings, both: Both, point: (to: SideName) => Promise<void>, to: SideName): Promise<void> {
  await both(async (sides) => {
    if (to === 'source' && (await isRetired(sides.source)))
      throw oneWay('the move has ended, and the old cache has not followed the new one since.', 'Move back: with the sides exchanged.');
    const epoch = await epochOf(sides);
    if (openAfter(epoch) !== to && !(await refuses(sides[openAfter(epoch)]))) {
      // A run may have died before the side that was left followed.
      await turnAround(sides, openAfter(epoch));
      if (await isFollower(sides[to])) await copied(settings, sides[openAfter(epoch)], sides[to]);
    }
    if (openAfter(epoch) !== to) await switchSides(sides, switchTo(epoch + 1));
    else await letGo(sides, to);
    await mark(sides, switchTo(openAfter(epoch) === to ? epoch : epoch + 1));
  });
  await point(to);
  await both((sides) => turnAround(sides, to));
}

/** Writes that were held back for a change that is no longer wanted are let go. */
async function letGo({ act, ...sides }: Sides, side: SideName): Promise<void> {
  const open = sides[side];
  if (await refuses(open)) await act('reopened', () => open.send('CONFIG', 'SET', REFUSES, '0'));
  await act('unpaused', () => open.send('CLIENT', 'UNPAUSE').catch(() => undefined));
}

/**
 * Holds writes back, waits until the other server has all of them, and opens it. Until then that one refuses them, as a follower and when it stands
 * alone; and so does the one that is left from before that on, so that whoever dies in between leaves nothing that two may write to.
 */
async function switchSides(sides: Sides, { from, to }: Switch): Promise<void> {
  const { act, [from]: left, [to]: next } = sides;
  // Where it stands alone and refuses, a run died that had seen it hold everything.
  if (!((await refuses(left)) && (await refuses(next)) && !(await isFollower(next)))) await standAlone(sides, { from, to });
  await act('opened', () => next.send('CONFIG', 'SET', REFUSES, '0'));
  await act('unpaused', () => left.send('CLIENT', 'UNPAUSE'));
}

async function standAlone(sides: Sides, { from, to }: Pick<Switch, 'from' | 'to'>): Promise<void> {
  const { act, [from]: left, [to]: next } = sides;
  if (!(await isFollower(next)))
    throw oneWay(
      'the other cache does not follow this one, so that what was written since would be missing there.',
      'Run: terrace promote run, which makes it follow first; or let the app fill it anew.',
    );
  await act('closed', () => next.send('CONFIG', 'SET', REFUSES, NOBODY));
  // A run that died may have left it paused: what comes from the other server would wait there too.
  await act('unpaused', () => next.send('CLIENT', 'UNPAUSE'));
  await act('paused', () => left.send('CLIENT', 'PAUSE', String(WINDOW), 'WRITE'));
  try {
    await arrived(left, next);
    await act('fenced', () => left.send('CONFIG', 'SET', REFUSES, NOBODY));
    // The pause may have been over before that: what was let in since has to arrive too, and nothing comes after it.
    await arrived(left, next);
  } catch (error) {
    await letGo(sides, from);
    throw error;
  }
  await act('stood-alone', () => next.send('REPLICAOF', 'NO', 'ONE'));
}

async function arrived(left: CacheSession, next: CacheSession): Promise<void> {
  const offset = Number((await info(left))['master_repl_offset']);
  await waitFor(async () => Number((await info(next))['slave_repl_offset']) >= offset, WINDOW / 2, 'the last writes of the cache');
}

async function mark({ act, ...sides }: Sides, { epoch, to }: Switch): Promise<void> {
  if (epoch > 0 && (await sides[to].send('GET', OPENED)) !== String(epoch))
    await act('marked', () => sides[to].send('SET', OPENED, String(epoch)));
}

/** The side that was left follows the new one, where it may: a follower refuses writes too. */
async function turnAround(sides: Sides, open: SideName): Promise<void> {
  const other = otherSide(open);
  if ((await refuses(sides[other])) && !(await isRetired(sides[other]))) await follow(sides, other).catch(() => undefined);
}

/** Before a cutover the new side follows, after it the old one: either way both are walked until each key was equal once. */
async function compare(sides: Sides): Promise<readonly string[]> {
  if (await isRetired(sides.source)) return [];
  const epoch = await epochOf(sides);
  const [from, copy] = [sides[openAfter(epoch)], sides[openAfter(epoch + 1)]];
  const follows =
    (await isFollower(copy)) &&
    (await waitFor(() => inStep(from, copy), 30_000, 'the way back of the cache').then(
      () => true,
      () => false,
    ));
  // Where the old server cannot follow, what was compared before the cutover stands, and offsets were equal in the window.
  const found = follows ? await cachesDiffer(from, copy) : (await wereCompared(from, epoch)) ? [] : ['the two caches were never compared'];
  if (found.length === 0) await noteCompared(sides, epoch);
  return found;
}

async function wereCompared(session: CacheSession, epoch: number): Promise<boolean> {
  return (await comparedAfter(session, epoch)) || (await comparedAfter(session, epoch - 1));
}

async function cleanUp(sides: Sides): Promise<void> {
  const { act, source, target } = sides;
  const epoch = await epochOf(sides);
  if (openAfter(epoch) === 'source') return await giveUp(sides);
  if (!(await isRetired(source)) && !(await comparedAfter(target, epoch)))
    throw notYet('clean up', 'both sides have not been compared yet');
  // Nobody writes to what is left by mistake, from before it stands alone; by this it is known that the rest may be taken away.
  await act('retired', () => source.send('CONFIG', 'SET', REFUSES, RETIRED));
  await act('parted', () => source.send('REPLICAOF', 'NO', 'ONE'));
  await act('forgotten', () => target.send('DEL', OPENED, COMPARED, MOVING));
}

/** The new side's copy is given up with its rows. */
async function giveUp({ act, source, target }: Sides): Promise<void> {
  if (await refuses(source)) throw notYet('clean up', 'writes are held back. Let them go first: terrace promote rollback');
  await act('parted', () => target.send('REPLICAOF', 'NO', 'ONE'));
  await act('freed', () => target.send('CONFIG', 'SET', REFUSES, '0'));
  for (const session of [target, source]) await act('forgotten', () => session.send('DEL', OPENED, COMPARED, MOVING));
}

/** @param led where the app is led, where somebody can say */
async function standing(both: Both, led: SideName | undefined): Promise<MoveStanding> {
  return await both(async (sides) => {
    const epoch = await epochOf(sides);
    const [open, stays, other] = [openAfter(epoch), sides[openAfter(epoch)], sides[openAfter(epoch + 1)]];
    if (await isFollower(stays)) throw invariantBroken('the cache that is open follows another');
    if (await isRetired(sides.source)) return ENDED;
    const [follows, held, verified] = [await inStep(stays, other), await refuses(stays), await comparedAfter(stays, epoch)];
    const state = !held && epoch > 0 && (led ?? open) !== open ? 'opened' : stateOf(open, follows, held, verified);
    return { open, verified, state, reversible: reversible(open, follows) };
  });
}

const ENDED: MoveStanding = {
  open: 'target',
  state: 'not begun',
  verified: true,
  reversible: { yes: false, because: 'the move has ended, and the old cache follows nobody' },
};

function stateOf(open: SideName, follows: boolean, held: boolean, verified: boolean): string {
  if (held) return 'fenced';
  if (open === 'target') return verified ? 'verified' : 'opened';
  return follows ? (verified ? 'ready' : 'copied') : 'not begun';
}

function reversible(open: SideName, follows: boolean): MoveStanding['reversible'] {
  if (open === 'source') return { yes: true, because: 'writes belong to the old cache' };
  return follows
    ? { yes: true, because: 'the old cache follows the new one' }
    : { yes: false, because: 'the old cache does not follow the new one: it cannot read what that holds, or may not' };
}

async function waitFor(holds: () => Promise<boolean>, milliseconds: number, what: string): Promise<void> {
  for (const end = performance.now() + milliseconds; !(await holds()); await pause(3))
    if (performance.now() > end) throw tookTooLong(what, milliseconds);
}
