import { readFileSync } from 'node:fs';
import type { PoolerSettings, SideName } from '../engine/settings';
import { openSession, type Row } from '../postgres/session';
import { replaceFile } from '../replace-file';
import { type Ends, firstOf, type Route } from './types';
import { messageOf } from '../../values/errors';

/** How long a pooler may take to come to rest, in milliseconds. Afterwards the fence ends what still runs. */
const PAUSE = 1500;

/** Leads every app server's PgBouncer over its admin console. One that cannot be reached is named, and the fence holds for it too. */
export function poolers(all: readonly PoolerSettings[], ends: Ends): Route {
  const each = async (act: (pooler: PoolerSettings) => Promise<void>): Promise<readonly string[]> => {
    const results = await Promise.allSettled(all.map(act));
    return results.flatMap((result, index) =>
      result.status === 'fulfilled' ? [] : [`${all[index]?.name ?? ''}: ${reason(result.reason)}`],
    );
  };
  return {
    pause: () => each((pooler) => command(pooler, `PAUSE ${pooler.database}`, PAUSE, /already suspended|already paused/i)),
    point: (side) => each((pooler) => lead(pooler, firstOf(ends, side))),
    points: async () => {
      const found = await Promise.all(all.map((pooler) => pointsAt(pooler, ends).catch(() => undefined)));
      return found.every((side) => side === found[0]) ? found[0] : undefined;
    },
  };
}

function reason(error: unknown): string {
  return messageOf(error);
}

async function lead(pooler: PoolerSettings, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  const text = readFileSync(pooler.upstream, 'utf8');
  replaceFile(pooler.upstream, text.replace(/\bhost=\S+/, `host=${host}`).replace(/\bport=\S+/, `port=${port}`));
  await command(pooler, 'RELOAD', PAUSE);
  await command(pooler, `RESUME ${pooler.database}`, PAUSE, /not paused/i);
}

/** Lets a paused pooler go on where it is led already. */
export async function resume(pooler: PoolerSettings): Promise<void> {
  await command(pooler, `RESUME ${pooler.database}`, PAUSE, /not paused/i);
}

async function pointsAt(pooler: PoolerSettings, ends: Ends): Promise<SideName | undefined> {
  const row = (await ask(pooler, 'SHOW DATABASES', PAUSE)).find(({ name }) => name === pooler.database);
  if (row === undefined || Number(row['paused']) !== 0) return undefined;
  return (['source', 'target'] as const).find(
    (side) => row['host'] === firstOf(ends, side).host && Number(row['port']) === firstOf(ends, side).port,
  );
}

async function command(pooler: PoolerSettings, sql: string, milliseconds: number, fine?: RegExp): Promise<void> {
  try {
    await ask(pooler, sql, milliseconds);
  } catch (error) {
    if (fine === undefined || !fine.test(reason(error))) throw error;
  }
}

async function ask(
  { console: { host, port, user, password } }: PoolerSettings,
  sql: string,
  milliseconds: number,
): Promise<readonly Row[]> {
  const session = await openSession({ host, port, user, database: 'pgbouncer', ...(password === undefined ? {} : { password }) }, 1000);
  try {
    return await session.rows(sql, undefined, milliseconds);
  } finally {
    session.close();
  }
}
