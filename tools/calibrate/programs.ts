import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** PostgreSQL's own programs are often not on the path. */
const postgresFolders = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .sort()
      .reverse()
      .map((version) => join('/usr/lib/postgresql', version, 'bin'))
  : [];

/** Where a program is; undefined where it is not. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...postgresFolders];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Servers refuse to run as root; then they run as nobody. */
export const plainUser: { readonly uid?: number; readonly gid?: number } = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A command held to the first so many cores, where that can be done. */
export function pinned(cores: number, command: string, args: readonly string[]): readonly [string, readonly string[]] {
  const taskset = findProgram('taskset');
  return taskset === undefined ? [command, args] : [taskset, ['-c', `0-${cores - 1}`, command, ...args]];
}

/** Milliseconds after which a program hangs: every measurement is over in seconds. */
const longest = 120_000;

/** Runs a program to its end, or stops it after two minutes. @returns what it printed */
export function output(command: string, args: readonly string[], options: { readonly cwd?: string } = {}): Promise<string> {
  return new Promise((done, fail) => {
    execFile(command, [...args], { ...options, ...plainUser, maxBuffer: 1 << 24, timeout: longest }, (error, out, err) =>
      error === null ? done(out) : fail(new Error(`${command}: ${err || error.message}`)),
    );
  });
}

/** Starts a server. The caller stops it. */
export function serve(command: string, args: readonly string[]): ChildProcess {
  return spawn(command, [...args], { ...plainUser, stdio: 'ignore' });
}

/** Stops a server and waits until it is gone. */
export async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((done) => server.once('exit', done));
  server.kill(signal);
  await gone;
}

/** Waits until something succeeds. @throws the last error after ten seconds */
export async function until(ready: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await ready();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
