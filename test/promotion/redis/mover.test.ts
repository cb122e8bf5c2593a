import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { move } from '../../../promotion/movers/move';
import { type CacheServer, type CacheSession, openCache, parse } from '../../../promotion/redis/client';
import { cachesDiffer } from '../../../promotion/redis/compare';
import { cacheStateMover } from '../../../promotion/redis/mover';
import { cacheBlockers } from '../../../promotion/redis/preflight';
import { rewarmMover } from '../../../promotion/redis/rewarm';
import { pause } from '../../../promotion/postgres/session';
import { alone } from '../../../promotion/run/alone';
import { type } from '../../cli/desk';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { endServers, missing, server, serverOf, settingsFor, within, writer } from './support/caches';

afterEach(endServers);

needs('redis-server')(
  'state moves while it is written, there, back and there again; nothing acknowledged is missing, and the side that is left refuses',
  async () => {
    const [source, target] = [await server(), await server()];
    await within(source, async (filling) => {
      for (let index = 0; index < 2000; index += 1) await filling.send('SET', `session:${index}`, 'x'.repeat(100), 'EX', '3600');
      await filling.send('SADD', 'set', ...Array.from({ length: 300 }, (_, index) => `member ${index}`));
      await filling.send('HSET', 'hash', 'a', '1', 'b', '2');
      await filling.send('RPUSH', 'queue', 'first', 'second');
      await filling.send('ZADD', 'scores', '1.5', 'one', '2', 'two');
    });
    const { settings, place } = settingsFor(source, target);
    const mover = cacheStateMover(settings);
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'not begun', verified: false });
    const writing = writer(place);
    await pause(200);
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'ready', verified: true });
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await mover.standing()).toEqual({
      open: 'target',
      state: 'verified',
      verified: true,
      reversible: { yes: true, because: 'the old cache follows the new one' },
    });
    await expect(within(source, (old) => old.send('SET', 'late', '1'))).rejects.toThrow(/READONLY|NOREPLICAS/);
    await pause(100);
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    await expect(within(target, (young) => young.send('SET', 'late', '1'))).rejects.toThrow(/READONLY|NOREPLICAS/);
    await pause(100);
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    await pause(200);
    const acknowledged = await writing.stop();
    expect(acknowledged).toBeGreaterThan(50);
    expect(await missing(target, acknowledged)).toEqual([]);
    expect(await within(target, (young) => young.send('TTL', 'session:7'))).toBeGreaterThan(3000);
    expect(await within(target, (young) => young.send('LRANGE', 'queue', '0', '-1'))).toEqual(['first', 'second']);
    await mover.cleanUp();
    await expect(within(source, (old) => old.send('SET', 'late', '1'))).rejects.toThrow('NOREPLICAS');
    expect(await within(target, (young) => young.send('KEYS', 'terrace:*'))).toEqual([]);
  },
  180_000,
);

needs('redis-server', 'valkey-server')(
  'what Redis held moves to Valkey while it is written, and back; every type of it arrives, and nothing acknowledged is missing',
  async () => {
    const [source, target] = [await server(), await serverOf('valkey-server')];
    await within(source, async (filling) => {
      for (let index = 0; index < 500; index += 1) await filling.send('SET', `session:${index}`, 'x'.repeat(100), 'EX', '3600');
      await filling.send('SADD', 'set', 'a', 'b');
      await filling.send('HSET', 'hash', 'a', '1');
      await filling.send('RPUSH', 'queue', 'first', 'second');
      await filling.send('ZADD', 'scores', '1.5', 'one');
      await filling.send('XADD', 'stream', '1-1', 'field', 'value');
    });
    const { settings, place } = settingsFor(source, target);
    const mover = cacheStateMover(settings);
    const writing = writer(place);
    await pause(200);
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    await pause(200);
    expect(await mover.standing()).toMatchObject({ open: 'target', verified: true, reversible: { yes: true } });
    expect(await within(target, (young) => young.send('XRANGE', 'stream', '-', '+'))).toEqual([['1-1', ['field', 'value']]]);
    expect(await within(target, (young) => young.send('TTL', 'session:7'))).toBeGreaterThan(3000);
    // Redis goes on reading the stream of changes, although it could not read a whole copy of what Valkey holds.
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    await pause(200);
    expect(await missing(source, await writing.stop())).toEqual([]);
  },
  180_000,
);

needs('redis-server')(
  'a run that died with writes held back is finished by the next, or let go',
  async () => {
    const [source, target] = [await server(), await server()];
    const { settings, place } = settingsFor(source, target);
    const mover = cacheStateMover(settings);
    await within(source, (old) => old.send('SET', 'kept', 'yes'));
    await move(mover, { open: 'target', untilReady: true });
    await within(source, (old) => old.send('CONFIG', 'SET', 'min-replicas-to-write', '9999'));
    expect(await mover.standing()).toMatchObject({ state: 'fenced', open: 'source' });
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    // In one session: a server waits for what the asking one has written.
    const arrived = await within(source, async (old) => [await old.send('SET', 'again', 'yes'), await old.send('WAIT', '1', '3000')]);
    expect(arrived).toEqual(['OK', 1]);
    // Died after the new server stood alone, before the mark.
    for (const at of [source, target]) await within(at, (session) => session.send('CONFIG', 'SET', 'min-replicas-to-write', '9999'));
    await within(target, (young) => young.send('REPLICAOF', 'NO', 'ONE'));
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(place()).toEqual({ host: target.host, port: target.port });
    expect(await within(target, (young) => young.send('GET', 'again'))).toBe('yes');
  },
  180_000,
);

needs('redis-server')(
  'where the old server cannot follow, the way back is closed and says so',
  async () => {
    const [source, target] = [await server('--rename-command', 'REPLICAOF', ''), await server()];
    const { settings } = settingsFor(source, target);
    const mover = cacheStateMover(settings);
    await within(source, (old) => old.send('SET', 'kept', 'yes'));
    await within(source, (old) => old.send('SET', 'terrace:mine', 'yes'));
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await mover.standing()).toMatchObject({ open: 'target', verified: true, reversible: { yes: false } });
    await expect(move(mover, { open: 'source' })).rejects.toMatchObject({ code: 'PROMOTION_ONE_WAY' });
  },
  180_000,
);

needs('redis-server')(
  'a real difference is found among keys that are written',
  async () => {
    const [source, target] = [await server(), await server()];
    for (const at of [source, target])
      await within(at, (session) => session.send('MSET', 'same', '1', 'other', at === source ? '1' : '2', 'terrace:promotion:opened', '1'));
    const sessions = [await openCache(source), await openCache(target)] as const;
    expect(await cachesDiffer(...sessions, 500)).toEqual(['database 0: 2 keys differ']);
    await sessions[1].send('SET', 'other', '1');
    expect(await cachesDiffer(...sessions, 500)).toEqual([]);
    await sessions[1].send('EXPIRE', 'same', '100');
    expect(await cachesDiffer(...sessions, 300)).toEqual(['database 0: 2 keys differ']);
    for (const session of sessions) session.close();
  },
  180_000,
);

needs('redis-server')(
  'everything that stands in the way is named at once, with its remedy, and nothing is changed',
  async () => {
    const [source, target, third] = [
      await server(),
      await server('--rename-command', 'REPLICAOF', '', '--maxmemory', '1mb'),
      await server(),
    ];
    await within(target, (session) => session.send('SET', 'mine', '1'));
    await within(source, (session) => session.send('SET', 'large', 'x'.repeat(2_000_000)));
    const codes = async (from: CacheServer, to: CacheServer) =>
      (await cacheStateMover(settingsFor(from, to).settings).preflight()).map(({ code, remedy }) => [code, remedy !== '']);
    expect(await codes(source, target)).toEqual([
      ['PROMOTION_CACHE_NOT_EMPTY', true],
      ['PROMOTION_CACHE_COMMANDS', true],
      ['PROMOTION_CACHE_MEMORY', true],
    ]);
    expect(await codes(source, source)).toEqual([
      ['PROMOTION_CACHE_SAME', true],
      ['PROMOTION_CACHE_NOT_EMPTY', true],
    ]);
    await within(third, (session) => session.send('REPLICAOF', source.host, String(source.port)));
    expect(await codes(source, third)).toEqual([]);
    expect(await codes(third, source)).toEqual([
      ['PROMOTION_CACHE_FOLLOWS', true],
      ['PROMOTION_CACHE_NOT_EMPTY', true],
    ]);
    await expect(move(cacheStateMover(settingsFor(source, target).settings), { open: 'target' })).rejects.toMatchObject({
      code: 'PROMOTION_BLOCKED',
    });
    expect(await within(source, (session) => session.send('KEYS', 'terrace*'))).toEqual([]);
    expect(await within(target, (session) => session.send('KEYS', '*'))).toEqual(['mine']);
  },
  180_000,
);

needs('redis-server')(
  'a cache fills itself: the app is led to the new server and back, and nothing is moved',
  async () => {
    const [source, target] = [await server(), await server()];
    await within(source, (session) => session.send('SET', 'warm', '1'));
    const { settings, place } = settingsFor(source, target, 'cache');
    const mover = rewarmMover(settings);
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(place()).toEqual({ host: target.host, port: target.port });
    expect(await within(target, (session) => session.send('DBSIZE'))).toBe(0);
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect(place()).toEqual({ host: source.host, port: source.port });
    await expect(move(rewarmMover(settingsFor(source, source, 'cache').settings), { open: 'target' })).rejects.toMatchObject({
      code: 'PROMOTION_BLOCKED',
    });
  },
  180_000,
);

needs('redis-server')(
  'what holds state is moved by the commands that move a database',
  async () => {
    const [source, target] = [await server(), await server()];
    await within(source, (session) => session.send('SET', 'kept', 'yes'));
    const { settings } = settingsFor(source, target);
    const file = join(scratch(), 'cache.yaml');
    writeFileSync(file, JSON.stringify({ kind: 'cache', ...settings }));
    const say = (...words: string[]) =>
      type(['promote', ...words, '--settings', file], () => Promise.reject(new Error('not to be opened')) as never);
    expect(await say('status')).toMatchObject({
      code: 0,
      out: 'cache (cache-replication): not begun. Writes belong to the old side. The way back is open: yes, writes belong to the old cache.\n',
    });
    expect(await say('run')).toMatchObject({ code: 10, out: expect.stringContaining('Ready.') as string });
    expect(await say('run', '--go')).toMatchObject({ code: 0, out: 'Writes belong to the new side.\n' });
    expect(JSON.parse((await say('doctor', '--json')).out)).toMatchObject({
      promotion: 'cache',
      method: 'cache-replication',
      open: 'target',
      state: 'verified',
    });
    expect(await say('pause')).toMatchObject({ code: 20 });
    expect(await say('abandon')).toMatchObject({ code: 20, err: expect.stringContaining('writes belong to the new side') as string });
    expect(await say('contract')).toMatchObject({ code: 20, err: expect.stringContaining('--confirm cache') as string });
    expect(await say('contract', '--confirm', 'cache', '--backup-verified')).toMatchObject({ code: 0 });
    expect(await within(target, (session) => session.send('GET', 'kept'))).toBe('yes');
  },
  180_000,
);

needs('redis-server')(
  'two commands never move one thing at once; whoever looks is not refused',
  async () => {
    const [source, target] = [await server(), await server()];
    const folder = scratch();
    const file = join(folder, 'cache.yaml');
    writeFileSync(file, JSON.stringify({ kind: 'cache', ...settingsFor(source, target).settings }));
    const code = async (...words: string[]): Promise<readonly [string, number, boolean]> => {
      const all = ['promote', ...words, '--settings', file];
      const said = await type(all, () => Promise.reject(new Error('not to be opened')) as never);
      return [words[0] ?? '', said.code, said.err.includes(`another command is at work on the promotion of cache (process ${process.pid}`)];
    };
    const held = await alone(join(folder, '.terrace', 'promotion'), 'cache', () =>
      Promise.all([code('run', '--go'), code('rollback'), code('abandon'), code('contract'), code('status'), code('doctor')]),
    );
    expect(held).toEqual([
      ['run', 20, true],
      ['rollback', 20, true],
      ['abandon', 20, true],
      ['contract', 20, true],
      ['status', 0, false],
      ['doctor', 0, false],
    ]);
    expect(await within(source, (session) => session.send('KEYS', 'terrace*'))).toEqual([]);
    expect(await code('run', '--go')).toEqual(['run', 0, false]);
  },
  180_000,
);

test('Valkey reads what Redis held up to 7.2', async () => {
  const told = (text: Record<string, string>): CacheSession => ({
    server: { host: 'h', port: 1 },
    close: () => undefined,
    send: async (word) =>
      word === 'INFO'
        ? Object.entries(text)
            .map(([key, value]) => `${key}:${value}`)
            .join('\r\n')
        : 'OK',
  });
  const codes = async (from: Record<string, string>, to: Record<string, string>) =>
    (await cacheBlockers(told({ run_id: 'a', ...from }), told({ run_id: 'b', ...to }), true)).map(({ code }) => code);
  expect(await codes({ redis_version: '7.2.4' }, { redis_version: '7.2.4', valkey_version: '8.0.1' })).toEqual([]);
  expect(await codes({ redis_version: '7.4.1' }, { redis_version: '7.2.4', valkey_version: '8.0.1' })).toEqual(['PROMOTION_CACHE_VERSION']);
  expect(await codes({ redis_version: '7.0.15' }, { redis_version: '6.2.7' })).toEqual(['PROMOTION_CACHE_VERSION']);
  expect(await codes({ redis_version: '7.0.15', cluster_enabled: '1' }, { redis_version: '7.0.15' })).toEqual(['PROMOTION_CACHE_CLUSTER']);
});

test('answers are read in parts', () => {
  const whole = Buffer.from('*3\r\n$3\r\nfoo\r\n:7\r\n$-1\r\n-ERR no\r\n');
  expect(parse(whole, 0)).toEqual({ reply: ['foo', 7, null], end: 22 });
  expect(parse(whole.subarray(0, 10), 0)).toBeUndefined();
  expect(parse(whole, 22)?.reply).toEqual(new Error('ERR no'));
  expect(parse(Buffer.from('+OK\r\n'), 0)).toEqual({ reply: 'OK', end: 5 });
});
