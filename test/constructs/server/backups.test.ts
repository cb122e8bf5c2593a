import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';

import { MANAGED_RECOVERY, SELF_HOSTED_RECOVERY, ARCHIVE_TIMEOUT_SECONDS, releaseDocument } from '../../../constructs/server';
import { needs } from '../../support/needs';
import { freePort } from '../../../promotion/rehearse/servers';
import { tlsBefore } from '../../support/tls';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, openUnit, put, release, type Unit } from './support/unit';

const POSTGRES = '/usr/lib/postgresql/15/bin/initdb';
const withDatabase = existsSync(POSTGRES) ? needs('pgbackrest', 'python3.11', 'openssl', 'jq', 'flock', 'setpriv') : needs('postgresql 15');

jest.setTimeout(300_000);

describe('recovery objectives', () => {
  test('follow from the archive', () => {
    expect(SELF_HOSTED_RECOVERY.rpoMinutes).toBe(ARCHIVE_TIMEOUT_SECONDS / 60 + 1);
    for (const { source } of [SELF_HOSTED_RECOVERY, MANAGED_RECOVERY]) expect(source).toContain('assum');
  });
});

describe('a self-hosted database', () => {
  let parts: { store: Store; moto: ChildProcess; tls: Server; tlsPort: number } | undefined;
  const units: Unit[] = [];

  async function start(): Promise<NonNullable<typeof parts>> {
    const store = await openStore();
    store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
    const motoPort = await freePort();
    const moto = spawn('python3.11', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', `${motoPort}`], { stdio: 'ignore' });
    await until(async () => (await fetch(`http://127.0.0.1:${motoPort}/backups`, { method: 'PUT' })).ok);
    const { server: tls, port: tlsPort } = await tlsBefore(motoPort);
    return { store, moto, tls, tlsPort };
  }

  afterAll(async () => {
    for (const unit of units) {
      await stop(unit, '1');
      await unit.close();
    }
    parts?.moto.kill('SIGKILL');
    parts?.tls.close();
    await parts?.store.close();
  });

  /** A server with an empty volume whose release has been applied. */
  async function server(
    address: string,
  ): Promise<{ unit: Unit; port: string; pull: () => Promise<void>; command: (name: string, ...words: string[]) => Promise<string> }> {
    if (parts === undefined) throw new Error('the store is not open');
    const unit = await openUnit(parts.store, { server: 'app-1', address });
    units.push(unit);
    const port = `${await freePort()}`;
    prepare(unit);
    const pull = async (): Promise<void> => {
      const { code, output } = await run(unit, port, 'usr/local/sbin/terrace-pull', []);
      // Printed whole, because a round that fails here fails for a reason of the machine.
      if (unit.status().state !== 'applied')
        throw new Error(`the round ended with ${code} and ${JSON.stringify(unit.status())}:\n${output}\n${unit.text('tools.log')}`);
      expect({ code, state: unit.status() }).toMatchObject({ code: 0, state: { state: 'applied', healthy: true } });
    };
    await pull();
    const command = async (name: string, ...words: string[]): Promise<string> => {
      const { code: ended, output: said } = await run(unit, port, `usr/local/sbin/${name}`, words);
      if (ended !== 0) throw new Error(`${name} ${words.join(' ')} ended with ${ended}:\n${said}`);
      return said;
    };
    return { unit, port, pull, command };
  }

  function publish(more: { readonly moverPassword?: string } = {}): void {
    if (parts === undefined) return;
    const backups = {
      endpoint: '127.0.0.1',
      region: 'fra1',
      bucket: 'backups',
      accessKeyId: 'ID',
      secretKey: 'SECRET',
      uriStyle: 'path',
      port: parts.tlsPort,
      verifyTls: false,
    } as const;
    const { app: _, ...rest } = release();
    parts.store.body = JSON.stringify(
      releaseDocument({ ...rest, timing: { healthLimit: 60 }, postgres: { mount: '/mnt/database', memory: 256, backups, ...more } }),
    );
  }

  withDatabase('comes back on its own server, to a moment, and on a new server', async () => {
    parts = await start();
    publish();
    const first = await server('127.0.0.1');

    expect(first.unit.text('tools.log')).toContain('systemctl start --no-block terrace-backup-full.service\n');

    // The app's role: its password is on the volume alone, and it owns nothing.
    const password = first.unit.text('mnt/database/secrets/app').trim();
    expect(parts.store.body).not.toContain(password);
    expect(
      await ask(
        first.port,
        password,
        "create table note (id int primary key, at timestamptz default now()); select tableowner from pg_tables where tablename = 'note'",
      ),
    ).toEqual(['app_owner']);
    expect(
      await ask(first.port, password, "select setting from pg_settings where name in ('wal_level', 'archive_timeout') order by name"),
    ).toEqual(['60', 'logical']);

    // While it is promoted, a role that may move it comes over the network, with TLS only; the server is not started anew for that.
    const begun = 'select pg_postmaster_start_time()::text';
    const since = await ask(first.port, password, begun);
    publish({ moverPassword: 'of-a-promotion' });
    await first.pull();
    expect(
      await ask(
        first.port,
        'of-a-promotion',
        `select rolreplication, rolcreaterole, rolsuper, pg_has_role('app_owner', 'usage'), pg_has_role('app', 'usage') from pg_roles where rolname = current_user`,
        mover,
      ),
    ).toEqual(['true', 'true', 'false', 'true', 'true']);
    await expect(ask(first.port, 'of-a-promotion', 'select 1', { user: 'terrace_mover' })).rejects.toThrow('no pg_hba.conf entry');
    publish();
    await first.pull();
    await expect(ask(first.port, 'of-a-promotion', 'select 1', mover)).rejects.toThrow(/authentication failed|no pg_hba.conf entry/);
    expect(await ask(first.port, password, `select count(*)::int from pg_roles where rolname = 'terrace_mover'`)).toEqual(['0']);
    expect(await ask(first.port, password, begun)).toEqual(since);

    await ask(first.port, password, 'insert into note select generate_series(1, 1000)');
    await first.command('terrace-backup', 'full');
    await ask(first.port, password, 'insert into note select generate_series(1001, 2000)');
    // pgBackRest knows when a backup ended to the second, and takes one that ended in a second before the moment's.
    await pause(1100);
    const [moment = ''] = await ask(first.port, password, 'select clock_timestamp()::text');
    await pause(1100);
    await ask(first.port, password, 'insert into note select generate_series(2001, 3000)');
    await first.command('terrace-backup', 'check');

    // Everything that is not in the bucket is gone.
    await lose(first.unit);
    expect(await first.command('terrace-restore', 'latest')).toContain('terrace-restore: done');
    expect(await ask(first.port, password, 'select count(*), max(id) from note')).toEqual(['3000', '3000']);

    // A mistake: back to the moment before it. What was there stays beside.
    await ask(first.port, password, 'insert into note values (9999)');
    await first.command('terrace-backup', 'check');
    await first.command('terrace-restore', moment);
    expect(await ask(first.port, password, 'select count(*), max(id) from note')).toEqual(['2000', '2000']);
    expect(readdirSync(first.unit.path('mnt/database/postgres')).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);

    // A server that never saw the old one has other passwords.
    await first.command('terrace-backup', 'diff');
    await stop(first.unit, first.port);
    const second = await server('127.0.0.2');
    await second.command('terrace-restore', 'latest');
    const other = second.unit.text('mnt/database/secrets/app').trim();
    expect(other).not.toBe(password);
    expect(await ask(second.port, other, 'select count(*), max(id) from note')).toEqual(['2000', '2000']);

    // A restore that cannot work leaves what is there.
    await expect(second.command('terrace-restore', '1999-01-01 00:00:00+00')).rejects.toThrow('the data that was there is put back');
    expect(await ask(second.port, other, 'select count(*), max(id) from note')).toEqual(['2000', '2000']);
  });
});

function environment(unit: Unit, port: string): NodeJS.ProcessEnv {
  const owner = process.getuid?.() === 0 ? 'postgres:postgres' : `${process.getuid?.()}`;
  return {
    ...process.env,
    PATH: `${unit.root}/bin:${process.env['PATH']}`,
    TERRACE_ROOT: unit.root,
    TEST_PGPORT: port,
    TERRACE_POSTGRES_OWNER: owner,
    TERRACE_PAUSE: '0.1',
  };
}

/** Not synchronous: the store's TLS is in this process. */
function run(unit: Unit, port: string, program: string, words: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(join(unit.root, program), words, { env: environment(unit, port), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, output })));
}

function stop(unit: Unit, port: string): Promise<unknown> {
  return run(unit, port, 'bin/docker', ['compose', '-', '-', '-', '-', '-', '-', 'stop']);
}

function prepare(unit: Unit): void {
  execFileSync('chmod', ['0755', unit.root]);
  execFileSync('mkdir', ['-p', unit.path('mnt/database')]);
  put(unit.root, 'bin/docker', readFileSync(join(__dirname, 'support/database-docker.sh'), 'utf8'), 0o755);
}

async function lose(unit: Unit): Promise<void> {
  const pid = Number(readFileSync(unit.path('mnt/database/postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await until(() => Promise.resolve(spawnSync('kill', ['-0', `${pid}`]).status !== 0));
  rmSync(unit.path('mnt/database/postgres/data'), { recursive: true, force: true });
}

const mover = { user: 'terrace_mover', ssl: { rejectUnauthorized: false } } as const;

async function ask(
  port: string,
  password: string,
  sql: string,
  as: { readonly user: string; readonly ssl?: { readonly rejectUnauthorized: boolean } } = { user: 'app' },
): Promise<string[]> {
  const client = new Client({ host: '127.0.0.1', port: Number(port), ...as, password, database: 'app' });
  await client.connect();
  try {
    const result = (await client.query({ text: sql, rowMode: 'array' })) as unknown as { rows: unknown[][] } | { rows: unknown[][] }[];
    const last = Array.isArray(result) ? result[result.length - 1] : result;
    return (last?.rows ?? []).flat().map(String);
  } finally {
    await client.end();
  }
}

async function until(question: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await question().catch(() => false)) return;
    await pause(150);
  }
  throw new Error('waited in vain');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
