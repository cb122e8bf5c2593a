import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../../../../promotion/postgres/session';
import { type CacheServer, type CacheSession, openCache } from '../../../../promotion/redis/client';
import type { CacheSettings } from '../../../../promotion/redis/mover';
import { freePort } from '../../../../promotion/rehearse/servers';
import { scratch } from '../../../support/scratch';

const started: ChildProcess[] = [];

export function endServers(): void {
  started.splice(0).forEach((child) => child.kill('SIGKILL'));
}

export function server(...options: readonly string[]): Promise<{ host: string; port: number }> {
  return serverOf('redis-server', ...options);
}

export async function serverOf(program: string, ...options: readonly string[]): Promise<{ host: string; port: number }> {
  const at = { host: '127.0.0.1', port: await freePort() };
  started.push(
    spawn(
      program,
      ['--port', String(at.port), '--bind', at.host, '--dir', scratch(), '--save', '', '--repl-diskless-sync-delay', '0', ...options],
      { stdio: 'ignore' },
    ),
  );
  for (let attempt = 0; ; attempt += 1) {
    const session = await openCache(at).catch(() => undefined);
    session?.close();
    if (session !== undefined) return at;
    if (attempt > 200) throw new Error(`${program} does not answer`);
    await pause(50);
  }
}

/** Counts in one key and notes each number under its own: nothing acknowledged may be missing. */
export function writer(place: () => { host: string; port: number }): { stop: () => Promise<number> } {
  let [stopped, count]: [boolean, number] = [false, 0];
  const work = (async () => {
    let session: CacheSession | undefined;
    for (; !stopped; await pause(2))
      try {
        session ??= await openCache(place());
        await session.send('SET', `n${count}`, String(count));
        count += 1;
      } catch {
        session?.close();
        session = undefined;
      }
    session?.close();
  })();
  return { stop: async () => ((stopped = true), await work, count) };
}

/** Settings with a file that leads the writer. */
export function settingsFor(
  source: CacheServer,
  target: CacheServer,
  use: CacheSettings['use'] = 'state',
): { settings: CacheSettings; place: () => { host: string; port: number } } {
  const file = join(scratch(), 'cache.json');
  writeFileSync(file, JSON.stringify({ host: source.host, port: source.port }));
  return {
    settings: { id: 'cache', use, source, target, route: { kind: 'file', file } },
    place: () => JSON.parse(readFileSync(file, 'utf8')) as { host: string; port: number },
  };
}

export async function within<T>(at: CacheServer, act: (session: CacheSession) => Promise<T>): Promise<T> {
  const session = await openCache(at);
  return await act(session).finally(session.close);
}

export async function missing(at: CacheServer, acknowledged: number): Promise<number[]> {
  return await within(at, async (session) => {
    const found: number[] = [];
    for (let n = 0; n < acknowledged; n += 1) if ((await session.send('GET', `n${n}`)) !== String(n)) found.push(n);
    return found;
  });
}

/** An app, or a client that was never led anywhere, which writes each thing once into one list, and notes what was acknowledged. */
export function pushing(name: string, place: () => { host: string; port: number }): { stop: () => Promise<readonly string[]> } {
  const acknowledged: string[] = [];
  let stopped = false;
  const work = (async () => {
    let session: CacheSession | undefined;
    let led = '';
    for (let n = 0; !stopped; n += 1, await pause(3))
      try {
        const at = place();
        if (led !== JSON.stringify(at)) session = (session?.close(), undefined);
        led = JSON.stringify(at);
        session ??= await openCache(at);
        await session.send('RPUSH', 'written', `${name} ${n}`);
        acknowledged.push(`${name} ${n}`);
      } catch {
        session?.close();
        session = undefined;
      }
    session?.close();
  })();
  return { stop: async () => ((stopped = true), await work, acknowledged) };
}
