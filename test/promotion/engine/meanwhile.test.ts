import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import { readStanding } from '../../../promotion/engine/standing';
import { actions as honest } from '../../../promotion/postgres/actions';
import { openSession, pause } from '../../../promotion/postgres/session';
import { back, cutOver, ready, refused } from './support/asked';
import { type Pair, pairForEach } from './support/pair';
import { withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

/** What comes between the copy and the change of sides, and between one change and the next. */
describe('a promotion on its way', () => {
  withServers()(
    'stops before the fence for what the app would miss on the new side, all of it, and goes on when it is there',
    async () => {
      await promote(pair.settings, ready);
      const change = [
        `alter type public.plan add value 'solo'`,
        'create sequence public.tickets',
        'create view public.one as select 1 as x',
        `create or replace function public.note_order() returns trigger language plpgsql as 'begin return new; end'`,
        'create index users_created on public.users (created_at)',
        'alter table public.carts add constraint small check (n < 1000)',
      ];
      for (const sql of change) await pair.sql('source', sql);
      const { code, text } = await refused(promote(pair.settings, cutOver));
      expect(code).toBe('PROMOTION_SCHEMA_DIFFERS');
      expect(
        text
          .split('\n')
          .slice(1)
          .map((line) => line.replace('only on the old side: ', '').replace(/[0-9a-f]{32}/, '...')),
      ).toEqual([
        'constraint small of public.carts',
        'index public.users_created of users',
        "label 'solo' of public.plan",
        'routine public.note_order(), its body ...',
        'sequence public.tickets',
        'view public.one',
      ]);
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      for (const sql of change) await pair.sql('target', sql);
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
    },
    120_000,
  );

  withServers()(
    'leaves no side whose prepared transactions or large objects would be lost with it, and says so before',
    async () => {
      for (const side of ['source', 'target'] as const) {
        await pair.sql(side, 'alter system set max_prepared_transactions = 4');
        await pair[side].kill();
        await pair[side].start();
      }
      await promote(pair.settings, cutOver);
      await pair.sql('target', `begin; insert into public.carts values (5, 5); prepare transaction 'waiting'`);
      await pair.sql('target', 'select lo_create(0)');
      expect((await readStanding(pair.settings)).reversible).toEqual({
        yes: false,
        because: 'the new side has 1 large object, which the way back does not carry',
      });
      const found = await refused(promote(pair.settings, back, { patience: 0 }));
      expect(found).toMatchObject({ code: 'PROMOTION_BLOCKED', exit: 20 });
      expect(found.text).toMatch(/1 prepared transaction on the new side[^]*1 large object on the new side/);
      expect(await readStanding(pair.settings)).toMatchObject({ open: 'target', heldBack: false });
      await pair.sql('target', 'select lo_unlink(oid) from pg_largeobject_metadata');
      await pair.sql('target', `rollback prepared 'waiting'`);
      expect(await promote(pair.settings, back)).toMatchObject({ open: 'source' });

      // One that comes between the look and the fence is found behind it, and writes are let go again.
      const shut: typeof honest.shut = async (...given) => {
        await pair.sql('source', `begin; insert into public.carts values (6, 6); prepare transaction 'late'`);
        await honest.shut(...given);
      };
      expect(await refused(promote(pair.settings, cutOver, { patience: 0, actions: { ...honest, shut } }))).toMatchObject({
        code: 'PROMOTION_WINDOW_EXCEEDED',
        text: expect.stringContaining('1 prepared transaction would outlive the fence') as string,
      });
      expect(await readStanding(pair.settings)).toMatchObject({ open: 'source', heldBack: false });
      await pair.sql('source', `commit prepared 'late'`);
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
      expect(await pair.sql('target', 'select count(*)::int from public.carts where writer = 6')).toBe(1);
    },
    120_000,
  );

  withServers()(
    'holds back who came since it began, on either side, or says whom it cannot',
    async () => {
      const make = 'create role worker login; grant insert on public.carts to worker';
      await promote(pair.settings, ready);
      for (const [side, change] of [
        ['source', cutOver],
        ['target', back],
        ['source', cutOver],
      ] as const) {
        await pair.sql(side, make);
        const { code, text } = await refused(promote(pair.settings, change, { patience: 0 }));
        expect([side, code]).toEqual([side, 'PROMOTION_BLOCKED']);
        expect(text).toContain(
          `worker may log in and write to the ${side === 'source' ? 'old' : 'new'} side, and is not among the roles that are held back (app). Take its login away (alter role "worker" nologin), or give the move up and begin anew, with it named (appRoles).`,
        );
        expect(await readStanding(pair.settings)).toMatchObject({ open: side, heldBack: false });
        await pair.sql(side, 'drop owned by worker; drop role worker');
        await promote(pair.settings, change);
      }
      expect(await readStanding(pair.settings)).toMatchObject({ open: 'target', epoch: 3 });
    },
    120_000,
  );

  withServers()(
    'says that a server lets nobody in any more, and goes on when it does',
    async () => {
      await promote(pair.settings, ready);
      const rules = join(pair.folder, 'target', 'pg_hba.conf');
      const own = readFileSync(rules, 'utf8');
      const admit = async (rule: string, holds: boolean): Promise<void> => {
        writeFileSync(rules, `${rule}${own}`);
        const elsewhere = await openSession({ ...pair.target.settings, database: 'postgres' });
        await elsewhere.value('select pg_reload_conf()').finally(elsewhere.close);
        for (let open = !holds; open !== holds; await pause(20))
          open = await openSession(pair.target.settings).then(
            (session) => (session.close(), true),
            () => false,
          );
      };
      await admit('host app all all reject\n', false);
      expect(await refused(promote(pair.settings, cutOver, { patience: 300 }))).toMatchObject({
        code: 'PROMOTION_UNREACHABLE',
        exit: 30,
        text: expect.stringMatching(/ does not let this in: pg_hba\.conf rejects connection.*see to whom that server admits/) as string,
      });
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      await admit('', true);
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
    },
    120_000,
  );
});
