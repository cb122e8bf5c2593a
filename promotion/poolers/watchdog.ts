import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import type { PromotionSettings } from '../engine/settings';

export interface Watchdog {
  readonly dismiss: () => void;
}

/** Seconds that a paused pooler waits for a dead engine's successor. */
const GRACE = 10;

/**
 * Starts a process that outlives this one: should the engine die while poolers are paused, and no other engine take over, it lets them go on.
 * That moves no authority: behind the pooler only the side that is open takes writes.
 */
export function watchdogOf({ route, source }: PromotionSettings): Watchdog {
  if (route.kind !== 'pgbouncer') return { dismiss: () => undefined };
  const program = packageFile('dist', 'promotion', 'poolers', 'watchdog-main.js');
  const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: join('/') });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  // Not as arguments, which every user of the machine can read.
  child.stdin.write(`${JSON.stringify({ poolers: route.poolers, source, grace: GRACE })}\n`);
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return { dismiss: () => void child.stdin.end('dismissed\n') };
}
