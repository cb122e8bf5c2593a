import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PromotionSettings } from '../../promotion/engine/settings';
import { fact, SCHEMA } from '../../promotion/postgres/facts';
import { openSession, type Session } from '../../promotion/postgres/session';

/** What a pause holds back, and what not. */
export const PAUSED =
  'Nothing is cut over before the next "run"; a "rollback" leads writes back all the same. Copies and changes go on arriving.';

/** Where it is kept that nothing shall be cut over. */
export interface PausedAt {
  /** A database that moves tells it to every machine. @default - none moves, or the promotion has not reached it */
  readonly settings: PromotionSettings | undefined;
  /** Beside the journal, where no database keeps it. */
  readonly file: string;
}

/** Asks a run, also one that is at work, to cut nothing over; or takes that back. */
export async function pauseAt({ settings, file }: PausedAt, paused: boolean): Promise<void> {
  const kept = settings !== undefined && (await setPaused(settings, paused));
  if (!paused || kept) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
}

/** Whether somebody has asked for that. */
export async function isPausedAt({ settings, file }: PausedAt): Promise<boolean> {
  if (isPausedIn(file) || settings === undefined) return isPausedIn(file);
  return await within(settings, async (session) => (await fact(session, 'paused')) === 'yes');
}

/** Whether it is kept beside the journal. */
export function isPausedIn(file: string): boolean {
  return existsSync(file);
}

/** @returns whether anything has begun in this database that could be paused */
export async function setPaused(settings: PromotionSettings, paused: boolean): Promise<boolean> {
  return await within(settings, async (session) => {
    if ((await fact(session, 'promotion')) === undefined) return false;
    await session.rows(`insert into ${SCHEMA}.facts values ('paused', $1) on conflict (name) do update set value = excluded.value`, [
      paused ? 'yes' : 'no',
    ]);
    return true;
  });
}

async function within<T>({ source }: PromotionSettings, act: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(source);
  return await act(session).finally(session.close);
}
