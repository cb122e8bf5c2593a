import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^terrace-(\d+)\.tfplan$/;

/**
 * Where this process keeps the plan of a stack until it is applied: a file of its own, so that nobody who plans at the
 * same time can put another plan in the place of the one that was shown. Plans of processes that have gone are removed,
 * because a plan holds secrets in clear.
 */
export function ownPlanFile(stackDirectory: string): string {
  const folder = join(stackDirectory, '.terraform');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) rmSync(join(folder, name), { force: true });
  }
  return join(folder, `terrace-${process.pid}.tfplan`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
