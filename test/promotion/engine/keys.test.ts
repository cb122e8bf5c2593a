import { promote } from '../../../promotion/engine/promote';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { openPair, type Pair } from './support/pair';
import { templates, withServers } from './support/servers';

let pair: Pair;

beforeAll(async () => {
  if (serverFolders().length > 0) pair = await openPair(await templates());
}, 120_000);

afterAll(() => pair?.end());

const keys = `select json_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid) order by conrelid::regclass::text, conname) from pg_constraint where contype in ('p', 'u') and connamespace = 'public'::regnamespace`;

withServers()(
  'keys that are made after their rows are the same in the end, and a change that came meanwhile finds its row',
  async () => {
    await pair.sql(
      'source',
      `create table public."odd ""name" (id int primary key, v int unique); insert into public."odd ""name" values (1, 1)`,
    );
    await promote({ ...pair.settings, largeTableBytes: 0 }, { open: 'target', untilReady: true });
    await pair.sql('source', `update public."odd ""name" set v = 2`);
    await promote(pair.settings, { open: 'target' });
    expect(await pair.sql('target', 'select v from public."odd ""name"')).toBe(2);
    expect(await pair.sql('target', keys)).toEqual(await pair.sql('source', keys));
  },
  180_000,
);
