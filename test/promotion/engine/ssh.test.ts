import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import { readJournal } from '../../../promotion/journal/journal';
import type { PromotionSettings } from '../../../promotion/engine/settings';
import { routeOf } from '../../../promotion/poolers/route';
import { pause } from '../../../promotion/postgres/session';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { runEngine } from '../../../promotion/rehearse/engine-process';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { until } from '../../support/processes';
import { scratch } from '../../support/scratch';
import { type AppServer, command, isHeld, liveOf, portBehind, startAppServer } from './support/app-server';
import { openPair, type Pair } from './support/pair';
import { templates, testEngine, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

/** Does something with an app server, and leaves nothing of it running. */
async function withAppServer(way: 'sshd' | 'shell', act: (server: AppServer, pair: Pair) => Promise<void>): Promise<void> {
  const pair = await openPair(clusters);
  try {
    const server = await startAppServer(pair, way);
    await act(server, pair).finally(server.stop);
  } finally {
    await pair.end();
  }
}

for (const [way, tools, title] of [
  ['sshd', ['ssh', 'sshd'], 'by ssh from a real sshd'],
  ['shell', [], 'through a shell'],
] as const)
  withServers('psql', 'pgbouncer', ...tools)(
    `the poolers of app servers are paused, led over and led back by their own commands, ${title}`,
    () =>
      withAppServer(way, async ({ route, root, pooler }, pair) => {
        const settings: PromotionSettings = { ...pair.settings, windowSeconds: 15, route };
        const before = readdirSync(liveOf(root)).toSorted();
        expect(await portBehind(pooler)).toBe(pair.source.settings.port);
        await promote(settings, { open: 'target' });
        expect(await portBehind(pooler)).toBe(pair.target.settings.port);
        await promote(settings, { open: 'source' });
        expect(await portBehind(pooler)).toBe(pair.source.settings.port);
        expect(readdirSync(liveOf(root)).toSorted()).toEqual(before);
        expect(await routeOf(route, { source: [pair.source.settings], target: [pair.target.settings] }).points()).toBe('source');
      }),
    120_000,
  );

withServers(
  'psql',
  'pgbouncer',
  'ssh',
  'sshd',
)(
  "a pooler that an engine of another machine left paused when it died is let go by the server's own watchdog, started over SSH, and writes stay held back",
  () =>
    withAppServer('sshd', async ({ route, root, commands, pooler, calls }, pair) => {
      // The half minute that it waits is played by the time until this test says so; a machine that is busy with tests may take its time for a pause.
      const [asked, over] = [join(root, 'asked'), join(root, 'over')];
      command(join(commands, 'sleep'), `echo "$1" >${asked}; until [ -e ${over} ]; do /bin/sleep 0.1; done`);
      command(join(commands, 'timeout'), 'shift; exec "$@"');
      const settings: PromotionSettings = { ...pair.settings, route };
      const [file, crashes] = [join(pair.folder, 'settings.json'), join(pair.folder, 'crashes')];
      writeFileSync(file, JSON.stringify(settings));
      writeFileSync(crashes, 'fenced.shut');
      const env = { TEST_CRASHES: crashes, TMPDIR: scratch() };
      const { code } = await runEngine(file, { open: 'target' }, { program: testEngine, env }).ended;
      expect([code, readdirSync(env.TMPDIR).length > 0]).toEqual([null, true]);
      const noted = readJournal(settings.journal).filter(({ step, phase }) => step === 'fenced' && phase === 'note');
      expect([await isHeld(pooler), calls(), noted]).toEqual([true, ['pause'], []]);
      await until(() => existsSync(asked));
      expect(readFileSync(asked, 'utf8')).toBe('30\n');
      const kept = join(root, 'var', 'lib', 'terrace', 'promotion', 'test', 'paused');
      expect(existsSync(kept)).toBe(true);
      writeFileSync(over, '');
      for (const end = performance.now() + 20_000; (await isHeld(pooler)) && performance.now() < end;) await pause(100);
      expect([await isHeld(pooler), existsSync(kept), calls()]).toEqual([false, false, ['pause', 'resume']]);
      // No authority has moved: the app is let through to a side that still lets nobody write, until an engine goes on.
      const canLogin = `select rolcanlogin from pg_roles where rolname = 'app'`;
      expect([await pair.sql('source', canLogin), await pair.sql('target', canLogin)]).toEqual([false, false]);
      expect(await runEngine(file, { open: 'target' }, { program: testEngine, env }).ended).toMatchObject({ code: 0 });
      expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target' });
      expect(await portBehind(pooler)).toBe(pair.target.settings.port);
      // The sockets of the one that was killed, and those of the one that has ended.
      expect(readdirSync(env.TMPDIR)).toEqual([]);
    }),
  120_000,
);

withServers('psql', 'pgbouncer')(
  'a server that cannot be reached is named, and the others are led all the same',
  () =>
    withAppServer('shell', async ({ route, root, commands }, pair) => {
      const gone = join(commands, 'gone');
      copyFileSync('/bin/false', gone);
      const ends = { source: [pair.source.settings], target: [pair.target.settings] };
      const way = routeOf(route, ends);
      expect(await way.pause()).toEqual([]);
      expect(await way.points()).toBeUndefined();
      expect(await routeOf({ ...route, program: gone }, ends).pause()).toEqual([
        expect.stringContaining('app-1: '),
        expect.stringContaining('app-2: '),
      ]);
      expect(await way.point('target')).toEqual([]);
      expect(await way.points()).toBe('target');
      expect(existsSync(join(root, 'var', 'lib', 'terrace', 'promotion', 'test', 'paused'))).toBe(false);
    }),
  120_000,
);

withServers('psql', 'pgbouncer')(
  'a server that hangs is given up before the poolers of the others are paused',
  () =>
    withAppServer('shell', async ({ route, root, commands, calls }, pair) => {
      const hanging = join(commands, 'hanging');
      command(
        hanging,
        `case "$*" in *10.0.0.3*) sleep 3; echo 'given up' >>${join(root, 'called')}; exit 255 ;; *) exec ${route.program} "$@" ;; esac`,
      );
      const way = routeOf({ ...route, program: hanging }, { source: [pair.source.settings], target: [pair.target.settings] });
      expect(await way.pause()).toEqual([expect.stringContaining('app-2: ')]);
      expect(calls()).toEqual(['given up', 'pause']);
    }),
  120_000,
);
