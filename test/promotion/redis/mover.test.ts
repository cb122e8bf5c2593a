import { type ChildProcess, spawn } from 'node:child_process';
import { type CacheSession, openCache, parse } from '../../../promotion/redis/client';
import { cacheMover, type CacheMove } from '../../../promotion/redis/mover';
import { freePort } from '../../../promotion/rehearse/servers';
import { pause } from '../../../promotion/postgres/session';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';

const started: ChildProcess[] = [];

afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

async function server(): Promise<{ host: string; port: number }> {
  const at = { host: '127.0.0.1', port: await freePort() };
  started.push(spawn('redis-server', ['--port', String(at.port), '--bind', at.host, '--dir', scratch(), '--save', '', '--repl-diskless-sync-delay', '0'], { stdio: 'ignore' }));
  for (let attempt = 0; ; attempt += 1) {
    const session = await openCache(at).catch(() => undefined);
    session?.close();
    if (session !== undefined) return at;
    if (attempt > 200) throw new Error('redis-server does not answer');
    await pause(50);
  }
}

/** Counts in one key and notes each number under its own: nothing acknowledged may be missing. */
function writer(place: () => { host: string; port: number }): { stop: () => Promise<number> } {
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

async function promoteCache(move: CacheMove): Promise<void> {
  const mover = cacheMover(move);
  expect(await mover.preflight()).toEqual([]);
  for (const step of mover.steps) if (!(await step.done())) await step.act();
}

needs('redis-server')('state moves while it is written, nothing acknowledged is missing, and the old server refuses', async () => {
  const [source, target] = [await server(), await server()];
  const filling = await openCache(source);
  for (let index = 0; index < 2000; index += 1) await filling.send('SET', `session:${index}`, 'x'.repeat(100), 'EX', '3600');
  filling.close();
  let place = source;
  const writing = writer(() => place);
  await pause(200);
  const move: CacheMove = { source, target, route: async () => void (place = target), routed: async () => place === target };
  await promoteCache(move);
  await pause(300);
  const acknowledged = await writing.stop();
  expect(acknowledged).toBeGreaterThan(50);
  const [old, young] = [await openCache(source), await openCache(target)];
  const missing: number[] = [];
  for (let n = 0; n < acknowledged; n += 1) if ((await young.send('GET', `n${n}`)) !== String(n)) missing.push(n);
  expect(missing).toEqual([]);
  expect(await young.send('TTL', 'session:7')).toBeGreaterThan(3000);
  await expect(old.send('SET', 'late', '1')).rejects.toThrow('NOREPLICAS');
  // Again from the facts: nothing is left to do.
  expect(await Promise.all(cacheMover(move).steps.map((step) => step.done()))).toEqual([true, true, true, true, true]);
  old.close();
  young.close();
}, 60_000);

needs('redis-server')('a cache that is not empty, or is the same, is refused with the remedy', async () => {
  const [source, target] = [await server(), await server()];
  const filled = await openCache(target);
  await filled.send('SET', 'mine', '1');
  filled.close();
  const move = { route: () => Promise.resolve(), routed: () => Promise.resolve(false) };
  expect((await cacheMover({ source, target, ...move }).preflight()).map(({ code }) => code)).toEqual(['PROMOTION_CACHE_NOT_EMPTY']);
  expect((await cacheMover({ source, target: source, ...move }).preflight()).map(({ code }) => code)).toEqual(['PROMOTION_CACHE_SAME']);
}, 60_000);

test('answers are read in parts', () => {
  const whole = Buffer.from('*3\r\n$3\r\nfoo\r\n:7\r\n$-1\r\n-ERR no\r\n');
  expect(parse(whole, 0)).toEqual({ reply: ['foo', 7, null], end: 22 });
  expect(parse(whole.subarray(0, 10), 0)).toBeUndefined();
  expect(parse(whole, 22)?.reply).toEqual(new Error('ERR no'));
  expect(parse(Buffer.from('+OK\r\n'), 0)).toEqual({ reply: 'OK', end: 5 });
});
