import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { releaseDocument, type Upstream } from '../../../constructs/server';
import { serverFile } from '../../../constructs/server/text';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, openUnit, put, release, rendered, type Unit, withTools } from './support/unit';

const owner = { host: 'db.internal', port: 25060, database: 'app', user: 'doadmin', password: `it's $(odd) \\ "quoted"` };
const upstream: Upstream = { kind: 'remote', host: 'db.internal', port: 25061, database: 'pool', user: 'app', password: 'p', owner };
const POSTGRES = '/usr/lib/postgresql/15/bin';

needs('python3')('the owner is reached by a service of that name, over TLS', () => {
  const file = readFileSync(join(rendered(releaseDocument(release({ pooler: { upstream } }))), 'live/pooler/service.conf'), 'utf8');
  expect(file).toBe(
    `[owner]\nhost=db.internal\nport=25060\ndbname=app\nuser=doadmin\npassword=${owner.password}\nsslmode=require\nconnect_timeout=10\n`,
  );
});

describe('a server beside a managed database', () => {
  let store: Store;
  let unit: Unit;

  beforeEach(async () => {
    store = await openStore();
    store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
    unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
  });

  afterEach(async () => {
    await unit.close();
    await store.close();
  });

  const runs = (): string[] =>
    unit
      .text('docker/calls')
      .split('\n')
      .filter((line) => line.includes(' run '));

  withTools('lets the owner give the app its rights once, before the app starts, and again in another database', async () => {
    const publish = (image: string, host: string): void => {
      store.body = JSON.stringify(releaseDocument(release({ pooler: { upstream: { ...upstream, owner: { ...owner, host } } } }, image)));
    };
    publish('app:1', 'db-1');
    await unit.settle();
    expect(unit.status()).toMatchObject({ state: 'applied' });
    const calls = unit.text('docker/calls').split('\n');
    expect(calls.findIndex((line) => line.includes(' run '))).toBeLessThan(calls.findIndex((line) => line.includes(' up ')));
    publish('app:2', 'db-1');
    await unit.settle();
    expect(runs()).toHaveLength(1);
    expect(runs()[0]).toMatch(
      / run --rm --no-deps --no-TTY --env PGSERVICEFILE=\/etc\/pgbouncer\/service.conf --entrypoint psql pooler .* --set app=app service=owner$/,
    );
    expect(runs()[0]).not.toContain('odd');
    publish('app:2', 'db-2');
    await unit.settle();
    expect(runs()).toHaveLength(2);
  });

  withTools('lets an owner that makes the user do so again when the password is another', async () => {
    const publish = (password: string): void => {
      store.body = JSON.stringify(
        releaseDocument(release({ pooler: { upstream: { ...upstream, password, owner: { ...owner, makesUser: true } } } })),
      );
    };
    publish('first');
    await unit.settle();
    publish('second');
    await unit.settle();
    await unit.round();
    expect(runs()).toHaveLength(2);
  });

  withTools('does not start an app whose rights could not be given', async () => {
    put(
      unit.root,
      'bin/docker',
      `#!/bin/bash\nif [[ "$*" == *" run "* ]]; then exit 1; fi\nmkdir -p "$TERRACE_ROOT/docker"; echo "$*" >>"$TERRACE_ROOT/docker/calls"\n`,
      0o755,
    );
    store.body = JSON.stringify(releaseDocument(release({ pooler: { upstream }, timing: { window: 300, healthLimit: 2 } })));
    await unit.round();
    expect(unit.status()).toMatchObject({
      state: 'starting',
      message: "not healthy yet: the database's owner cannot give the app its rights",
    });
    expect(unit.text('docker/calls')).not.toContain(' up ');
  });
});

/** PostgreSQL as a provider runs it: the owner is no superuser, and the user of the app may do nothing. */
(existsSync(`${POSTGRES}/initdb`) ? needs('setpriv') : needs('postgresql 15'))(
  'on a real PostgreSQL the app can make tables afterwards, and could not before',
  () => {
    const folder = scratch('terrace-rights-');
    const data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(folder, 0o755);
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres:postgres', folder]);
    const as = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : ['env'];
    const [command = 'env', ...rest] = as;
    const run = (program: string, args: string[], input = ''): string =>
      execFileSync(command, [...rest, join(POSTGRES, program), ...args], {
        cwd: folder,
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    const sql = (user: string, database: string, text: string, ...options: string[]): string =>
      run('psql', ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--host', folder, '--username', user, ...options, database], text);
    run('initdb', ['--pgdata', data, '--username', 'postgres', '--auth', 'trust']);
    run('pg_ctl', [
      '--pgdata',
      data,
      '--log',
      join(folder, 'log'),
      '--silent',
      '-w',
      '-o',
      `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`,
      'start',
    ]);
    try {
      sql(
        'postgres',
        'postgres',
        'create role doadmin login createrole createdb; create role app login; create database app owner doadmin;',
      );
      const attempt = () => sql('app', 'app', 'create table notes (id int); drop table notes;');
      expect(attempt).toThrow('permission denied for schema public');
      for (let time = 1; time <= 2; time += 1) sql('doadmin', 'app', serverFile('rights.sql'), '--set', 'app=app');
      expect(attempt).not.toThrow();
      // A platform that makes the owner alone: the owner makes the user, and gives it another password with the next release.
      const login = () =>
        sql(
          'postgres',
          'postgres',
          "select rolcanlogin, rolpassword from pg_authid where rolname = 'visitor'",
          '--tuples-only',
          '--no-align',
        );
      const make = (password: string) =>
        sql('doadmin', 'app', `\\set password '${password}'\n${serverFile('user.sql')}${serverFile('rights.sql')}`, '--set', 'app=visitor');
      make('first');
      const first = login();
      expect(first).toMatch(/^t\|SCRAM-SHA-256/);
      make('second');
      expect(login()).not.toBe(first);
      expect(() => sql('visitor', 'app', 'create table visits (id int); drop table visits;')).not.toThrow();
    } finally {
      run('pg_ctl', ['--pgdata', data, '--silent', '-m', 'immediate', 'stop']);
    }
  },
);
