import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pgbackrestConf } from '../../constructs/server/backups';
import type { BackupRepository } from '../../constructs/server/types';
import { findProgram } from '../postgres/programs';
import { openSession, pause, type ServerSettings } from '../postgres/session';
import { freePort, type Installation, installations, own, serverUser } from '../rehearse/servers';
import type { Beside } from './drill';
import { drillBlocked, restoreFailed } from './errors';

export interface ArchiveOptions {
  readonly repository: BackupRepository;
  /** How the database that runs is reached: the restored one has the same database and roles. */
  readonly source: ServerSettings;
  /** An empty folder, which is removed at the end. */
  readonly folder: string;
}

/** Restores the latest backup of a database on a server of ours into a server of this machine, which archives nothing. @throws `DRILL_BLOCKED`, `DRILL_RESTORE` */
export async function restoreArchive({ repository, source, folder }: ArchiveOptions): Promise<Beside> {
  const program = findProgram('pgbackrest');
  if (program === undefined)
    throw drillBlocked([
      {
        code: 'DRILL_PROGRAM',
        message: 'pgbackrest was not found on the PATH. Install it (apt-get install pgbackrest), or run the drill where it is.',
      },
    ]);
  const [data, configuration] = [join(folder, 'data'), join(folder, 'pgbackrest.conf')];
  for (const each of [folder, data, join(folder, 'lock')]) makeOwn(each);
  // The file holds the bucket's key.
  writeFileSync(
    configuration,
    pgbackrestConf(repository)
      .replace('pg1-path=/var/lib/postgresql/data', `pg1-path=${data}`)
      .replace('lock-path=/tmp/pgbackrest', `lock-path=${join(folder, 'lock')}`),
    { mode: 0o600 },
  );
  own(configuration);
  const remove = (): Promise<void> => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
  try {
    await finished(
      spawn(program, [`--config=${configuration}`, '--stanza=main', '--archive-mode=off', 'restore'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...serverUser(),
      }),
    );
    const server = await started(installationFor(data), data, source);
    return { server: server.settings, remove: () => server.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

function makeOwn(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  own(folder);
}

async function finished(child: ChildProcess): Promise<void> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw restoreFailed(`pgbackrest ended with ${code}: ${text.trim().slice(-600)}.`);
}

/** A base backup can only be started by the major that has made it. */
function installationFor(data: string): Installation {
  const major = Number(readFileSync(join(data, 'PG_VERSION'), 'utf8').trim());
  const found = installations().find((each) => each.major === major);
  if (found === undefined)
    throw drillBlocked([
      {
        code: 'DRILL_PROGRAM',
        message: `The backup is of PostgreSQL ${major}, and this machine has no server of that version. Install it (apt-get install postgresql-${major}), or run the drill where it is.`,
      },
    ]);
  return found;
}

async function started(
  { folder }: Installation,
  data: string,
  source: ServerSettings,
): Promise<{ readonly settings: ServerSettings; stop(): Promise<void> }> {
  const port = await freePort();
  const hba = join(data, '..', 'pg_hba.conf');
  writeFileSync(hba, 'host all all 127.0.0.1/32 trust\n');
  own(hba);
  const log = openSync(join(data, '..', 'log'), 'a');
  const options = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: data,
    hba_file: hba,
    archive_mode: 'off',
    hot_standby: 'off',
    shared_preload_libraries: '',
  };
  const child = spawn(
    join(folder, 'postgres'),
    ['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { cwd: data, stdio: ['ignore', log, log], ...serverUser() },
  );
  closeSync(log);
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const { password: _password, authority: _authority, ...rest } = source;
  const settings: ServerSettings = { ...rest, host: '127.0.0.1', port, sslmode: 'disable' };
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await gone;
  };
  // Until it has replayed the log it takes no connection; how long that is depends on the log, so that only its end is an error.
  while (!(await answers(settings))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw restoreFailed(
        `the restored server ended: ${readFileSync(join(data, '..', 'log'), 'utf8')
          .trim()
          .slice(-600)}.`,
      );
    await pause(200);
  }
  return { settings, stop };
}

async function answers(settings: ServerSettings): Promise<boolean> {
  const session = await openSession(settings, 1000, 'terrace drill').catch(() => undefined);
  session?.close();
  return session !== undefined;
}
