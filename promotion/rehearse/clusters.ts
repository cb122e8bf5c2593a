import { join } from 'node:path';
import { noServers } from '../engine/errors';
import { openSession } from '../postgres/session';
import { REHEARSAL_SCHEMA, rehearsalData } from './schema';
import { freePort, initialise, type Installation, installations, type Server, startServer } from './servers';

/** The folder of a server that does not run. */
export interface Cluster {
  readonly installation: Installation;
  readonly data: string;
}

export interface Clusters {
  readonly source: Cluster;
  readonly target: Cluster;
}

/** Apps that write at once. */
export const WRITERS = 6;

/** The oldest server moves to the newest there is: the harder case where there are two. @throws `PROMOTION_NO_SERVERS` */
async function choose(): Promise<readonly [Installation, Installation]> {
  const found = await installations();
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) throw noServers();
  return [first, last];
}

/** Makes a full cluster and an empty one in a folder. @param rows of made-up data */
export async function makeClusters(folder: string, rows: number): Promise<Clusters> {
  const [first, last] = await choose();
  const make = async (installation: Installation, data: string, fill: (server: Server) => Promise<void>): Promise<Cluster> => {
    await initialise(installation, data);
    const server = await startServer(installation, data, await freePort());
    try {
      await run({ ...server, settings: { ...server.settings, database: 'postgres' } }, 'create database app');
      await fill(server);
      for (const unused of ['template0', 'template1']) await drop(server, unused);
      await server.stop();
    } finally {
      await server.kill();
    }
    return { installation, data };
  };
  const [source, target] = await Promise.all([
    make(first, join(folder, 'source'), (server) =>
      run(server, `set search_path = public; ${REHEARSAL_SCHEMA}${rehearsalData(rows, WRITERS)}`),
    ),
    make(last, join(folder, 'target'), () => Promise.resolve()),
  ]);
  return { source, target };
}

/** Half of what is copied for every run is databases that nobody uses. */
async function drop(server: Server, database: string): Promise<void> {
  await run(server, `alter database ${database} is_template false`);
  await run(server, `drop database ${database}`);
}

/** Runs SQL on a server. */
export async function run({ settings }: Pick<Server, 'settings'>, sql: string): Promise<void> {
  const session = await openSession(settings);
  await session.rows(sql, undefined, 1_800_000).finally(session.close);
}
