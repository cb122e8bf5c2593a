import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CacheServer } from '../../../promotion/redis/client';
import { type CacheSettings, cacheStateMover } from '../../../promotion/redis/mover';
import { back, cutOver, ready } from '../engine/support/asked';
import { diesAt, killedAt } from '../engine/support/killed';
import { cachePoints } from '../engine/support/points';
import { freezer } from '../engine/support/freezer';
import { testEngine } from '../engine/support/servers';
import { pause } from '../../../promotion/postgres/session';
import { needs } from '../../support/needs';
import { soak } from '../../support/soak';
import { endServers, pushing, server, serverOf, settingsFor, within } from './support/caches';

let writers: { stop: () => Promise<readonly string[]> }[] = [];

afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.stop()));
  endServers();
});

/** A cache that is being moved, with an app that is led, and clients of either side that are not. */
interface Moving {
  readonly settings: CacheSettings;
  readonly file: string;
  readonly reached: NodeJS.ProcessEnv;
  /** Lets nobody write any more. @returns what was acknowledged and is not there, and what is there twice */
  readonly wrong: (at: CacheServer) => Promise<{ readonly acknowledged: number; readonly lost: string[]; readonly doubled: string[] }>;
}

async function moving(target: CacheServer, source?: CacheServer): Promise<Moving> {
  const { settings, place } = settingsFor(source ?? (await server()), target);
  const file = join(dirname(settings.route.kind === 'file' ? settings.route.file : ''), 'move.json');
  writeFileSync(file, JSON.stringify({ kind: 'cache', ...settings }));
  writers = [pushing('app', place), pushing('late', () => settings.source)];
  return {
    settings,
    file,
    reached: { TEST_REACHED: join(dirname(file), 'reached') },
    wrong: async (at) => {
      const acknowledged = (await Promise.all(writers.splice(0).map((writer) => writer.stop()))).flat();
      const there = await within(at, (session) => session.send('LRANGE', 'written', '0', '-1'));
      const found = new Map<string, number>();
      for (const each of Array.isArray(there) ? there.map(String) : []) found.set(each, (found.get(each) ?? 0) + 1);
      return {
        acknowledged: acknowledged.length,
        lost: acknowledged.filter((each) => !found.has(each)),
        doubled: [...found].flatMap(([each, times]) => (times > 1 ? [each] : [])),
      };
    },
  };
}

/** From when the new side follows, somebody tries to write there who was not led there: it may be let in only when the other side is not. */
function early({ settings }: Moving): void {
  writers.push(pushing('early', () => settings.target));
}

const none = { lost: [], doubled: [] };

/** Each end of an act is a process of its own. An end before an act is the one after that before it, but for what is read in between: `npm run soak` has both. */
const some = (list: readonly string[]): readonly string[] => (soak ? list : list.filter((point) => point.endsWith('.acted')));

/** Where turning round differs from going on; `npm run soak` turns round after every act. */
const turns = soak ? cachePoints.back : ['fenced.acted', 'stood-alone.acted', 'opened.acted'];

needs('redis-server', 'valkey-server')(
  'killed at every act of moving a cache, there, back, there again and to the end, it goes on each time; nothing acknowledged is lost or there twice, whoever writes where',
  async () => {
    const move = await moving(await serverOf('valkey-server'));
    const through = async (list: readonly string[], goal: object): Promise<void> =>
      expect(await killedAt(move.file, list, goal, move.reached)).toEqual({ kills: list.length, left: '' });
    await through(some(cachePoints.copy), ready);
    early(move);
    await through(some(cachePoints.change), cutOver);
    await through(cachePoints.back, back);
    expect(await cacheStateMover(move.settings).standing()).toMatchObject({ open: 'source', state: 'copied' });
    await through([], cutOver);
    expect(await cacheStateMover(move.settings).standing()).toMatchObject({ open: 'target', state: 'verified', verified: true });
    await through(some(cachePoints.contracted), { end: 'cleanUp' });
    // Once more, as a run does that was killed behind its last act; and nothing leads back.
    await through([], { end: 'cleanUp' });
    await expect(cacheStateMover(move.settings).reverse()).rejects.toMatchObject({ code: 'PROMOTION_ONE_WAY' });
    expect(await cacheStateMover(move.settings).standing()).toMatchObject({ open: 'target', state: 'not begun' });
    const { acknowledged, ...wrong } = await move.wrong(move.settings.target);
    expect([wrong, acknowledged > 100]).toEqual([none, true]);
    expect(await within(move.settings.target, (young) => young.send('KEYS', 'terrace:*'))).toEqual([]);
    // What was met is what the lists name: an act without a list would be one at which nobody was killed.
    const listed = new Set([...cachePoints.copy, ...cachePoints.change, ...cachePoints.contracted]);
    expect(
      new Set(
        readFileSync(move.reached['TEST_REACHED'] ?? '', 'utf8')
          .trim()
          .split('\n'),
      ),
    ).toEqual(listed);
  },
  180_000,
);

needs('redis-server')(
  'killed within a change of sides and turned round, either way, it loses nothing; and given up, it leaves nothing behind',
  async () => {
    const move = await moving(await server());
    const ends = (goal: object) => killedAt(move.file, [], goal, move.reached);
    await ends(ready);
    early(move);
    for (const point of turns) {
      await diesAt(move.file, point, cutOver);
      await ends(back);
      expect([point, (await cacheStateMover(move.settings).standing()).open]).toEqual([point, 'source']);
    }
    for (const point of turns) {
      await ends(cutOver);
      await diesAt(move.file, point, back);
      await ends(cutOver);
      expect([point, (await cacheStateMover(move.settings).standing()).open]).toEqual([point, 'target']);
      await ends(back);
    }
    await diesAt(move.file, 'fenced.acted', cutOver);
    expect(await killedAt(move.file, cachePoints.letGo, back)).toEqual({ kills: cachePoints.letGo.length, left: '' });
    const tried = (await writers.pop()?.stop()) ?? [];
    const there = await within(move.settings.source, (old) => old.send('LRANGE', 'written', '0', '-1'));
    expect(tried.filter((each) => !Array.isArray(there) || !there.includes(each))).toEqual([]);
    expect(await killedAt(move.file, cachePoints.abandoned, { end: 'cleanUp' })).toEqual({ kills: cachePoints.abandoned.length, left: '' });
    const { acknowledged, ...wrong } = await move.wrong(move.settings.source);
    expect([wrong, acknowledged > 100]).toEqual([none, true]);
    for (const at of [move.settings.source, move.settings.target])
      expect(await within(at, (session) => session.send('KEYS', 'terrace:*'))).toEqual([]);
  },
  180_000,
);

needs('redis-server')(
  'an engine that stood still until writes were let go by themselves holds them back anew only for what has arrived',
  async () => {
    const old = await server();
    const ice = await freezer(old.port);
    try {
      const move = await moving(await server(), { ...old, peer: { host: '127.0.0.1', port: ice.port } });
      await killedAt(move.file, [], ready);
      const reached = move.reached['TEST_REACHED'] ?? '';
      const env = { ...process.env, ...move.reached, TEST_STALL: 'fenced.before' };
      const engine = spawn(process.execPath, [testEngine, move.file, JSON.stringify(cutOver)], { env, stdio: 'ignore' });
      while (!(existsSync(reached) && readFileSync(reached, 'utf8').includes('fenced.before'))) await pause(10);
      ice.freeze(true);
      // As when the time of the pause is over.
      await within(old, (session) => session.send('CLIENT', 'UNPAUSE'));
      await pause(300);
      engine.kill('SIGCONT');
      expect(await once(engine, 'exit')).toEqual([1, null]);
      ice.freeze(false);
      expect(await killedAt(move.file, [], cutOver)).toEqual({ kills: 0, left: '' });
      const { acknowledged, ...wrong } = await move.wrong(move.settings.target);
      expect([wrong, acknowledged > 20]).toEqual([none, true]);
    } finally {
      ice.close();
    }
  },
  180_000,
);
