import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { programFailed, unreachable } from '../engine/errors';
import { ENGINE_NAME, type ServerSettings } from './session';

/** Folders with PostgreSQL's programs, the newest major first: Debian's, then those of the PATH. */
export function programFolders(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(debian, version, 'bin')), ...(env['PATH'] ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
}

/** What Debian has under the name of each program; it leads to the folders that are looked into anyway. */
const WRAPPER = 'pg_wrapper';

/** The newest program of this name: one that is older than its server refuses it. */
export function findProgram(name: string): string | undefined {
  const files = programFolders()
    .map((folder) => join(folder, name))
    .filter((file) => existsSync(file) && basename(realpathSync(file)) !== WRAPPER);
  if (files.length < 2) return files[0];
  const newest = Math.max(...files.map(versionOf));
  return files.find((file) => versionOf(file) === newest);
}

const versions = new Map<string, number>();

/** The major of a program; 0 where it does not tell. Asked once. */
function versionOf(file: string): number {
  const known = versions.get(file);
  if (known !== undefined) return known;
  const said = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? '';
  const version = Number(/(\d+)/.exec(said)?.[1] ?? 0);
  versions.set(file, version);
  return version;
}

/** What a program says. @throws `PROMOTION_PROGRAM` when it fails or takes longer than the limit, in milliseconds */
export function output(program: string, args: readonly string[], limit: number, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [string[], string[]] = [[], []];
    const timer = setTimeout(() => child.kill('SIGKILL'), limit);
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.on('error', (error) => reject(programFailed(program, error.message)));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(out.join(''));
      else reject(programFailed(program, code === null ? `it did not end within ${limit} ms` : err.join('').slice(0, 400)));
    });
  });
}

/** How PostgreSQL's own programs are told of a server: by the engine's name, because they outlive it when it is killed; the password by the environment, which other users cannot read. */
function programConnection({ host, port, database, user, password, sslmode }: ServerSettings): {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
} {
  const secret = {
    ...(password === undefined ? {} : { PGPASSWORD: password }),
    ...(sslmode === undefined ? {} : { PGSSLMODE: sslmode === 'verify-full' ? 'require' : sslmode }),
  };
  return {
    args: ['--host', host, '--port', String(port), '--username', user, '--dbname', database, '--no-password'],
    env: { ...process.env, ...secret, PGCONNECT_TIMEOUT: '5', PGAPPNAME: ENGINE_NAME },
  };
}

/** What PostgreSQL's programs say of a server that went away or comes up, in the words of libpq and of the server; a refused password is none of them. */
const AWAY =
  /server closed the connection|connection to server was lost|terminating connection|could not (?:receive|send) data|SSL (?:connection has been closed|SYSCALL)|the database system is |Connection (?:refused|reset|timed out)|timeout expired/i;

/**
 * What PostgreSQL's own program says of a server.
 * @throws `PROMOTION_UNREACHABLE` when the server went away under it, `PROMOTION_PROGRAM` for anything else
 */
export async function outputOf(server: ServerSettings, program: string, args: readonly string[], limit: number): Promise<string> {
  const connection = programConnection(server);
  return await output(program, [...connection.args, ...args], limit, connection.env).catch((error: unknown) =>
    Promise.reject(error instanceof Error && AWAY.test(error.message) ? unreachable(server, error) : error),
  );
}
