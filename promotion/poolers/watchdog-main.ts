import { holderOf } from '../engine/lock';
import type { PoolerSettings } from '../engine/settings';
import { openSession, pause, type ServerSettings } from '../postgres/session';
import { resume } from './pgbouncer';

interface Charge {
  readonly poolers: readonly PoolerSettings[];
  readonly source: ServerSettings;
  /** Seconds for a successor to take over. */
  readonly grace: number;
}

/** Waits for the end of its standard input: after a second line it is dismissed, without one the engine has died. */
async function watch(): Promise<void> {
  let said = '';
  for await (const chunk of process.stdin) said += String(chunk);
  const [charge = '', dismissal = ''] = said.split('\n');
  if (dismissal !== '' || charge === '') return;
  const { poolers, source, grace } = JSON.parse(charge) as Charge;
  for (const end = performance.now() + grace * 1000; performance.now() < end; await pause(500)) if (!(await anyAnswers(poolers))) return;
  if (!(await taken(source))) await Promise.allSettled(poolers.map(resume));
}

/** Where no pooler is left, nobody waits. */
async function anyAnswers(poolers: readonly PoolerSettings[]): Promise<boolean> {
  const asked = await Promise.all(
    poolers.map(({ console: at }) => openSession({ ...at, database: 'pgbouncer' }, 1000).catch(() => undefined)),
  );
  for (const session of asked) session?.close();
  return asked.some((session) => session !== undefined);
}

/** Whether another engine has taken over, which then sees to the poolers. */
async function taken(source: ServerSettings): Promise<boolean> {
  const session = await openSession(source).catch(() => undefined);
  const holder = session === undefined ? undefined : await holderOf(session).catch(() => undefined);
  session?.close();
  return holder !== undefined;
}

void watch().then(() => process.exit(0));
