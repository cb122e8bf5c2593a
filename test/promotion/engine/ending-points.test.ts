import { readStanding } from '../../../promotion/engine/standing';
import { pause } from '../../../promotion/postgres/session';
import { watchSides } from '../../../promotion/rehearse/watch';
import { back, cutOver, ready } from './support/asked';
import { startInserting } from './support/inserting';
import * as killed from './support/killed';
import { type Pair, pairForEach } from './support/pair';
import { points } from './support/points';
import { withServers } from './support/servers';

let pair: Pair;
let ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

pairForEach((made) => (pair = made));

const killedAt = (list: readonly string[], goal: object): Promise<{ kills: number; left: string }> =>
  killed.killedAt(pair.file(), list, goal);
const diesAt = (point: string, goal: object): Promise<void> => killed.diesAt(pair.file(), point, goal);

/** What the engine makes for moving, on both sides together: publications, slots, subscriptions, its own schema. */
async function traces(): Promise<number> {
  const sql = `select (select count(*) from pg_publication) + (select count(*) from pg_replication_slots) + (select count(*) from pg_subscription) + (select count(*) from pg_namespace where nspname = 'terrace_promotion')`;
  return Number(await pair.sql('source', sql)) + Number(await pair.sql('target', sql));
}

const ledger = 'select count(distinct n)::int from public.ledger where writer = 9';

withServers()(
  'killed at every point of giving a cutover up, it goes on each time, loses nothing and leaves no stream back behind',
  async () => {
    const watch = watchSides(pair.source.settings, [pair.target.settings]);
    const writing = startInserting(pair);
    ends = [writing.stop, watch.stop];
    await killedAt([], ready);
    // The window is at its end: writes are held back, and the way back is made.
    await diesAt('opened.before', cutOver);
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
    expect(await pair.sql('target', 'select count(*)::int from pg_replication_slots')).toBe(1);
    expect(await killedAt(points.givenUp, back)).toEqual({ kills: points.givenUp.length, left: '' });
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    expect(await pair.sql('target', 'select count(*)::int from pg_replication_slots')).toBe(0);
    await pause(200);
    expect(await killedAt([], cutOver)).toEqual({ kills: 0, left: '' });
    await pause(200);
    const acknowledged = await writing.stop();
    expect(await watch.stop()).toBe(0);
    expect(acknowledged).toBeGreaterThan(20);
    expect([await pair.sql('target', ledger), await readStanding(pair.settings)]).toMatchObject([
      acknowledged,
      { open: 'target', state: 'verified', epoch: 1 },
    ]);
  },
  120_000,
);

withServers()(
  'killed at every point of being given up before the cutover, and of being ended after it, it leaves nothing of its own behind',
  async () => {
    await killedAt([], ready);
    await diesAt(points.abandoned[0], { end: 'abandon' });
    expect(await killedAt(points.abandoned.slice(1), { end: 'abandon' })).toEqual({ kills: points.abandoned.length - 1, left: '' });
    expect(await traces()).toBe(0);
    expect(await pair.sql('target', `select count(*)::int from pg_class where relnamespace = 'public'::regnamespace`)).toBe(0);
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    await killedAt([], cutOver);
    const rows = await pair.sql('target', 'select count(*)::int from public.messages');
    expect(await killedAt(points.contracted, { end: 'contract' })).toEqual({ kills: points.contracted.length, left: '' });
    expect(await traces()).toBe(0);
    expect(await pair.sql('target', 'select count(*)::int from public.messages')).toBe(rows);
    expect(await pair.sql('target', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
  },
  120_000,
);
