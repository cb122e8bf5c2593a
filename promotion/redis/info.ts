import type { CacheSession } from './client';

/** What a server tells of itself. */
export type Info = Readonly<Record<string, string>>;

export async function info(session: CacheSession): Promise<Info> {
  const text = String(await session.send('INFO'));
  return Object.fromEntries(
    text
      .split('\r\n')
      .flatMap((line) => (line.includes(':') ? [[line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]] : [])),
  );
}

/** The value of one setting. */
export async function setting(session: CacheSession, name: string): Promise<string> {
  const reply = await session.send('CONFIG', 'GET', name);
  return Array.isArray(reply) ? String(reply[1]) : '';
}

/** The version as a number: 7.0.15 is 7.0. Valkey says which Redis it is like beside its own. */
export function version(of: Info): { readonly valkey: boolean; readonly number: number } {
  const valkey = of['valkey_version'];
  return { valkey: valkey !== undefined, number: Number.parseFloat(valkey ?? of['redis_version'] ?? '0') };
}
