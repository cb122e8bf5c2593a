import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bornAt, isAlive } from '../alive';
import { runLocked } from './errors';

/** Who works on an environment. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly born: string;
}

/** How often somebody who finds another looks again: of two who begin at once both may stand back. */
const TRIES = 12;

/**
 * Does something to an environment while nobody else does. Each who wants to puts a file of its own into one folder, and works if it then sees no other: of two,
 * at least the later sees both. The file of a process that is dead counts for nothing and is taken away, which needs no lock because no name is used twice.
 * @throws `PROMOTION_LOCKED`
 */
export async function alone<T>(folder: string, environment: string, act: () => Promise<T>): Promise<T> {
  const place = join(folder, `${environment}.lock`);
  mkdirSync(place, { recursive: true });
  const own = nameOf({ pid: process.pid, host: hostname(), born: bornAt(process.pid) ?? '' });
  const leave = (): void => rmSync(join(place, own), { force: true });
  for (let tries = 1; ; tries += 1) {
    writeFileSync(join(place, own), '');
    const [other] = readdirSync(place).filter((name) => name !== own && isHeld(place, name));
    if (other === undefined) break;
    leave();
    if (tries === TRIES) throw runLocked(environment, holderIn(other), join(place, other));
    await setTimeout(20 + Math.random() * 120);
  }
  return await act().finally(leave);
}

function nameOf({ pid, host, born }: Holder): string {
  return [pid, born, encodeURIComponent(host), randomUUID()].join(',');
}

function holderIn(name: string): Holder {
  const [pid, born = '', host = ''] = name.split(',');
  return { pid: Number(pid), born, host: decodeURIComponent(host) };
}

/** Of another machine nobody here can say whether its process lives. */
function isHeld(place: string, name: string): boolean {
  const { pid, host, born } = holderIn(name);
  if (host !== hostname() || (isAlive(pid) && (bornAt(pid) ?? '') === born)) return true;
  rmSync(join(place, name), { force: true });
  return false;
}
