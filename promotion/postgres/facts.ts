import type { Session } from './session';

/** Where the engine keeps what it knows, in both databases. Dropped by contract. */
export const SCHEMA = 'terrace_promotion';

/** No relation or no schema of that name. */
const MISSING = new Set(['42P01', '3F000']);

/** What a database says of the promotion; undefined where it says nothing. */
export async function fact(session: Session, name: string): Promise<string | undefined> {
  try {
    const value = await session.value(`select value from ${SCHEMA}.facts where name = $1`, [name]);
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (MISSING.has(sqlState(error))) return undefined;
    throw error;
  }
}

export async function writeFact(session: Session, name: string, value: string): Promise<void> {
  await session.rows(`insert into ${SCHEMA}.facts values ($1, $2) on conflict (name) do update set value = excluded.value`, [name, value]);
}

/** Makes the place for the facts; may run any number of times. */
export const MAKE_FACTS = `create schema if not exists ${SCHEMA}; create table if not exists ${SCHEMA}.facts (name text primary key, value text not null);`;

export async function makeFacts(session: Session): Promise<void> {
  if ((await session.value(`select to_regclass('${SCHEMA}.facts')`)) === null) await session.rows(MAKE_FACTS);
}

export function sqlState(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Which change of sides has been committed last, by what both sides say. */
export async function epochOf(sides: Readonly<Record<'source' | 'target', readonly Session[]>>): Promise<number> {
  const heads = [sides.source[0], sides.target[0]].filter((session) => session !== undefined);
  const told = await Promise.all(heads.map((session) => fact(session, 'opened')));
  return Math.max(0, ...told.map(Number).filter(Number.isFinite));
}
