import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDrill } from '../../../cli/drill-record';
import type { Io } from '../../../cli/io';
import { openProject } from '../../../cli/project';
import { servingSide } from '../../../cli/serving-side';
import { drill } from '../../../promotion/drill/drill';
import { serverFolders } from '../../../promotion/rehearse/servers';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { templates, withServers } from '../engine/support/servers';
import { openShop, type Shop } from './support/shop';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

const messages = 'select count(*)::int from public.messages';
const canLogin = `select rolcanlogin from pg_roles where rolname = 'app'`;
const opened = async ({ pair }: Shop): Promise<readonly unknown[]> =>
  Promise.all([pair.sql('source', canLogin), pair.sql('target', canLogin)]);

/** A drill of what stands for a database, recorded as the command does it; the server itself plays what was restored. */
async function drilled(shop: Shop, server: 'source' | 'target'): Promise<void> {
  const { settings } = shop.pair[server];
  const project = await openProject('shop', { cwd: shop.folder, env: process.env } as Io);
  const report = await drill({
    environment: 'shop',
    source: settings,
    method: 'none',
    objectives: { rpoMinutes: 1 / 60, rtoMinutes: 1 },
    restore: () => Promise.resolve({ server: settings, remove: () => Promise.resolve() }),
  });
  writeDrill(project, servingSide(project), report);
}

withServers('terraform')(
  'tier 1 becomes tier 2 with its data by one command, which stops where somebody has to say go, and where a backup has to be proved',
  async () => {
    const shop = await openShop(clusters, 'tier1');
    const run = (...more: readonly string[]) => shop.terrace('promote', 'run', 'shop', '--to', 'tier2', '--auto-approve', ...more);
    try {
      // What runs is not what the file says: nothing is begun.
      const before = shop.text();
      expect(await run()).toMatchObject({
        code: 20,
        err: expect.stringContaining('A promotion begins and ends where a plan is empty.') as string,
      });
      expect(shop.text()).toBe(before);
      expect(await shop.terrace('deploy', 'tier1', '--auto-approve')).toMatchObject({ code: 0 });
      await drilled(shop, 'source');

      // Nobody could say yes: the file is not written either, and what was typed is what is to be typed again.
      expect(await shop.terrace('promote', 'run', 'shop', '--to', 'tier2')).toMatchObject({
        code: 20,
        err: expect.stringContaining('pass --auto-approve:\n  terrace promote run shop --to tier2 --auto-approve\n') as string,
      });
      expect(shop.text()).toBe(before);

      expect(await run('--access', 'elsewhere.yaml')).toMatchObject({
        code: 2,
        err: expect.stringContaining('--access  There is no such file.') as string,
      });

      // Who can be reached is asked before anything is made.
      const access = join(shop.folder, 'reached.yaml');
      writeFileSync(access, JSON.stringify({ source: { ...shop.pair.source.settings, sslmode: 'disable' }, appRoles: ['app'] }));
      await shop.pair.sql('source', 'create table public.bare (x int); create role other login; grant insert on public.bare to other');
      const asked = await run('--access', access);
      expect(asked).toMatchObject({ code: 20, err: expect.stringContaining('Nothing was touched. 2 things stand in the way:') as string });
      expect(asked.err).toContain('alter table public.bare replica identity full; or give it a primary key.');
      expect(asked.err).toContain('other may log in and write to the old side');
      expect(shop.text()).toBe(before);
      await shop.pair.sql('source', 'drop table public.bare; drop role other');

      const ready = await run();
      expect(ready.err).toContain('Its server makes the role that moves it with the promotion');
      expect(ready).toMatchObject({
        code: 10,
        out: expect.stringContaining(
          'shop: everything is copied and kept up to date, and writes go on where they were. Cut over: terrace promote run shop --to tier2 --go',
        ) as string,
      });
      expect(shop.text()).toContain('promotion: { to: tier2, phase: verify }');
      expect(await opened(shop)).toEqual([true, false]);
      // A drill's row is its server's own.
      expect(await shop.pair.sql('target', `select to_regclass('public.terrace_canary')::text`)).toBeNull();

      const soaking = await run('--go');
      expect(soaking).toMatchObject({
        code: 10,
        out: expect.stringContaining('shop is served by tier2, and the old side follows.') as string,
      });
      expect(await opened(shop)).toEqual([false, true]);
      expect(shop.port()).toBe(shop.pair.target.settings.port);
      expect(await shop.pair.sql('target', messages)).toBe(await shop.pair.sql('source', messages));
      const status = await shop.terrace('promote', 'status', 'shop', '--json');
      // Beside the one document nothing but lines of JSON.
      const lines = status.err.split('\n').filter((line) => line !== '');
      expect(lines.map((line) => (JSON.parse(line) as { readonly step: string }).step)).toEqual(['terraform']);
      expect(JSON.parse(status.out)).toMatchObject({
        environment: 'shop',
        tier: 'tier1',
        promotion: { to: 'tier2', phase: 'soak' },
        source: null,
        data: { state: 'verified', open: 'target', epoch: 1, reversible: { yes: true } },
        moves: [],
      });

      const contract = (...more: readonly string[]) => shop.terrace('promote', 'contract', 'shop', '--auto-approve', ...more);
      expect(await contract('--confirm', 'shop')).toMatchObject({
        code: 20,
        err: expect.stringMatching(
          /a backup of the new side must have been restored.*it was of generation 1 of the database, of tier1, not of generation 2 of the database, of tier2; it was of another server.*its row was written at/,
        ) as string,
      });
      expect(await contract('--confirm', 'shopp', '--backup-verified')).toMatchObject({
        code: 20,
        err: expect.stringContaining('--confirm shop') as string,
      });
      await drilled(shop, 'target');
      expect(await contract('--confirm', 'shop')).toMatchObject({
        code: 0,
        out: expect.stringContaining('shop is at tier2. Nothing is left to do.') as string,
      });
      expect(shop.text()).toContain('tier: tier2');
      expect(shop.text()).toContain('generations: { app: 2, database: 2 }');
      expect(shop.text()).not.toContain('promotion:');
      expect(await shop.pair.sql('source', `select count(*)::int from pg_replication_slots`)).toBe(0);
      expect(
        await shop.pair.sql(
          'target',
          `select (select count(*) from pg_replication_slots) + (select count(*) from pg_subscription) + (select count(*) from pg_publication)`,
        ),
      ).toBe('0');
      expect(JSON.parse(readFileSync(join(shop.folder, 'environments', 'shop.retired.json'), 'utf8'))).toHaveLength(4);
    } finally {
      await shop.end();
    }
  },
  600_000,
);
