import { readJournal } from '../journal/journal';
import type { SideName } from '../engine/settings';
import { openSession, pause } from '../postgres/session';
import type { Server } from './servers';

/** Milliseconds to wait for a fence. */
const LIMIT = 15_000;

/** Stops the processes that apply changes until a while after the next fence, as an overloaded server would. */
export async function stall(servers: Readonly<Record<SideName, Server>>, milliseconds: number, journal: string): Promise<void> {
  const before = fences(journal);
  const pids = (await Promise.all([workers(servers.source), workers(servers.target)])).flat();
  for (const pid of pids) send(pid, 'SIGSTOP');
  for (const end = performance.now() + LIMIT; fences(journal) === before && performance.now() < end;) await pause(20);
  await pause(milliseconds);
  for (const pid of pids) send(pid, 'SIGCONT');
}

/** How often writes were held back. */
function fences(journal: string): number {
  return readJournal(journal).filter(({ step, phase }) => step === 'fenced' && phase === 'intent').length;
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
