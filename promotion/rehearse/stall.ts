import type { SideName } from '../engine/settings';
import { openSession, pause } from '../postgres/session';
import type { Server } from './servers';

/** Stops the processes that apply changes for a while, as an overloaded server would. */
export async function stall(servers: Readonly<Record<SideName, Server>>, milliseconds: number): Promise<void> {
  const pids = (await Promise.all([workers(servers.source), workers(servers.target)])).flat();
  for (const pid of pids) send(pid, 'SIGSTOP');
  await pause(milliseconds);
  for (const pid of pids) send(pid, 'SIGCONT');
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
