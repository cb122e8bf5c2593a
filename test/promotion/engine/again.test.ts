import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../../../promotion/journal/journal';
import { runEngine } from '../../../promotion/rehearse/engine-process';
import { cutOver, ready } from './support/asked';
import { type Pair, pairForEach } from './support/pair';
import { points } from './support/points';
import { testEngine, withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

/** Starts an engine, which is killed at the points that are given. */
async function run(goal: object, ...points: readonly string[]): Promise<number | null> {
  const crashes = join(pair.folder, 'crashes');
  writeFileSync(crashes, points.join('\n'));
  const file = pair.file({ stillSeconds: 60 });
  return (await runEngine(file, goal, { program: testEngine, env: { TEST_CRASHES: crashes } }).ended).code;
}

/** As after a crash of the new side that took the mark of some copies back when their slots were gone already. */
const lost = `alter subscription terrace_to_target_0 disable;
  update pg_subscription_rel set srsubstate = 'f', srsublsn = null where srrelid in ('public.orders'::regclass, 'public.audit_log'::regclass);
  alter subscription terrace_to_target_0 enable`;

const write = `insert into public.orders (writer, n) select 1, i from generate_series(1, 50) i`;

const held = `select concat((select count(*) from public.orders), ' ', (select count(*) from public.audit_log), ' ', (select count(*) from public.users))`;

withServers()(
  'a copy whose mark was lost is made again, once, also by an engine that dies half way, and what is written meanwhile is there',
  async () => {
    await pair.sql('source', write);
    expect(await run(ready)).toBe(10);
    await pair.sql('target', lost);
    await pair.sql('source', write);
    expect(await run(ready, ...points.again)).toBe(null);
    await pair.sql('source', write);
    expect(await run(ready)).toBe(10);
    await pair.sql('source', write);
    expect(await run(cutOver)).toBe(0);
    expect(await pair.sql('source', held)).toBe('200 200 20');
    expect(await pair.sql('target', held)).toBe('200 200 20');
    expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
    const again = readJournal(pair.settings.journal).flatMap(({ facts }) => facts?.['again'] ?? []);
    expect(again).toEqual(['public.audit_log', 'public.orders']);
  },
  180_000,
);
