import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromotionSettings } from '../../../promotion/engine/settings';
import { promote } from '../../../promotion/engine/promote';
import { openSession, pause } from '../../../promotion/postgres/session';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { runEngine } from '../../../promotion/rehearse/engine-process';
import { findPooler, startPooler } from '../../../promotion/rehearse/pooler';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { openPair } from './support/pair';
import { templates, testEngine, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

withServers('pgbouncer')(
  'a pooler that a dead engine left paused is let go when nobody takes over, and writes stay held back',
  async () => {
    const pair = await openPair(clusters);
    const pooler = await startPooler(findPooler() ?? '', join(pair.folder, 'pooler'), pair.source.settings);
    const { database, console: at } = pooler.settings;
    const paused = async (): Promise<unknown> => {
      const session = await openSession({ ...at, database: 'pgbouncer' });
      const rows = await session.rows('SHOW DATABASES').finally(session.close);
      return Number(rows.find(({ name }) => name === database)?.['paused']);
    };
    try {
      const settings: PromotionSettings = { ...pair.settings, route: { kind: 'pgbouncer', poolers: [pooler.settings] } };
      const file = join(pair.folder, 'settings.json');
      const crashes = join(pair.folder, 'crashes');
      writeFileSync(file, JSON.stringify(settings));
      writeFileSync(crashes, 'fenced.shut');
      const { code } = await runEngine(file, { open: 'target' }, { program: testEngine, env: { TEST_CRASHES: crashes } }).ended;
      expect(code).toBeNull();
      expect(await paused()).toBe(1);
      for (const end = performance.now() + 40_000; (await paused()) === 1 && performance.now() < end;) await pause(200);
      expect(await paused()).toBe(0);
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
      expect(await promote(settings, { open: 'source' })).toMatchObject({ open: 'source' });
      const app = await openSession({ ...at, database, user: 'app' });
      expect(await app.value('select 1').finally(app.close)).toBe(1);
    } finally {
      pooler.stop();
      await pair.end();
    }
  },
  120_000,
);
