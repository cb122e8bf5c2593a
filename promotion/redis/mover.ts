import { pause } from '../postgres/session';
import type { Blocker, Mover } from '../types';
import { TerraceError } from '../../values/errors';
import { type CacheServer, type CacheSession, openCache } from './client';

/** A cache whose contents must not be lost: sessions, queues, counters. */
export interface CacheMove {
  readonly source: CacheServer;
  readonly target: CacheServer;
  /** How the target reaches the source, where that differs. */
  readonly peer?: { readonly host: string; readonly port: number };
  /** Leads the app to the target. */
  readonly route: () => Promise<void>;
  /** Where the app is led now. */
  readonly routed: () => Promise<boolean>;
  /** Seconds that the target may take to catch up. @default 600 */
  readonly copySeconds?: number;
}

/** Milliseconds that writes are held back at most: afterwards the source lets them go by itself, also when the engine is dead. */
const WINDOW = 5000;

/** The key that says on the target that it was opened. */
const OPENED = 'terrace:promotion:opened';

/**
 * Moves a Redis or Valkey server by its own replication, then opens the target. The source refuses writes from then on, so that a client
 * that comes late gets an error, never a lost write.
 */
export function cacheMover(move: CacheMove): Mover {
  const both = <T>(act: (source: CacheSession, target: CacheSession) => Promise<T>): Promise<T> => withBoth(move, act);
  const opened = (): Promise<boolean> => both(async (_, target) => (await target.send('EXISTS', OPENED)) === 1);
  return {
    id: 'cache',
    preflight: () => both(blockers),
    steps: [
      { name: 'replicating', done: async () => (await opened()) || (await both(async (_, target) => (await info(target))['role'] === 'slave')), act: () => both((_, target) => follow(move, target)) },
      { name: 'caught-up', done: async () => (await opened()) || (await both(inStep)), act: () => both((source, target) => waitFor(() => inStep(source, target), (move.copySeconds ?? 600) * 1000, 'the copy of the cache')) },
      { name: 'opened', done: opened, act: () => both(change) },
      { name: 'fenced', done: () => both(async (source) => config(await source.send('CONFIG', 'GET', 'min-replicas-to-write')) === '9'), act: () => both(shut) },
      { name: 'routed', done: move.routed, act: move.route },
    ],
  };
}

async function withBoth<T>(move: CacheMove, act: (source: CacheSession, target: CacheSession) => Promise<T>): Promise<T> {
  const source = await openCache(move.source);
  try {
    const target = await openCache(move.target);
    return await act(source, target).finally(target.close);
  } finally {
    source.close();
  }
}

function blocker(code: string, message: string, remedy: string): Blocker {
  return { code: `PROMOTION_${code}`, message: `${message} ${remedy}`, remedy };
}

async function blockers(source: CacheSession, target: CacheSession): Promise<readonly Blocker[]> {
  const [old, young] = [await info(source), await info(target)];
  const missing = await Promise.all([allowed(source, 'CLIENT', 'PAUSE', '0'), allowed(target, 'REPLICAOF', 'NO', 'ONE')]);
  const keys = Number(await target.send('DBSIZE'));
  return [
    ...(old['run_id'] === young['run_id'] ? [blocker('CACHE_SAME', 'The old and the new cache are the same server.', 'Give the address of the new tier.')] : []),
    ...(keys > 0 && young['role'] !== 'slave' && (await target.send('EXISTS', OPENED)) !== 1 ? [blocker('CACHE_NOT_EMPTY', `The new cache holds ${keys} keys, which replication would delete.`, 'Give an empty one.')] : []),
    ...(missing.every(Boolean) ? [] : [blocker('CACHE_COMMANDS', 'A server does not allow CLIENT PAUSE or REPLICAOF, as managed services do not.', "Use the provider's migration, or declare what is in it a cache and let it fill itself.")]),
  ];
}

async function allowed(session: CacheSession, ...command: readonly string[]): Promise<boolean> {
  if (command[0] === 'REPLICAOF' && (await info(session))['role'] === 'slave') return true;
  return await session.send(...command).then(() => true, (error: Error) => !/unknown command|no permission|not allowed/i.test(error.message));
}

async function follow({ source, peer }: CacheMove, target: CacheSession): Promise<void> {
  if (source.password !== undefined) await target.send('CONFIG', 'SET', 'masterauth', source.password);
  if (source.password !== undefined && source.user !== undefined) await target.send('CONFIG', 'SET', 'masteruser', source.user);
  await target.send('REPLICAOF', peer?.host ?? source.host, String(peer?.port ?? source.port));
}

async function inStep(source: CacheSession, target: CacheSession): Promise<boolean> {
  const [old, young] = [await info(source), await info(target)];
  return young['master_link_status'] === 'up' && Number(old['master_repl_offset']) - Number(young['slave_repl_offset']) < 100_000;
}

/** Holds writes back, waits until the target has all of them, and opens it. Its mark is the commit point. */
async function change(source: CacheSession, target: CacheSession): Promise<void> {
  await source.send('CLIENT', 'PAUSE', String(WINDOW), 'WRITE');
  const offset = Number((await info(source))['master_repl_offset']);
  try {
    await waitFor(async () => Number((await info(target))['slave_repl_offset']) >= offset, WINDOW / 2, 'the last writes of the cache');
  } catch (error) {
    await source.send('CLIENT', 'UNPAUSE');
    throw error;
  }
  // The source refuses writes before anybody can write to the target, and goes on refusing when the pause is over.
  await source.send('CONFIG', 'SET', 'min-replicas-to-write', '9');
  await target.send('REPLICAOF', 'NO', 'ONE');
  await target.send('SET', OPENED, 'yes');
}

async function shut(source: CacheSession): Promise<void> {
  await source.send('CONFIG', 'SET', 'min-replicas-to-write', '9');
}

async function waitFor(holds: () => Promise<boolean>, milliseconds: number, what: string): Promise<void> {
  for (const end = performance.now() + milliseconds; !(await holds()); await pause(3)) {
    if (performance.now() > end) throw new TerraceError('PROMOTION_TOOK_TOO_LONG', `No answer within ${milliseconds} ms: ${what}. Writes go on where they were. Run this again.`);
  }
}

/** What a server tells of itself. */
async function info(session: CacheSession): Promise<Readonly<Record<string, string>>> {
  const text = String(await session.send('INFO'));
  return Object.fromEntries(text.split('\r\n').flatMap((line) => (line.includes(':') ? [[line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]] : [])));
}

function config(reply: unknown): string {
  return Array.isArray(reply) ? String(reply[1]) : '';
}
