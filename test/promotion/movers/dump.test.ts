import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import type { Progress } from '../../../promotion/engine/work';
import { pause } from '../../../promotion/postgres/session';
import type { TerraceError } from '../../../values/errors';
import { runEngine } from '../../../promotion/rehearse/engine-process';
import { watchSides } from '../../../promotion/rehearse/watch';
import { type Inserting, startInserting } from '../engine/support/inserting';
import { type Pair, pairForEach } from '../engine/support/pair';
import { points } from '../engine/support/points';
import { testEngine, withServers } from '../engine/support/servers';

let pair: Pair;

let stopWriting: () => Promise<unknown> = async () => undefined;
let stopWatching: () => Promise<unknown> = async () => undefined;

afterEach(async () => {
  await stopWriting();
  await stopWatching();
});

pairForEach((made) => (pair = made));

/** What logical replication refuses: large objects, a table without a key, prepared for nothing; and unlogged rows, which it would not carry. */
async function awkward(): Promise<void> {
  await pair.sql('source', `select lo_from_bytea(0, 'a large object'::bytea), lo_from_bytea(0, decode(repeat('ff', 5000), 'hex'))`);
  await pair.sql(
    'source',
    `create table public.bare (x int, note text); alter table public.bare replica identity nothing; insert into public.bare select i, 'n' || i from generate_series(1, 50) i; grant all on public.bare to app`,
  );
  await pair.sql(
    'source',
    `insert into public.page_cache values ('a', 'b'); create schema "Odd name"; create table "Odd name".t (id int primary key); insert into "Odd name".t values (7)`,
  );
}

function inserting(): Inserting {
  const begun = startInserting(pair);
  stopWriting = begun.stop;
  return begun;
}

withServers('pg_dump', 'pg_restore')(
  'carries what replication refuses, in a stated window, and loses no write',
  async () => {
    await awkward();
    const news: Progress[] = [];
    const mover = moverOf({ kind: 'dump', ...pair.settings, jobs: 2, windowSeconds: 60 }, { progress: (line) => news.push(line) });
    expect((await moverOf({ kind: 'postgres', ...pair.settings }).preflight()).map(({ code }) => code).toSorted()).toEqual([
      'PROMOTION_LARGE_OBJECTS',
      'PROMOTION_NO_IDENTITY',
    ]);
    expect(await mover.preflight()).toEqual([]);
    const writing = inserting();
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'tried', reversible: { yes: true } });
    expect(news.find(({ step }) => step === 'forecast')).toMatchObject({
      seconds: 4,
      because: [expect.stringContaining('public.bare') as string, expect.stringContaining('2 large objects') as string],
    });
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(news.map(({ step }) => step).filter((step) => step !== 'forecast')).toEqual([
      'prepared',
      'tried',
      'emptied',
      'fenced',
      'dumped and restored',
      'analyzed',
      'compared',
      'verified',
      'opened',
      'routed',
    ]);
    await pause(200);
    const acknowledged = await writing.stop();
    expect(acknowledged).toBeGreaterThan(20);
    expect(await pair.sql('target', 'select count(distinct n)::int from public.ledger where writer = 9')).toBe(acknowledged);
    expect(
      await pair.sql(
        'target',
        `select (select count(*) from pg_largeobject_metadata)::int + (select count(*) from public.bare)::int + (select count(*) from public.page_cache)::int + (select id from "Odd name".t)`,
      ),
    ).toBe(60);
    expect(await pair.sql('target', 'select count(*)::int from public.plan_counts')).toBe(3);
    // The old side lets nobody in, and there is no way back that would lose nothing.
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
    expect(await mover.standing()).toMatchObject({ open: 'target', state: 'verified', verified: true, reversible: { yes: false } });
    await expect(move(mover, { open: 'source' })).rejects.toMatchObject({ code: 'PROMOTION_ONE_WAY' });
    expect(readdirSync(pair.folder).filter((name) => name.includes('dump'))).toEqual([]);
    await mover.cleanUp();
    expect(await pair.sql('target', `select count(*)::int from pg_namespace where nspname = 'terrace_promotion'`)).toBe(0);
  },
  120_000,
);

/** Rights of roles that are not made on the new side, with one of the app in the same breath, on which a view's contents stand, and one that such a role has passed on. */
const RIGHTS = `create role auditor replication; create role chief superuser; create role clerk;
create table public.hours (id int primary key, "a; b" text); insert into public.hours select generate_series(1, 9);
grant select on public.hours to auditor, app; grant update on public.hours to auditor with grant option; grant delete on public.hours to chief;
set role auditor; grant update on public.hours to clerk; reset role; revoke select ("a; b") on public.hours from clerk; grant select ("a; b") on public.hours to auditor, clerk;
alter default privileges in schema public grant insert on tables to auditor; alter default privileges in schema public grant delete on tables to clerk;
create materialized view public.hour_counts as select count(*) as n from public.hours; alter materialized view public.hour_counts owner to app`;

for (const kind of ['dump', 'postgres'] as const)
  withServers('pg_dump', 'pg_restore')(
    `rights of roles that are not made on the new side stay behind, and all others arrive: ${kind}`,
    async () => {
      for (const each of RIGHTS.split(/;\n/)) await pair.sql('source', each);
      const news: Progress[] = [];
      const mover = moverOf({ kind, ...pair.settings, windowSeconds: 30 }, { progress: (line) => news.push(line) });
      expect(await mover.preflight()).toEqual([]);
      expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
      expect(
        await pair.sql(
          'target',
          `select array[has_table_privilege('app', 'public.hours', 'select'), has_table_privilege('clerk', 'public.hours', 'update'), has_column_privilege('clerk', 'public.hours', 'a; b', 'select'), (select n = 9 from public.hour_counts), not exists (select from pg_roles where rolname in ('auditor', 'chief'))]::text[]`,
        ),
      ).toEqual(['true', 'true', 'true', 'true', 'true']);
      await pair.sql('target', 'create table public.later (id int)');
      expect(await pair.sql('target', `select has_table_privilege('clerk', 'public.later', 'delete')`)).toBe(true);
      if (kind === 'dump')
        expect(news.map(({ what }) => what).filter((what) => what.includes('does not take'))).toContain(
          'the new side does not take a setting of the old one: GRANT SELECT ON TABLE public.hours TO auditor;',
        );
    },
    120_000,
  );

withServers('pg_dump', 'pg_restore')('a dump that would not fit beside the journal is refused before it begins', async () => {
  // The server counts whatever lies in the database's folder: this file is there, and takes no room.
  const folder = await pair.sql('source', `select 'base/' || oid from pg_database where datname = current_database()`);
  const file = join(pair.source.data, String(folder), 'beyond');
  writeFileSync(file, '');
  truncateSync(file, 8e12);
  const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
  expect(await mover.preflight()).toMatchObject([
    { code: 'PROMOTION_DISK_HERE', message: expect.stringMatching(/^The dump may take 80\d{11} bytes; .* has \d+\./) as string },
  ]);
  await expect(move(mover, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
  expect(await mover.standing()).toMatchObject({ open: 'source', state: 'not begun' });
});

withServers('pg_dump', 'pg_restore')(
  'what fails in the window lets writes go again where they were, and the next run begins it anew',
  async () => {
    await awkward();
    const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
    await move(mover, { open: 'target', untilReady: true });
    // The new side has no room for one of the tables any more, as it were.
    await pair.sql(
      'target',
      `create function terrace_promotion.refuse() returns event_trigger language plpgsql as $$ begin raise exception 'no room'; end $$; create event trigger refuse on ddl_command_start when tag in ('CREATE TABLE') execute function terrace_promotion.refuse()`,
    );
    const refusal = (await move(mover, { open: 'target' }).then(
      () => undefined,
      (error: unknown) => error,
    )) as TerraceError;
    expect(refusal).toMatchObject({ code: 'PROMOTION_DUMP_GIVEN_UP', message: expect.stringContaining('no room') as string });
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'tried' });
    await pair.sql('source', `insert into public.bare values (1000, 'meanwhile')`);
    await pair.sql('target', 'drop event trigger refuse');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await pair.sql('target', 'select count(*)::int from public.bare')).toBe(51);
  },
  120_000,
);

withServers('pg_dump', 'pg_restore')(
  'a run that died in the window is gone on with, or let go',
  async () => {
    const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
    await move(mover, { open: 'target', untilReady: true });
    await pair.sql('source', 'alter role app nologin');
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'fenced' });
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    await pair.sql('source', 'alter role app nologin');
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
  },
  120_000,
);

withServers('pg_dump', 'pg_restore')(
  'a difference after the restore opens nothing',
  async () => {
    const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
    await move(mover, { open: 'target', untilReady: true });
    await pair.sql(
      'target',
      `create function terrace_promotion.add() returns event_trigger language plpgsql as $$ begin if exists (select from pg_class where relname = 'plan_counts' and relkind = 'm') then insert into public.carts values (99, 99) on conflict do nothing; end if; end $$; create event trigger add on ddl_command_end when tag in ('REFRESH MATERIALIZED VIEW') execute function terrace_promotion.add()`,
    );
    await expect(move(mover, { open: 'target' })).rejects.toMatchObject({
      code: 'PROMOTION_DUMP_GIVEN_UP',
      problems: [{ message: expect.stringContaining('public.carts') as string }],
    });
    expect(await mover.standing()).toMatchObject({ open: 'source' });
    expect(await pair.sql('target', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
  },
  120_000,
);

withServers('pg_dump', 'pg_restore')(
  'is refused with everything that stands in the way, before anything is touched',
  async () => {
    await pair.sql('target', 'create table public.mine (x int primary key)');
    const other = { ...pair.target.settings, database: 'postgres' };
    const mover = moverOf({ kind: 'dump', ...pair.settings, targets: [pair.target.settings, other], appRoles: ['app', 'nobody_knows'] });
    expect((await mover.preflight()).map(({ code }) => code).toSorted()).toEqual([
      'PROMOTION_APP_ROLE_MISSING',
      'PROMOTION_DUMP_SHARDS',
      'PROMOTION_TARGET_NOT_EMPTY',
    ]);
    await expect(move(mover, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
    expect(await pair.sql('source', `select count(*)::int from pg_namespace where nspname = 'terrace_promotion'`)).toBe(0);
  },
  180_000,
);

const [TRY, BACK, WINDOW] = [points.dumpTry, points.givenUp, points.dumpWindow];

withServers('pg_dump', 'pg_restore')(
  'killed between any two acts, it goes on each time, loses nothing and has nothing twice',
  async () => {
    await awkward();
    const [file, crashes] = [join(pair.folder, 'dump.json'), join(pair.folder, 'crashes')];
    writeFileSync(file, JSON.stringify({ kind: 'dump', ...pair.settings, jobs: 1, windowSeconds: 60 }));
    let kills = 0;
    const until = async (goal: object): Promise<number> => {
      for (;;) {
        const { code, last } = await runEngine(file, goal, { program: testEngine, env: { TEST_CRASHES: crashes } }).ended;
        if (code !== null) return code === 0 || code === 10 ? code : Promise.reject(new Error(last));
        kills += 1;
      }
    };
    const die = (points: readonly string[]): void => writeFileSync(crashes, points.join('\n'));
    const left = (): string => readFileSync(crashes, 'utf8');
    const watch = watchSides(pair.source.settings, [pair.target.settings]);
    stopWatching = watch.stop;
    const writing = inserting();
    die(TRY);
    expect([await until({ open: 'target', untilReady: true }), left()]).toEqual([10, '']);
    die(['fenced.acted']);
    await runEngine(file, { open: 'target' }, { program: testEngine, env: { TEST_CRASHES: crashes } }).ended;
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
    die(BACK);
    expect([await until({ open: 'source' }), left()]).toEqual([0, '']);
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    die(WINDOW);
    expect([await until({ open: 'target' }), left()]).toEqual([0, '']);
    expect(kills).toBe(TRY.length + BACK.length + WINDOW.length);
    const acknowledged = await writing.stop();
    expect(await watch.stop()).toBe(0);
    expect(acknowledged).toBeGreaterThan(20);
    expect(await pair.sql('target', 'select count(distinct n)::int from public.ledger where writer = 9')).toBe(acknowledged);
    expect(
      await pair.sql('target', 'select array[(select count(*) from public.bare), (select count(*) from pg_largeobject_metadata)]::int[]'),
    ).toEqual([50, 2]);
  },
  240_000,
);
