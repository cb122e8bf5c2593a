import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './alive';

/** Of another machine, such as a container that shares the folder, nobody here can say whether its process lives. Short, because a path to a socket has to be. */
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

const NAMED = new RegExp(`^terrace-${HERE}-(\\d+)-`);

/** Those of this process that are not removed yet. */
let folders: Set<string> | undefined;

/**
 * A new folder for temporary files, which goes at the end of this process. One that is killed leaves its folders: they go when the next one on this
 * machine makes its first.
 */
export function temporary(): string {
  folders ??= begin();
  const folder = mkdtempSync(join(tmpdir(), `terrace-${HERE}-${process.pid}-`));
  folders.add(folder);
  return folder;
}

/** Does something with a folder that is removed right after it. */
export async function withTemporary<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporary();
  return await act(folder).finally(() => remove(folder));
}

/** Removes what this process still has. */
export function removeTemporary(): void {
  for (const folder of folders ?? []) remove(folder);
}

function begin(): Set<string> {
  for (const name of readdirSync(tmpdir()).filter(isLeft)) remove(join(tmpdir(), name));
  process.once('exit', removeTemporary);
  return new Set();
}

/** Of a process that is dead, or that had the number of this one, which has made none yet. */
function isLeft(name: string): boolean {
  const pid = Number(NAMED.exec(name)?.[1] ?? Number.NaN);
  return pid === process.pid || (pid > 0 && !isAlive(pid));
}

function remove(folder: string): void {
  folders?.delete(folder);
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's.
  }
}
