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
