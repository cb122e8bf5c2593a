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
function choose(): readonly [Installation, Installation] {
  const found = installations();
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) throw noServers();
  return [first, last];
}

/** Makes a full cluster and an empty one in a folder. @param rows of made-up data */
export async function makeClusters(folder: string, rows: number): Promise<Clusters> {
  const [first, last] = choose();
  const [source, target] = await Promise.all([
    makeCluster(first, join(folder, 'source'), `set search_path = public; ${REHEARSAL_SCHEMA}${rehearsalData(rows, WRITERS)}`),
    makeCluster(last, join(folder, 'target')),
  ]);
  return { source, target };
}

/** A cluster of its own identity: a copy would be taken for the server it was copied from. @param sql what it holds @default nothing */
export async function makeCluster(installation: Installation, data: string, sql?: string): Promise<Cluster> {
  await initialise(installation, data);
  const server = await startServer(installation, data, await freePort());
  try {
    await run({ ...server, settings: { ...server.settings, database: 'postgres' } }, 'create database app');
    if (sql !== undefined) await run(server, sql);
    for (const unused of ['template0', 'template1']) await drop(server, unused);
    await server.stop();
  } finally {
    await server.kill();
  }
  return { installation, data };
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
