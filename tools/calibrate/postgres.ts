import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from '../../analysis/capacity/calibration';
import { paced } from './processor';
import { findProgram, output, pinned, plainUser, serve, stop, until } from './programs';

/** What is measured at which numbers of connections and cores. */
export interface Grid {
  readonly cores: readonly number[];
  readonly connections: readonly number[];
  /** Of one run. */
  readonly seconds: number;
  /** The middle of so many runs counts. */
  readonly runs: number;
}

const port = '54329';
const poolerPort = '54330';

/** PostgreSQL by pgbench, reads and writes, straight and through PgBouncer. @returns undefined where its programs are not installed */
export async function measurePostgres(room: string, grid: Grid): Promise<readonly Measurement[] | undefined> {
  const [initdb, postgres, pgbench] = ['initdb', 'postgres', 'pgbench'].map(findProgram);
  if (initdb === undefined || postgres === undefined || pgbench === undefined) return undefined;
  const folder = join(room, 'postgres');
  ownedFolder(folder);
  await output(initdb, ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '--no-sync'], { cwd: folder });
  const all: Measurement[] = [];
  for (const cores of grid.cores) {
    // Without waiting for the disk, which is this machine's and says nothing of its processors.
    const server = serve(
      ...pinnedList(cores, postgres, [
        '-D',
        join(folder, 'data'),
        '-p',
        port,
        '-k',
        folder,
        '-h',
        '',
        '-c',
        'max_connections=100',
        '-c',
        'shared_buffers=256MB',
        '-c',
        'fsync=off',
      ]),
    );
    try {
      await until(() =>
        output(pgbench, [
          '-h',
          folder,
          '-p',
          port,
          '-U',
          'postgres',
          ...(all.length === 0 ? ['-i', '-s', '5', '-q'] : ['-t', '1', '-n', '-S']),
          'postgres',
        ]),
      );
      const at: Place = { pgbench, folder, port, servers: [server.pid ?? 0] };
      all.push(...(await bench('PostgreSQL, reads', ['-S'], at, cores, grid)));
      all.push(...(await bench('PostgreSQL, reads and writes', ['-N'], at, cores, grid)));
      all.push(...(await throughPooler(at, cores, grid)));
    } finally {
      await stop(server);
    }
  }
  return all;
}

function ownedFolder(folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  if (plainUser.uid !== undefined && plainUser.gid !== undefined) chownSync(folder, plainUser.uid, plainUser.gid);
}

function pinnedList(cores: number, command: string, args: readonly string[]): [string, readonly string[]] {
  const [program, list] = pinned(cores, command, args);
  return [program, list];
}

interface Place {
  readonly pgbench: string;
  readonly folder: string;
  readonly port: string;
  /** Processes whose work counts, with their children. */
  readonly servers: readonly number[];
}

async function bench(
  subject: string,
  kind: readonly string[],
  { pgbench, folder, port: at, servers }: Place,
  cores: number,
  { connections, seconds, runs }: Grid,
): Promise<readonly Measurement[]> {
  const all: Measurement[] = [];
  for (const count of connections) {
    const [program, args] = pinnedList(cores, pgbench, [
      '-h',
      folder,
      '-p',
      at,
      '-U',
      'postgres',
      '-n',
      ...kind,
      '-M',
      at === poolerPort ? 'simple' : 'prepared',
      '-c',
      String(count),
      '-j',
      String(Math.min(count, cores)),
      '-T',
      String(seconds),
      'postgres',
    ]);
    const rates: number[] = [];
    for (let run = 0; run < runs; run += 1)
      rates.push(
        await paced(servers, Math.min(cores, count), async () =>
          Number(/processed: (\d+)/.exec(await output(program, args))?.[1] ?? Number.NaN),
        ),
      );
    all.push({ subject, cores, connections: count, perSecond: middle(rates) });
  }
  return all;
}

/** The middle of an odd number of figures. */
export function middle(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** The pooler in transaction mode, with a few connections behind it. */
async function throughPooler(place: Place, cores: number, grid: Grid): Promise<readonly Measurement[]> {
  const pgbouncer = findProgram('pgbouncer');
  if (pgbouncer === undefined) return [];
  const { pgbench, folder, servers } = place;
  const ini = join(folder, 'pgbouncer.ini');
  writeFileSync(
    ini,
    [
      '[databases]',
      `postgres = host=${folder} port=${port} user=postgres`,
      '[pgbouncer]',
      `listen_port = ${poolerPort}`,
      'listen_addr =',
      `unix_socket_dir = ${folder}`,
      'auth_type = any',
      'pool_mode = transaction',
      'default_pool_size = 8',
      'max_client_conn = 200',
      '',
    ].join('\n'),
    { mode: 0o644 },
  );
  const server = serve(...pinnedList(cores, pgbouncer, ['-q', ini]));
  try {
    await until(() =>
      output(pgbench, ['-h', folder, '-p', poolerPort, '-U', 'postgres', '-t', '1', '-n', '-S', '-M', 'simple', 'postgres']),
    );
    return await bench(
      'PostgreSQL through a pooler, reads',
      ['-S'],
      { ...place, port: poolerPort, servers: [...servers, server.pid ?? 0] },
      cores,
      grid,
    );
  } finally {
    await stop(server);
  }
}
