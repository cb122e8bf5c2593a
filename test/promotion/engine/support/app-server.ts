import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SshRoute } from '../../../../promotion/engine/settings';
import { openSession } from '../../../../promotion/postgres/session';
import { findPooler, type Pooler, startPooler } from '../../../../promotion/rehearse/pooler';
import { removeTemporary } from '../../../../promotion/temporary';
import type { Pair } from './pair';
import { type Reached, startSshd } from './sshd';

/** An app server as far as its pooler goes: a real PgBouncer, the server's folders, and its command; beside it one whose pooler does nothing. */
export interface AppServer {
  readonly route: SshRoute;
  readonly pooler: Pooler;
  readonly root: string;
  /** Where its commands lie, which go before those of the machine. */
  readonly commands: string;
  /** What its pooler was told, one word each. */
  readonly calls: () => readonly string[];
  readonly stop: () => void;
}

afterAll(removeTemporary);

const [FIRST, SECOND] = ['10.0.0.2', '10.0.0.3'];

/** @param way sshd on loopback, or a shell in the place of SSH */
export async function startAppServer(pair: Pair, way: 'sshd' | 'shell'): Promise<AppServer> {
  const root = join(pair.folder, 'server');
  const live = liveOf(root);
  mkdirSync(liveOf(join(root, 'other')), { recursive: true });
  const pooler = await startPooler(findPooler() ?? '', live, pair.source.settings);
  const [commands, called] = [join(root, 'commands'), join(root, 'called')];
  mkdirSync(join(commands, 'other'), { recursive: true });
  const console = `psql --no-psqlrc --quiet --tuples-only --no-align --host 127.0.0.1 --port ${pooler.settings.console.port} --username postgres --dbname pgbouncer --command`;
  command(
    join(commands, 'terrace-pooler'),
    `echo "$1" >>${called}; case $1 in pause) exec ${console} 'PAUSE app' ;; reload) exec ${console} RELOAD ;; resume) exec ${console} 'RESUME app' ;; esac`,
  );
  command(join(commands, 'other', 'terrace-pooler'), '');
  const surroundings = {
    [FIRST]: { TERRACE_ROOT: root, PATH: `${commands}:${process.env['PATH'] ?? ''}` },
    [SECOND]: { TERRACE_ROOT: join(root, 'other'), PATH: `${join(commands, 'other')}:${process.env['PATH'] ?? ''}` },
  };
  const reached = way === 'sshd' ? await startSshd(join(pair.folder, 'sshd'), surroundings) : shellInPlace(commands, surroundings);
  const { host, port } = pair.target.settings;
  const files = { 'upstream.ini': `app = host=${host} port=${port} dbname=app\n` };
  return {
    root,
    pooler,
    commands,
    calls: () => (existsSync(called) ? readFileSync(called, 'utf8').trim().split('\n') : []),
    route: {
      kind: 'ssh',
      id: 'test',
      program: reached.program,
      user: reached.user,
      options: reached.options,
      servers: [
        { name: 'app-1', host: FIRST, own: 'source', files },
        { name: 'app-2', host: SECOND, own: 'target' },
      ],
    },
    stop: () => {
      reached.stop();
      pooler.stop();
    },
  };
}

/** A command of the server. */
export function command(file: string, text: string): void {
  writeFileSync(file, `#!/bin/bash\n${text}\n`);
  chmodSync(file, 0o755);
}

function shellInPlace(commands: string, surroundings: Readonly<Record<string, Readonly<Record<string, string>>>>): Reached {
  const cases = Object.entries(surroundings).map(
    ([host, names]) =>
      `*root@${host}*) exec env ${Object.entries(names)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')} sh -s ;;`,
  );
  command(join(commands, 'ssh'), `case "$*" in ${cases.join(' ')} *) exit 255 ;; esac`);
  return { program: join(commands, 'ssh'), user: 'root', options: ['-J', 'bastion'], stop: () => undefined };
}

/** Where a server's release keeps its pooler. */
export const liveOf = (root: string): string => join(root, 'var', 'lib', 'terrace', 'live', 'pooler');

/** The server that a pooler's clients are led to. */
export async function portBehind({ settings: { console } }: Pooler): Promise<unknown> {
  const session = await openSession({ ...console, user: 'app', database: 'app' });
  return await session.value('select inet_server_port()').finally(session.close);
}

/** Whether a pooler lets nothing through. */
export async function isHeld({ settings: { console, database } }: Pooler): Promise<boolean> {
  const session = await openSession({ ...console, database: 'pgbouncer' });
  const rows = await session.rows('SHOW DATABASES').finally(session.close);
  return Number(rows.find(({ name }) => name === database)?.['paused']) === 1;
}
