import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverFile } from '../../../constructs/server/text';
import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import { type Cluster, type Clusters, run } from '../../../promotion/rehearse/clusters';
import { freePort, initialise, own, serverFolders, startServer } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { openPair, type Pair } from './support/pair';
import { templates, withMajor } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates(20);
}, 120_000);

/** An empty server of the same version: a copy would call itself the same. */
async function another({ installation }: Cluster): Promise<Cluster> {
  const folder = scratch('terrace-clusters-');
  chmodSync(folder, 0o755);
  own(folder);
  const data = join(folder, 'data');
  await initialise(installation, data);
  const server = await startServer(installation, data, await freePort());
  await run({ settings: { ...server.settings, database: 'postgres' } }, 'create database app').finally(() => server.stop());
  return { installation, data };
}

/** The roles of a server of ours, as `set_roles` makes them. */
function setRoles({ source: { settings } }: Pair, mover: string | undefined): void {
  const role = mover === undefined ? serverFile('no-mover.sql') : `\\set mover '${mover}'\n${serverFile('mover.sql')}`;
  execFileSync(
    'psql',
    `--no-psqlrc --quiet --set ON_ERROR_STOP=1 --host ${settings.host} --port ${settings.port} --username ${settings.user} --dbname app`.split(
      ' ',
    ),
    { input: `\\set password 'of-the-app'\n${serverFile('roles.sql')}\n${role}`, stdio: ['pipe', 'ignore', 'pipe'] },
  );
}

withMajor(16, 'psql')(
  'the role that a release makes moves the database there and back, and goes without a trace',
  async () => {
    const { target } = clusters;
    const pair = await openPair({ source: await another(target), target });
    try {
      for (const mover of ['first', 'a secret', 'a secret']) setRoles(pair, mover);
      await pair.sql(
        'source',
        'set role app_owner; create table public.carts (writer int primary key, n int); insert into public.carts values (1, 1)',
      );
      await pair.sql('target', `set password_encryption = 'scram-sha-256'; create role owner login superuser password 'of the owner'`);
      for (const [side, user] of [
        ['source', 'terrace_mover'],
        ['target', 'owner'],
      ] as const) {
        const rules = join(pair.folder, side, 'pg_hba.conf');
        writeFileSync(rules, `host all ${user} 127.0.0.1/32 scram-sha-256\n${readFileSync(rules, 'utf8')}`);
        await pair.sql(side, 'select pg_reload_conf()');
      }
      const mover = moverOf({
        kind: 'postgres',
        ...pair.settings,
        source: { ...pair.source.settings, user: 'terrace_mover', password: 'a secret' },
        targets: [{ ...pair.target.settings, user: 'owner', password: 'of the owner' }],
        schema: {
          before: 'create table public.carts (writer int primary key, n int); alter table public.carts owner to app_owner;',
          after: '',
        },
        appRoles: ['app'],
        windowSeconds: 15,
        stillSeconds: 30,
      });
      expect(await mover.preflight()).toEqual([]);
      expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
      expect(await mover.standing()).toMatchObject({ open: 'target', verified: true, reversible: { yes: true } });
      await pair.sql('target', 'insert into public.carts values (2, 2)');
      expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
      expect(await pair.sql('source', 'select sum(n)::int from public.carts')).toBe(3);

      // While something of it is left it stays, and may do nothing; afterwards it goes.
      setRoles(pair, undefined);
      const role = `select rolcanlogin from pg_roles where rolname = 'terrace_mover'`;
      expect(await pair.sql('source', role)).toBe(false);
      setRoles(pair, 'a secret');
      await mover.cleanUp();
      setRoles(pair, undefined);
      expect(await pair.sql('source', role)).toBeUndefined();
    } finally {
      await pair.end();
    }
  },
  120_000,
);
