import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import type { PromotionSettings, SshRoute } from '../../../promotion/engine/settings';
import { routeOf } from '../../../promotion/poolers/route';
import { openSession } from '../../../promotion/postgres/session';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { findPooler, startPooler, type Pooler } from '../../../promotion/rehearse/pooler';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { openPair, type Pair } from './support/pair';
import { templates, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

/** An app server as far as its pooler goes: a real PgBouncer, the server's folders, and its command. A shell stands in for SSH. */
async function appServer(pair: Pair): Promise<{ readonly route: SshRoute; readonly pooler: Pooler; readonly root: string }> {
  const root = join(pair.folder, 'server');
  const live = liveOf(root);
  mkdirSync(liveOf(join(root, 'other')), { recursive: true });
  const pooler = await startPooler(findPooler() ?? '', live, pair.source.settings);
  const commands = join(root, 'commands');
  mkdirSync(join(commands, 'other'), { recursive: true });
  const console = `psql --no-psqlrc --quiet --tuples-only --no-align --host 127.0.0.1 --port ${pooler.settings.console.port} --username postgres --dbname pgbouncer --command`;
  const script = (name: string, text: string): void => {
    writeFileSync(join(commands, name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(commands, name), 0o755);
  };
  script(
    'terrace-pooler',
    `case $1 in pause) exec ${console} 'PAUSE app' ;; reload) exec ${console} RELOAD ;; resume) exec ${console} 'RESUME app' ;; esac`,
  );
  script(
    'ssh',
    `case "$*" in *root@10.0.0.2*) exec env TERRACE_ROOT=${root} PATH=${commands}:$PATH sh -s ;; *) exec env TERRACE_ROOT=${root}/other PATH=${commands}/other:$PATH sh -s ;; esac`,
  );
  script('other/terrace-pooler', '');
  const { host, port } = pair.target.settings;
  const files = { 'upstream.ini': `app = host=${host} port=${port} dbname=app\n` };
  return {
    root,
    pooler,
    route: {
      kind: 'ssh',
      id: 'test',
      program: join(commands, 'ssh'),
      user: 'root',
      options: ['-J', 'bastion'],
      servers: [
        { name: 'app-1', host: '10.0.0.2', own: 'source', files },
        { name: 'app-2', host: '10.0.0.3', own: 'target' },
      ],
    },
  };
}

const liveOf = (root: string): string => join(root, 'var', 'lib', 'terrace', 'live', 'pooler');

const ports = async (pooler: Pooler): Promise<unknown> => {
  const session = await openSession({ ...pooler.settings.console, user: 'app', database: 'app' });
  return await session.value('select inet_server_port()').finally(session.close);
};

withServers('psql', 'pgbouncer')(
  'the poolers of app servers are paused, led over and led back by their own commands, through a shell',
  async () => {
    const pair = await openPair(clusters);
    const server = await appServer(pair);
    try {
      const settings: PromotionSettings = { ...pair.settings, windowSeconds: 15, route: server.route };
      const before = readdirSync(liveOf(server.root)).toSorted();
      expect(await ports(server.pooler)).toBe(pair.source.settings.port);
      await promote(settings, { open: 'target' });
      expect(await ports(server.pooler)).toBe(pair.target.settings.port);
      await promote(settings, { open: 'source' });
      expect(await ports(server.pooler)).toBe(pair.source.settings.port);
      expect(readdirSync(liveOf(server.root)).toSorted()).toEqual(before);
      expect(await routeOf(server.route, { source: [pair.source.settings], target: [pair.target.settings] }).points()).toBe('source');
    } finally {
      server.pooler.stop();
      await pair.end();
    }
  },
  120_000,
);

withServers('psql', 'pgbouncer')(
  'a server that cannot be reached is named, and the others are led all the same',
  async () => {
    const pair = await openPair(clusters);
    const server = await appServer(pair);
    try {
      const gone = join(server.root, 'commands', 'gone');
      copyFileSync('/bin/false', gone);
      const ends = { source: [pair.source.settings], target: [pair.target.settings] };
      const route = routeOf(server.route, ends);
      expect(await route.pause()).toEqual([]);
      expect(await route.points()).toBeUndefined();
      expect(await routeOf({ ...server.route, program: gone }, ends).pause()).toEqual([
        expect.stringContaining('app-1: '),
        expect.stringContaining('app-2: '),
      ]);
      expect(await route.point('target')).toEqual([]);
      expect(await route.points()).toBe('target');
      expect(existsSync(join(server.root, 'var', 'lib', 'terrace', 'promotion', 'test', 'paused'))).toBe(false);
    } finally {
      server.pooler.stop();
      await pair.end();
    }
  },
  120_000,
);
