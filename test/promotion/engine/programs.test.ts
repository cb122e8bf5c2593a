import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dumpSchema } from '../../../promotion/postgres/schema';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { openSession, pause } from '../../../promotion/postgres/session';
import { openPair, type Pair } from './support/pair';
import { templates, withServers } from './support/servers';

let pair: Pair;

beforeAll(async () => {
  if (serverFolders().length > 0) pair = await openPair(await templates());
}, 120_000);

afterAll(() => pair?.end());

const refusal = (changes: object): Promise<unknown> =>
  dumpSchema({ ...pair.settings, source: { ...pair.source.settings, ...changes } }).catch((error: unknown) => error);

withServers('pg_dump')('a server that ends a dump in its midst is one that went away: the engine tries again', async () => {
  const holder = await openSession(pair.source.settings);
  await holder.value('begin; lock table public.carts in access exclusive mode');
  const outcome = refusal({});
  const ended = `select count(pg_terminate_backend(pid))::int from pg_stat_activity where application_name like 'terrace promote %' and wait_event_type = 'Lock'`;
  while ((await pair.sql('source', ended)) === 0) await pause(50);
  holder.close();
  expect(await outcome).toMatchObject({ code: 'PROMOTION_UNREACHABLE' });
});

withServers('pg_dump')('nobody at the port is away, too; a role that may not sign in is not', async () => {
  expect(await refusal({ port: 1 })).toMatchObject({ code: 'PROMOTION_UNREACHABLE' });
  expect(await refusal({ user: 'nobody_knows' })).toMatchObject({ code: 'PROMOTION_PROGRAM' });
});

withServers(...(existsSync('/proc/self/maps') ? [] : ['a system that tells what a process has in its memory']))(
  'a server that is killed leaves nothing in the memory of the machine: what its processes share lies in its own folder',
  () => {
    const [pid] = readFileSync(join(pair.source.data, 'postmaster.pid'), 'utf8').split('\n');
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
    expect(maps.filter((line) => line.includes('/PostgreSQL.'))).toEqual([]);
    expect(maps.filter((line) => line.includes(join(pair.source.data, 'pg_dynshmem'))).length).toBeGreaterThan(0);
  },
);
