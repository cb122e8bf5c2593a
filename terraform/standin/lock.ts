import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxLocked } from './errors';

/** How long to wait for another process, in ms. A holder needs milliseconds, so this only ends what hangs. */
const PATIENCE = 30_000;
/** Between two tries, in ms. */
const PAUSE = 5;

/**
 * Runs work while no other process holds the same lock file. A lock whose process has died is taken over.
 * @throws STANDIN_SANDBOX_LOCKED when another process holds it for 30 s
 */
export async function withFileLock<Result>(lock: string, work: () => Result, patience: number = PATIENCE): Promise<Result> {
  const deadline = Date.now() + patience;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) throw sandboxLocked(lock, patience / 1000, `process ${holder(lock)}`);
    removeIfDead(lock);
    await sleep(PAUSE + Math.random() * PAUSE);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes away the lock of a process that has ended. Two processes may see the same dead holder, and the slower one must
 * not remove the lock that the faster one has just taken: so the removal has a lock of its own, and looks again inside.
 */
function removeIfDead(lock: string): void {
  const guard = `${lock}.dead`;
  if (!isDead(holder(lock)) || !tryLock(guard)) return;
  if (isDead(holder(lock))) rmSync(lock, { force: true });
  rmSync(guard, { force: true });
}

/** The process id in a lock; empty while it is being written, or gone. */
function holder(lock: string): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return '';
  }
}

function isDead(pid: string): boolean {
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
