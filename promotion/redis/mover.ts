import { contentsDiffer, invariantBroken, notYet, oneWay, tookTooLong } from '../engine/errors';
import type { RouteSettings, SideName } from '../engine/settings';
import { openAfter, switchTo } from '../engine/work';
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

export type Sides = Readonly<Record<SideName, CacheSession>>;

/** Milliseconds that writes are held back at most: afterwards the source lets them go by itself, also when the engine is dead. */
const WINDOW = 5000;

/** Keys of a promotion, on both servers: how often sides were changed, and that both were found equal. */
const [OPENED, COMPARED, MOVING] = ['terrace:promotion:opened', 'terrace:promotion:compared', 'terrace:promotion:moving'];

/** More replicas than anybody has: a server that waits for them refuses every write. */
const NOBODY = '9999';

/**
 * Moves what a Redis or Valkey server holds by its own replication. The side that is left refuses writes, so that a client that comes late gets
 * an error, never a lost write; where it may, it follows the new one, so that the way back loses nothing.
 */
export function cacheStateMover(settings: CacheSettings): Mover {
  const route = cacheRoute(settings);
  const both = <T>(act: (sides: Sides) => Promise<T>): Promise<T> => withBoth(settings, act);
  const mover: Mover = {
    id: settings.id,
    method: 'cache-replication',
    preflight: () => both(async (sides) => cacheBlockers(sides.source, sides.target, await isOurs(settings, sides))),
    copy: async () => {
      await refuseBlocked(mover);
      await both(async (sides) => (openAfter(await epochOf(sides)) === 'source' ? follow(sides, 'target') : undefined));
    },
    catchUp: () => both((sides) => near(settings, sides)),
    cutOver: () => change(both, route, 'target'),
    verify: () => both(compare),
    reverse: () => change(both, route, 'source'),
    cleanUp: () => both(cleanUp),
    standing: () => both(standing),
  };
  return mover;
}

export function cacheRoute({ source, target, route }: CacheSettings): Route {
  return routeOf(route, { source: [source], target: [target] });
}

export async function withBoth<T>(
  { source: from, target: to }: Pick<CacheSettings, 'source' | 'target'>,
  act: (sides: Sides) => Promise<T>,
): Promise<T> {
  const source = await openCache(from);
  try {
    const target = await openCache(to);
    return await act({ source, target }).finally(target.close);
  } finally {
    source.close();
  }
}

async function epochOf({ source, target }: Sides): Promise<number> {
  const told = await Promise.all([source, target].map((session) => session.send('GET', OPENED)));
  return Math.max(0, ...told.map(Number).filter(Number.isFinite));
}

/** What follows the old server, or did before a cutover, was filled by this promotion. */
async function isOurs({ source }: CacheSettings, sides: Sides): Promise<boolean> {
  const young = await info(sides.target);
  const { host, port } = source.peer ?? source;
  if (young['role'] === 'slave') return young['master_host'] === host && young['master_port'] === String(port);
  return (await sides.target.send('EXISTS', OPENED, MOVING)) !== 0;
}

/** Makes one side a copy of the other, which follows it from then on. */
async function follow(sides: Sides, follower: SideName): Promise<void> {
  const [copy, of] = follower === 'target' ? [sides.target, sides.source] : [sides.source, sides.target];
  if ((await info(copy))['role'] === 'slave') return;
  const { user, password, tls, peer, host, port } = of.server;
  if ((await setting(of, 'min-replicas-to-write')) !== NOBODY) await of.send('SET', MOVING, 'yes');
  if (password !== undefined) await copy.send('CONFIG', 'SET', 'masterauth', password);
  if (password !== undefined && user !== undefined) await copy.send('CONFIG', 'SET', 'masteruser', user);
  if (tls === true) await copy.send('CONFIG', 'SET', 'tls-replication', 'yes');
  await copy.send('REPLICAOF', peer?.host ?? host, String(peer?.port ?? port));
}

/** Waits until the new server is near, and has been found to hold the same. */
async function near({ copySeconds = 600 }: CacheSettings, sides: Sides): Promise<void> {
  if (openAfter(await epochOf(sides)) === 'target') return;
  await waitFor(() => inStep(sides.source, sides.target), copySeconds * 1000, 'the copy of the cache');
  // Held back by a run that died: nothing may be compared at leisure now.
  if ((await setting(sides.source, 'min-replicas-to-write')) === NOBODY) return;
  const found = await cachesDiffer(sides.source, sides.target);
  if (found.length > 0) throw contentsDiffer(found);
  await sides.source.send('SET', COMPARED, 'yes');
}

async function inStep(of: CacheSession, copy: CacheSession): Promise<boolean> {
  const [old, young] = [await info(of), await info(copy)];
  return young['master_link_status'] === 'up' && Number(old['master_repl_offset']) - Number(young['slave_repl_offset']) < 100_000;
}

type Both = <T>(act: (sides: Sides) => Promise<T>) => Promise<T>;

/** Changes sides, or finishes what an earlier run has begun: what is true is asked first. */
async function change(both: Both, route: Route, to: SideName): Promise<void> {
  await both(async (sides) => {
    const epoch = await epochOf(sides);
    if (openAfter(epoch) === to) await letGo(sides, to);
    else await switchSides(sides, epoch + 1);
  });
  if ((await route.points()) !== to) await route.point(to);
  await both((sides) => turnAround(sides, to));
}

/** Writes that were held back for a change that is no longer wanted are let go. */
async function letGo(sides: Sides, side: SideName): Promise<void> {
  const open = sides[side];
  if ((await setting(open, 'min-replicas-to-write')) === NOBODY) await open.send('CONFIG', 'SET', 'min-replicas-to-write', '0');
  await open.send('CLIENT', 'UNPAUSE').catch(() => undefined);
}

/** Holds writes back, waits until the other server has all of them, and opens it. Its mark is the commit point. */
async function switchSides(sides: Sides, epoch: number): Promise<void> {
  const { from, to } = switchTo(epoch);
  const [left, next] = [sides[from], sides[to]];
  if ((await info(next))['role'] !== 'slave')
    throw oneWay(
      'the other cache does not follow this one, so that what was written since would be missing there.',
      'Run: terrace promote run, which makes it follow first; or let the app fill it anew.',
    );
  await left.send('CLIENT', 'PAUSE', String(WINDOW), 'WRITE');
  const offset = Number((await info(left))['master_repl_offset']);
  try {
    await waitFor(async () => Number((await info(next))['slave_repl_offset']) >= offset, WINDOW / 2, 'the last writes of the cache');
  } catch (error) {
    await letGo(sides, from);
    throw error;
  }
  // This server refuses writes before anybody can write to the other, and goes on refusing when the pause is over.
  await left.send('CONFIG', 'SET', 'min-replicas-to-write', NOBODY);
  await next.send('CONFIG', 'SET', 'min-replicas-to-write', '0');
  await next.send('REPLICAOF', 'NO', 'ONE');
  await next.send('SET', OPENED, String(epoch));
  await left.send('CLIENT', 'UNPAUSE');
}

/** The side that was left follows the new one, where it may: a follower refuses writes too. */
async function turnAround(sides: Sides, open: SideName): Promise<void> {
  const other = open === 'target' ? 'source' : 'target';
  if ((await setting(sides[other], 'min-replicas-to-write')) !== NOBODY && (await info(sides[other]))['role'] !== 'slave') return;
  await follow(sides, other).catch(() => undefined);
}

/** Before a cutover the new side follows, after it the old one: either way both are walked until each key was equal once. */
async function compare(sides: Sides): Promise<readonly string[]> {
  const open = openAfter(await epochOf(sides));
  const [from, copy] = open === 'source' ? [sides.source, sides.target] : [sides.target, sides.source];
  const follows =
    (await info(copy))['role'] === 'slave' &&
    (await waitFor(() => inStep(from, copy), 30_000, 'the way back of the cache').then(
      () => true,
      () => false,
    ));
  if (follows) {
    const found = await cachesDiffer(from, copy);
    if (found.length === 0) await from.send('SET', COMPARED, 'yes');
    return found;
  }
  // Where the old server cannot follow, what was compared before the cutover stands, and offsets were equal in the window.
  return (await from.send('EXISTS', COMPARED)) === 1 ? [] : ['the two caches were never compared'];
}

async function cleanUp(sides: Sides): Promise<void> {
  const open = openAfter(await epochOf(sides));
  const [stays, goes] = open === 'source' ? [sides.source, sides.target] : [sides.target, sides.source];
  if (open === 'source' && (await setting(stays, 'min-replicas-to-write')) === NOBODY)
    throw notYet('clean up', 'writes are held back. Let them go first: terrace promote rollback');
  if ((await stays.send('EXISTS', COMPARED)) !== 1 && open === 'target') throw notYet('clean up', 'both sides have not been compared yet');
  await goes.send('REPLICAOF', 'NO', 'ONE');
  await goes.send('CONFIG', 'SET', 'min-replicas-to-write', '0');
  for (const session of [goes, stays]) await session.send('DEL', OPENED, COMPARED, MOVING);
  // Nobody writes to what is left by mistake; the new side's copy is given up with its rows.
  if (open === 'target') await goes.send('CONFIG', 'SET', 'min-replicas-to-write', NOBODY);
}

async function standing(sides: Sides): Promise<MoveStanding> {
  const epoch = await epochOf(sides);
  const open = openAfter(epoch);
  const [stays, other] = open === 'source' ? [sides.source, sides.target] : [sides.target, sides.source];
  const [follows, held] = [await inStep(stays, other), (await setting(stays, 'min-replicas-to-write')) === NOBODY];
  const verified = (await stays.send('EXISTS', COMPARED)) === 1;
  if ((await info(stays))['role'] === 'slave') throw invariantBroken('the cache that is open follows another');
  return { open, verified, state: stateOf(open, follows, held, verified), reversible: reversible(open, follows) };
}

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
