import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { abandon, contract } from '../../../promotion/engine/ending';
import { promote, working } from '../../../promotion/engine/promote';
import { explain, readStanding } from '../../../promotion/engine/standing';
import { takeLock } from '../../../promotion/engine/lock';
import { readJournal } from '../../../promotion/journal/journal';
import { actions as honest } from '../../../promotion/postgres/actions';
import { openSession } from '../../../promotion/postgres/session';
import { runEngine } from '../../../promotion/rehearse/engine-process';
import { back, cutOver, ready, refused } from './support/asked';
import { freezer } from './support/freezer';
import { type Pair, pairForEach } from './support/pair';
import { testEngine, withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

describe('a promotion', () => {
  withServers()(
    'waits for go, cuts over, goes back, and is told from facts alone at every moment',
    async () => {
      const { settings } = pair;
      expect(await readStanding(settings)).toMatchObject({ state: 'not begun', open: 'source', heldBack: false, epoch: 0 });
      expect(await promote(settings, ready)).toEqual({ open: 'source', epoch: 0, waiting: true });
      expect(await readStanding(settings)).toMatchObject({ state: 'indexed', open: 'source', reversible: { yes: true } });
      rmSync(settings.journal);
      expect(await promote(settings, cutOver)).toEqual({ open: 'target', epoch: 1, waiting: false });
      expect(await readStanding(settings)).toMatchObject({
        state: 'verified',
        open: 'target',
        routedTo: 'target',
        epoch: 1,
        orphans: [],
        reversible: { yes: true },
      });
      expect(await promote(settings, back)).toEqual({ open: 'source', epoch: 2, waiting: false });
      expect(await readStanding(settings)).toMatchObject({ state: 'verified', open: 'source', routedTo: 'source', epoch: 2 });
      expect(await refused(working(settings, contract))).toMatchObject({ code: 'PROMOTION_NOT_YET', exit: 20 });
      await promote(settings, cutOver);
      expect(await refused(working(settings, abandon))).toMatchObject({ code: 'PROMOTION_NOT_YET', exit: 20 });
      await working(settings, contract);
      expect(await pair.sql('target', `select count(*)::int from pg_publication`)).toBe(0);
      expect(await pair.sql('source', `select count(*)::int from pg_replication_slots`)).toBe(0);
      expect(await pair.sql('target', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      // Nothing says any more that this was a promotion: the old side stays shut, whoever asks for the way back.
      expect(await refused(promote(settings, back))).toMatchObject({ code: 'PROMOTION_BLOCKED', exit: 20 });
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
    },
    120_000,
  );

  withServers()(
    'carries what logical replication leaves behind',
    async () => {
      await pair.sql(
        'source',
        `alter role app set search_path = 'public', "Odd, name"; alter role app in database app set statement_timeout = '61s'`,
      );
      await pair.sql('source', `alter database app set intervalstyle = 'iso_8601'`);
      await pair.sql('source', `create sequence public.countdown increment -2 start 100 maxvalue 100 minvalue -100`);
      await pair.sql('source', `create materialized view public.any_plan as select * from public.plan_counts`);
      await promote(pair.settings, ready);
      // Before anybody is let in, and one after the other it reads.
      expect(await pair.sql('target', `select count(*)::int from pg_class where relkind = 'm' and relispopulated`)).toBe(2);
      await pair.sql('source', `insert into public.users (email) values ('late@example.com')`);
      // Set, and nothing given since: an identity after an import, a new year's invoices.
      await pair.sql('source', `alter table public.users alter id restart with 70000; alter sequence public.countdown restart with 50`);
      await promote(pair.settings, cutOver);
      await pair.sql('source', 'refresh materialized view public.plan_counts; refresh materialized view public.any_plan');
      for (const sql of [
        'select sum(count)::int from public.any_plan',
        `select string_agg(coalesce(r.rolname, '') || (s.setdatabase <> 0) || s.setconfig::text, ';' order by s.setconfig::text) from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole`,
        'select last_value::text || is_called from public.invoice_numbers',
        'select last_value::text || is_called from public.users_id_seq',
        'select last_value::text || is_called from public.countdown',
        'select count(*)::int from public.plan_counts',
        `select string_agg(tablename || indexdef, ',' order by indexname) from pg_indexes where schemaname = 'public'`,
        `select string_agg(conname || ':' || contype::text || ':' || convalidated, ',' order by conname) from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'`,
        `select count(*)::int from pg_trigger where tgname = 'note_order' and tgenabled = 'O'`,
        `select relpersistence::text from pg_class where relname = 'page_cache'`,
        'select domain from public.users order by id limit 1',
        `select string_agg(grantee || privilege_type, ',' order by table_name, grantee, privilege_type) from information_schema.role_table_grants where table_schema = 'public' and grantee = 'app'`,
      ])
        expect([sql, await pair.sql('target', sql)]).toEqual([sql, await pair.sql('source', sql)]);
    },
    120_000,
  );

  withServers()(
    'is given up without a trace before the cutover, also by a run that dies half way, and begun again',
    async () => {
      const held = `select array[(select count(*) from pg_class where relnamespace = 'public'::regnamespace), (select count(*) from pg_type where typname = 'plan'), (select kept.f())]::int[]`;
      await pair.sql('target', 'create schema kept; create function kept.f() returns int language sql return 7');
      for (const point of ['cleared.links', 'cleared.copies']) {
        await promote(pair.settings, ready);
        const reach = (at: string): void => {
          if (at === point) throw new Error('it died');
        };
        await expect(working(pair.settings, abandon, { reach })).rejects.toThrow('it died');
      }
      expect(await promote(pair.settings, ready)).toMatchObject({ waiting: true });
      await working(pair.settings, abandon);
      expect(await pair.sql('target', held)).toEqual([0, 0, 7]);
      expect(
        await pair.sql(
          'source',
          `select (select count(*) from pg_replication_slots) + (select count(*) from pg_publication) + (select count(*) from pg_namespace where nspname = 'terrace_promotion')`,
        ),
      ).toBe('0');
    },
    120_000,
  );

  withServers()(
    'is refused to a second engine',
    async () => {
      const other = await openSession(pair.settings.source, 3000, 'terrace promote elsewhere 1');
      await takeLock(other);
      expect(await refused(promote(pair.settings, ready))).toMatchObject({
        code: 'PROMOTION_LOCKED',
        exit: 20,
        text: expect.stringContaining('elsewhere') as string,
      });
      other.close();
      expect(await promote(pair.settings, ready)).toMatchObject({ waiting: true });
    },
    120_000,
  );

  withServers()(
    'stops before the fence when the tables change, and goes on when they are the same again',
    async () => {
      await promote(pair.settings, ready);
      await pair.sql('source', 'alter table public.users add column nickname text');
      const found = await refused(promote(pair.settings, cutOver));
      expect(found).toMatchObject({
        code: 'PROMOTION_SCHEMA_DIFFERS',
        exit: 20,
        text: expect.stringContaining('public.users.nickname text') as string,
      });
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      await pair.sql('target', 'alter table public.users add column nickname text');
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
    },
    120_000,
  );

  withServers()(
    'takes in a table that both sides got on the way',
    async () => {
      await promote(pair.settings, ready);
      await pair.sql('source', 'create table public.late (id int primary key)');
      await pair.sql('source', 'insert into public.late values (1)');
      expect(await refused(promote(pair.settings, cutOver))).toMatchObject({ code: 'PROMOTION_SCHEMA_DIFFERS' });
      await pair.sql('target', 'create table public.late (id int primary key)');
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
      expect(await pair.sql('target', 'select count(*)::int from public.late')).toBe(1);
    },
    120_000,
  );

  withServers()(
    'tells a way back that a failover has taken from one that contract has',
    async () => {
      await promote(pair.settings, cutOver);
      const way = async () => (await readStanding(pair.settings)).reversible;
      expect(await way()).toMatchObject({ yes: true });
      await pair.sql('source', 'alter subscription terrace_to_source_0 disable');
      await pair.sql(
        'target',
        `select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'terrace_to_source_0' and active_pid is not null`,
      );
      await pair.sql('target', `select pg_drop_replication_slot('terrace_to_source_0')`);
      expect(await way()).toEqual({
        yes: false,
        because:
          'the new side has lost the slot of the stream back (a failover, or somebody dropped it), and with it changes that the old one has not seen',
      });
      await pair.sql('source', 'alter subscription terrace_to_source_0 set (slot_name = none)');
      await pair.sql('source', 'drop subscription terrace_to_source_0');
      expect(await way()).toEqual({ yes: false, because: 'the way back has been taken away (contract)' });
    },
    120_000,
  );

  withServers()(
    'asks a person when the old side gave up keeping changes, and can be given up',
    async () => {
      await promote(pair.settings, ready);
      await pair.sql('target', 'alter subscription terrace_to_target_0 disable');
      await pair.sql('source', `alter system set max_slot_wal_keep_size = '2MB'`);
      await pair.sql('source', 'select pg_reload_conf()');
      for (let round = 0; round < 4; round += 1) {
        await pair.sql(
          'source',
          `insert into public.messages (user_id, role, body) select 1, 'user', repeat(md5(i::text), 30) from generate_series(1, 4000) i`,
        );
        await pair.sql('source', 'select pg_switch_wal()');
      }
      await pair.sql('source', 'checkpoint');
      expect(await pair.sql('source', `select wal_status from pg_replication_slots`)).toBe('lost');
      expect(await refused(promote(pair.settings, cutOver))).toMatchObject({ code: 'PROMOTION_SLOT_LOST', exit: 40 });
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      await working(pair.settings, abandon);
      expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
      expect(await promote(pair.settings, ready)).toMatchObject({ waiting: true });
      const rows = 'select count(*)::int from public.messages';
      expect(await pair.sql('target', rows)).toBe(await pair.sql('source', rows));
    },
    120_000,
  );

  withServers()(
    'asks a person when a standby took the place of the old side, although it still keeps changes',
    async () => {
      await promote(pair.settings, ready);
      await pair.source.kill();
      // A server that begins as a standby of nobody, and is promoted: its data and slots as they were, on another timeline.
      writeFileSync(join(pair.source.data, 'standby.signal'), '');
      await pair.source.start();
      await pair.sql('source', 'select pg_promote()');
      await pair.sql('source', `insert into public.carts values (78, 78)`);
      expect(await refused(promote(pair.settings, cutOver))).toMatchObject({
        code: 'PROMOTION_FAILED_OVER',
        exit: 40,
        text: expect.stringContaining('was on timeline 1 when that began, and is on 2') as string,
      });
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      await working(pair.settings, abandon);
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
      expect(await pair.sql('target', 'select count(*)::int from public.carts where writer = 78')).toBe(1);
    },
    120_000,
  );

  withServers()(
    'goes on after both servers were restarted',
    async () => {
      await promote(pair.settings, ready);
      await Promise.all([pair.source.kill(), pair.target.kill()]);
      const going = promote(pair.settings, cutOver);
      await Promise.all([pair.source.start(), pair.target.start()]);
      expect(await going).toMatchObject({ open: 'target' });
    },
    120_000,
  );

  withServers()(
    'says that a server refuses the other one since that was tried, and goes on when it no longer does',
    async () => {
      const { settings } = pair;
      const way = await freezer(settings.source.port);
      const through = { ...settings, source: { ...settings.source, peer: { host: '127.0.0.1', port: way.port } } };
      const met: string[] = [];
      const reach = (point: string): void => void (met.push(point), point === 'schema.dumped' && way.close());
      expect(await refused(promote(through, ready, { patience: 2000, reach }))).toMatchObject({
        code: 'PROMOTION_BLOCKED',
        exit: 20,
        text: expect.stringContaining('The new side cannot follow the old one') as string,
      });
      expect(met).toContain('schema.dumped');
      expect(await promote(settings, ready)).toMatchObject({ waiting: true });
    },
    120_000,
  );

  withServers()(
    'gives the window up when the network freezes, and ends when it thaws',
    async () => {
      const ice = await freezer(pair.source.settings.port);
      try {
        const settings = {
          ...pair.settings,
          windowSeconds: 2,
          source: { ...pair.settings.source, peer: { host: '127.0.0.1', port: ice.port } },
        };
        await promote(settings, ready);
        const shut: typeof honest.shut = async (...given) => (ice.freeze(true), await honest.shut(...given));
        const going = promote(settings, cutOver, { patience: 500, actions: { ...honest, shut } });
        expect(await refused(going)).toMatchObject({ code: 'PROMOTION_WINDOW_EXCEEDED', exit: 30 });
        expect(await readStanding(settings)).toMatchObject({ open: 'source', heldBack: false });
        ice.freeze(false);
        await pair.sql('source', `insert into public.carts values (77, 77)`);
        expect(await promote({ ...settings, windowSeconds: 15, stillSeconds: 30 }, cutOver)).toMatchObject({ open: 'target' });
        expect(await pair.sql('target', 'select count(*)::int from public.carts where writer = 77')).toBe(1);
      } finally {
        ice.close();
      }
    },
    120_000,
  );

  withServers()(
    'does not mind a clock that jumps an hour at every look, on or back',
    async () => {
      const HOUR = 3_600_000;
      const jumping = { NODE_OPTIONS: `--require ${join(__dirname, '../../support/jumping-clock.cjs')}` };
      for (const [goal, step] of [
        [ready, HOUR],
        [cutOver, HOUR],
        [back, -HOUR],
      ] as const) {
        const before = readJournal(pair.settings.journal).length;
        const run = runEngine(pair.file(), goal, { program: testEngine, env: { ...jumping, CLOCK_STEP: String(step) } });
        expect(await run.ended).toMatchObject({ code: goal === ready ? 10 : 0 });
        const entries = readJournal(pair.settings.journal).slice(before);
        // That the clock did jump shows in the times written down, and in no duration.
        const times = entries.map(({ t }) => Date.parse(t));
        expect(Math.min(...times.slice(1).map((time, index) => (time - (times[index] as number)) / step))).toBeGreaterThan(0.9);
        expect(entries.filter(({ ms }) => ms !== undefined && (ms < 0 || ms > 60_000))).toEqual([]);
      }
      expect(await readStanding(pair.settings)).toMatchObject({ state: 'verified', open: 'source', epoch: 2 });
    },
    120_000,
  );

  withServers()(
    'is not cut over while it is paused, and goes back all the same',
    async () => {
      await promote(pair.settings, ready);
      const pause = `insert into terrace_promotion.facts values ('paused', 'yes')`;
      expect(explain(await readStanding(pair.settings)).join('\n')).not.toContain('Paused');
      await pair.sql('source', pause);
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'source', waiting: true });
      expect(explain(await readStanding(pair.settings))).toContain('Paused: nothing is cut over before the next "run".');
      await pair.sql('source', `delete from terrace_promotion.facts where name = 'paused'`);
      await promote(pair.settings, cutOver);
      await pair.sql('source', pause);
      expect(await promote(pair.settings, back)).toMatchObject({ open: 'source', epoch: 2, waiting: false });
    },
    120_000,
  );
});
