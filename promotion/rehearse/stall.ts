import { readJournal } from '../journal/journal';
import type { SideName } from '../engine/settings';
import { openSession, pause } from '../postgres/session';
import type { Server } from './servers';

/** Milliseconds to wait for a fence. */
const LIMIT = 30_000;

/**
 * Stops the processes that apply changes until a while after the next fence, as an overloaded server would. Not before changes were seen to arrive:
 * without that no engine holds writes back.
 */
export async function stall(servers: Readonly<Record<SideName, Server>>, milliseconds: number, journal: string): Promise<void> {
  const [near, held] = [times(journal, 'caught-up', 'done'), times(journal, 'fenced', 'intent')];
  await until(() => times(journal, 'caught-up', 'done') > near);
  const pids = (await Promise.all([workers(servers.source), workers(servers.target)])).flat();
  for (const pid of pids) send(pid, 'SIGSTOP');
  await until(() => times(journal, 'fenced', 'intent') > held);
  await pause(milliseconds);
  for (const pid of pids) send(pid, 'SIGCONT');
}

/** How often a journal says something. */
function times(journal: string, step: string, phase: string): number {
  return readJournal(journal).filter((entry) => entry.step === step && entry.phase === phase).length;
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + LIMIT; !holds() && performance.now() < end;) await pause(20);
}

async function workers({ settings }: Server): Promise<readonly number[]> {
  const session = await openSession(settings).catch(() => undefined);
  const rows = await session?.rows('select pid from pg_stat_subscription where pid is not null and relid is null').catch(() => []);
  session?.close();
  return (rows ?? []).map(({ pid }) => Number(pid));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
