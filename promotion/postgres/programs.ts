import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { programFailed } from '../engine/errors';
import type { ServerSettings } from './session';

/** Folders with PostgreSQL's programs, the newest major first: Debian's, then those of the PATH. */
export function programFolders(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(debian, version, 'bin')), ...(env['PATH'] ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
}

/** The newest program of this name. */
export function findProgram(name: string): string | undefined {
  return programFolders()
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
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

/** How PostgreSQL's own programs are told of a server; the password by the environment, which other users cannot read. */
export function programConnection({ host, port, database, user, password, sslmode }: ServerSettings): {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
} {
  const secret = {
    ...(password === undefined ? {} : { PGPASSWORD: password }),
    ...(sslmode === undefined ? {} : { PGSSLMODE: sslmode === 'verify-full' ? 'require' : sslmode }),
  };
  return {
    args: ['--host', host, '--port', String(port), '--username', user, '--dbname', database, '--no-password'],
    env: { ...process.env, ...secret, PGCONNECT_TIMEOUT: '5' },
  };
}
