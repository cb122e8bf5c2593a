import { promote } from '../../../promotion/engine/promote';
import type { Progress } from '../../../promotion/engine/work';
import { openSession } from '../../../promotion/postgres/session';
import { until } from '../../support/processes';
import { ready } from './support/asked';
import { type Pair, pairForEach } from './support/pair';
import { withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

/** Keys that wait behind the copy of their table. */
const waiting = `select count(*)::int from pg_locks where relation = to_regclass('public.long') and not granted`;

/** Rows that take 0.6 s each where they are copied to, and nothing where they come from. */
const LONG = `create function public.slowly(text) returns boolean language sql as
  $$ select case current_setting('session_replication_role') when 'replica' then pg_sleep(0.6) is not null else true end $$;
create domain public.slow as text check (public.slowly(value));
create table public.long (id int primary key, v public.slow);
insert into public.long select i, i::text from generate_series(1, 10) i`;

const keys = `select json_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid) order by conrelid::regclass::text, conname) from pg_constraint where contype in ('p', 'u') and connamespace = 'public'::regnamespace`;

withServers()(
  'keys that are made after their rows are the same in the end, and a change that came meanwhile finds its row',
  async () => {
    await pair.sql(
      'source',
      `create table public."odd ""name" (id int primary key, v int unique); insert into public."odd ""name" values (1, 1)`,
    );
    await promote({ ...pair.settings, largeTableBytes: 0 }, ready);
    await pair.sql('source', `update public."odd ""name" set v = 2`);
    await promote(pair.settings, { open: 'target' });
    expect(await pair.sql('target', 'select v from public."odd ""name"')).toBe(2);
    expect(await pair.sql('target', keys)).toEqual(await pair.sql('source', keys));
  },
  180_000,
);

withServers()(
  'while a key waits for a long copy, how far the copy is goes on being told',
  async () => {
    await pair.sql('source', LONG);
    const watching = await openSession(pair.target.settings);
    const news: string[] = [];
    const progress = ({ step, ms }: Progress): void => void (ms === undefined && news.push(step));
    const copying = promote({ ...pair.settings, largeTableBytes: 0, stillSeconds: 60 }, ready, { progress });
    try {
      await until(async () => (await watching.value(waiting)) === 1);
      const before = news.length;
      await until(() => news.length >= before + 2);
      expect(await watching.value(waiting)).toBe(1);
    } finally {
      watching.close();
      await copying;
    }
    expect(news).not.toContain('engine');
  },
  60_000,
);
