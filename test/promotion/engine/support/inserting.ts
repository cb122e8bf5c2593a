import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { pause } from '../../../../promotion/postgres/session';
import type { Pair } from './pair';

/** An app that writes. */
export interface Inserting {
  /** @returns how many writes were acknowledged */
  readonly stop: () => Promise<number>;
}

/** Inserts numbers in order, as the app, wherever it is led; notes which were acknowledged. */
export function startInserting({ folder }: Pair): Inserting {
  let [stopped, n]: [boolean, number] = [false, 0];
  const work = (async () => {
    let client: Client | undefined;
    for (; !stopped; await pause(5))
      try {
        if (client === undefined) {
          const { host, port } = JSON.parse(readFileSync(join(folder, 'endpoint.json'), 'utf8')) as { host: string; port: number };
          client = new Client({ host, port, user: 'app', database: 'app', connectionTimeoutMillis: 1000 });
          client.on('error', () => undefined);
          await client.connect();
        }
        await client.query('insert into ledger (writer, n, user_id, payload) values (9, $1, 1, $2) on conflict do nothing', [n, 'x']);
        n += 1;
      } catch {
        void client?.end().catch(() => undefined);
        client = undefined;
        await pause(20);
      }
    await client?.end().catch(() => undefined);
  })();
  return { stop: async () => ((stopped = true), await work, n) };
}
