import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clusters } from '../../promotion/rehearse/clusters';
import { serverFolders } from '../../promotion/rehearse/servers';
import { templates, withServers } from '../promotion/engine/support/servers';
import { type Ending, openShop, type Shop } from '../promotion/run/support/shop';
import { scratch } from '../support/scratch';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates(2000);
}, 300_000);

const patience = 1_800_000;
const messages = "select count(*)::int || ' ' || coalesce(sum(hashtextextended(m::text, 0)), 0) from public.messages m";
const login = `select rolcanlogin from pg_roles where rolname = 'app'`;

async function within(tier: string, work: (shop: Shop) => Promise<void>): Promise<void> {
  const shop = await openShop(clusters, tier);
  try {
    expect(await shop.terrace('deploy', tier, '--auto-approve')).toMatchObject({ code: 0 });
    await work(shop);
  } finally {
    await shop.end();
  }
}

/** Runs a command to its end, killed at every one of these points on the way. */
async function through(shop: Shop, points: readonly RegExp[], ...args: readonly string[]): Promise<Ending> {
  const missed: string[] = [];
  for (const point of points) if ((await shop.killed(point, ...args)).code !== null) missed.push(String(point));
  expect(missed).toEqual([]);
  for (let attempt = 0; ; attempt += 1) {
    const ending = await shop.killed(/(?!)/, ...args);
    // Terraform of a killed run may still be ending what it had begun.
    if (ending.code !== 30 || attempt > 20) return ending;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const bothHoldTheSame = async ({ pair }: Shop): Promise<void> =>
  expect(await pair.sql('target', messages)).toBe(await pair.sql('source', messages));

/** The environment is where it began: file, state, databases. */
async function began(shop: Shop, tier: string, text: string, addresses: readonly string[]): Promise<void> {
  expect(shop.text()).toBe(`${text}retired: { app: 2, database: 2, frontend: 1 }\n`);
  expect(shop.addresses()).toEqual(addresses);
  expect(await shop.terrace('diff', tier, '--detailed-exitcode')).toMatchObject({ code: 0 });
  expect(await shop.pair.sql('source', login)).toBe(true);
  expect(shop.port()).toBe(shop.pair.source.settings.port);
  expect(await shop.pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
}

const run = ['promote', 'run', 'shop', '--to', 'tier2', '--auto-approve', '--go'] as const;

withServers('terraform')(
  'killed -9 at every turn on the way to tier 2 and back: each time the same command goes on, and at the end everything is where it began',
  () =>
    within('tier1', async (shop) => {
      const [text, addresses] = [shop.text(), shop.addresses()];
      const points = [
        /for phase expand/,
        /created|Applying/,
        /for phase migrate/,
        /published: done/,
        /subscribed: done/,
        /for phase verify/,
        /for phase cutover/,
        /fenced: done/,
        /opened: done/,
        /Applying/,
        /for phase soak/,
      ];
      expect(await through(shop, points, ...run)).toMatchObject({ code: 10 });
      expect(shop.text()).toContain('phase: soak');
      expect(shop.port()).toBe(shop.pair.target.settings.port);
      await bothHoldTheSame(shop);
      const back = ['promote', 'rollback', 'shop', '--auto-approve'] as const;
      expect(
        await through(shop, [/fenced: done/, /opened: done/, /for phase migrate/, /Applying/, /for phase rollback/, /Applying/], ...back),
      ).toMatchObject({ code: 0 });
      await began(shop, 'tier1', text, addresses);
    }),
  patience,
);

for (const [phase, point] of [
  ['expand', /for phase expand/],
  ['migrate', /for phase migrate/],
  ['verify', /for phase verify/],
  ['cutover', /for phase cutover/],
] as const)
  withServers('terraform')(
    `killed in ${phase}, and rolled back from there: everything is where it began`,
    () =>
      within('tier1', async (shop) => {
        const [text, addresses] = [shop.text(), shop.addresses()];
        expect(await shop.killed(point, ...run)).toMatchObject({ code: null });
        expect(shop.text()).toContain(`phase: ${phase}`);
        expect(await shop.terrace('promote', 'rollback', 'shop', '--auto-approve')).toMatchObject({ code: 0 });
        await began(shop, 'tier1', text, addresses);
      }),
    patience,
  );

/** Pairs whose database the provider can resize, or the engine move. */
const resizable = [
  ['tier2', 'tier3'],
  ['tier3', 'tier4'],
] as const;

for (const [from, to, reversible] of resizable.flatMap((pair) => [true, false].map((each) => [...pair, each] as const)))
  withServers('terraform')(
    `${from} becomes ${to}${reversible ? ' with its data moved' : ', its database resized by the provider'}; back with the target kept, forward again, and contract`,
    () =>
      within(from, async (shop) => {
        const forward = ['promote', 'run', 'shop', '--to', to, '--auto-approve', '--go', ...(reversible ? ['--reversible'] : [])];
        expect(await shop.terrace(...forward)).toMatchObject({ code: 10 });
        // A drill makes its table on one side, and no way back is closed by that.
        if (reversible) await shop.pair.sql('target', 'create table public.terrace_canary (id uuid primary key)');
        expect(await shop.terrace('promote', 'rollback', 'shop', '--keep-target', '--auto-approve')).toMatchObject({ code: 0 });
        expect(shop.text()).toContain('phase: migrate');
        expect(await shop.terrace(...forward)).toMatchObject({ code: 10 });
        expect(await shop.pair.sql(reversible ? 'target' : 'source', login)).toBe(true);
        if (reversible) await bothHoldTheSame(shop);
        expect(
          await through(
            shop,
            [/for phase contract/, /Applying/],
            'promote',
            'contract',
            'shop',
            '--confirm',
            'shop',
            '--backup-verified',
            '--auto-approve',
          ),
        ).toMatchObject({ code: 0 });
        // Killed while it was forgotten, the old database is on the list all the same.
        if (reversible)
          expect(readFileSync(join(shop.folder, 'environments', 'shop.retired.json'), 'utf8')).toContain(
            '"digitalocean_database_cluster.database_g1"',
          );
        expect(shop.text()).toContain(`tier: ${to}`);
        expect(await shop.terrace('diff', to, '--detailed-exitcode')).toMatchObject({ code: 0 });
      }),
    patience,
  );

withServers('terraform', 'git')(
  "where deploys read the file on a branch, every phase waits for the merge, a colleague's push in between too",
  () =>
    within('tier1', async (shop) => {
      const git = (folder: string, ...args: readonly string[]): string =>
        execFileSync('git', ['-C', folder, '-c', 'user.name=Someone', '-c', 'user.email=someone@example.com', ...args], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
      const bare = scratch();
      git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
      git(shop.folder, 'init', '--quiet', '--initial-branch=main');
      git(shop.folder, 'remote', 'add', 'origin', bare);
      const push = (): void => {
        git(shop.folder, 'add', 'environments/shop.yaml');
        git(shop.folder, 'commit', '--quiet', '--allow-empty', '-m', 'environment');
        git(shop.folder, 'push', '--quiet', 'origin', 'main');
      };
      push();
      const before = shop.addresses();
      const go = (): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
        shop.terrace(...run, '--source', 'origin:main');
      expect(await go()).toMatchObject({
        code: 10,
        out: expect.stringContaining('the file does not stand yet where deploys read it (origin main:environments/shop.yaml at') as string,
      });
      expect(shop.addresses()).toEqual(before);
      push();
      expect(await go()).toMatchObject({ code: 10 });
      expect(shop.text()).toContain('phase: migrate');

      // A colleague releases another image meanwhile. What they pushed has to be taken in first; nothing is deployed until then.
      const theirs = scratch();
      git(theirs, 'clone', '--quiet', bare, '.');
      const file = join(theirs, 'environments', 'shop.yaml');
      writeFileSync(file, execFileSync('cat', [file], { encoding: 'utf8' }).replace('deadlock-coach:1.4.2', 'deadlock-coach:1.4.3'));
      git(theirs, 'commit', '--quiet', '-am', 'release');
      git(theirs, 'push', '--quiet', 'origin', 'main');
      expect(await go()).toMatchObject({ code: 10, out: expect.stringContaining('pull what others have pushed') as string });
      git(shop.folder, 'add', 'environments/shop.yaml');
      git(shop.folder, 'commit', '--quiet', '-m', 'migrate');
      git(shop.folder, 'pull', '--quiet', '--rebase', 'origin', 'main');
      expect(shop.text()).toContain('deadlock-coach:1.4.3');
      git(shop.folder, 'push', '--quiet', 'origin', 'main');
      for (const phase of ['verify', 'cutover', 'soak']) {
        expect(await go()).toMatchObject({ code: 10 });
        expect(shop.text()).toContain(`phase: ${phase}`);
        push();
      }
      expect(await go()).toMatchObject({ code: 10, out: expect.stringContaining('shop is served by tier2') as string });
      await bothHoldTheSame(shop);
    }),
  patience,
);
