import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { programFailed } from '../engine/errors';
import type { PoolerSettings } from '../engine/settings';
import { openSession, pause } from '../postgres/session';
import { freePort, own, serverUser } from './servers';

/** Where PgBouncer is installed; undefined where it is not. */
export function findPooler(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return [...(env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => join(folder, 'pgbouncer'))
    .find((file) => existsSync(file));
}

export interface Pooler {
  readonly settings: PoolerSettings;
  readonly stop: () => void;
}

/** Starts a PgBouncer beside the rehearsed app, set up as on an app server, and led to a port. @throws `PROMOTION_PROGRAM` */
export async function startPooler(
  program: string,
  folder: string,
  database: { readonly host: string; readonly port: number },
): Promise<Pooler> {
  mkdirSync(folder, { recursive: true });
  const [port, upstream] = [await freePort(), join(folder, 'upstream.ini')];
  writeFileSync(upstream, `app = host=${database.host} port=${database.port} dbname=app\n`);
  writeFileSync(join(folder, 'users.txt'), '"app" ""\n"postgres" ""\n');
  writeFileSync(join(folder, 'pgbouncer.ini'), configuration(folder, port));
  chmodSync(folder, 0o755);
  own(folder);
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], { cwd: folder, stdio: 'ignore', ...serverUser() });
  child.on('error', () => undefined);
  const settings = { name: 'pooler', console: { host: '127.0.0.1', port, user: 'postgres' }, upstream, database: 'app' };
  await listening(child, settings);
  return { settings, stop: () => void child.kill('SIGKILL') };
}

function configuration(folder: string, port: number): string {
  const lines = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: folder,
    auth_type: 'trust',
    auth_file: join(folder, 'users.txt'),
    admin_users: 'postgres',
    pool_mode: 'transaction',
    default_pool_size: 20,
    query_wait_timeout: 20,
    // As on an app server, but quicker to try again: here a server is back within a second.
    server_login_retry: 0.1,
  };
  return [
    '[pgbouncer]',
    ...Object.entries(lines).map(([key, value]) => `${key} = ${value}`),
    '',
    '[databases]',
    `%include ${join(folder, 'upstream.ini')}`,
    '',
  ].join('\n');
}

async function listening(child: ChildProcess, { console: at }: PoolerSettings): Promise<void> {
  for (const end = Date.now() + 10_000; ; await pause(30)) {
    const session = await openSession({ ...at, database: 'pgbouncer' }, 500).catch(() => undefined);
    session?.close();
    if (session !== undefined) return;
    if (child.exitCode !== null || Date.now() > end) throw programFailed('pgbouncer', 'it does not answer on its console');
  }
}
