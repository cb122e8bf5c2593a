import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import type { PromotionSettings } from '../../../promotion/engine/settings';
import { readStanding } from '../../../promotion/engine/standing';
import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import type { Progress } from '../../../promotion/engine/work';
import { own, serverFolders } from '../../../promotion/rehearse/servers';
import { openPair, type Pair } from './support/pair';
import { templates, withMajor, withoutExtensions, withServers } from './support/servers';

/** Functions of the names and kinds of aiven_extras, which run as a superuser, and which do with dblink what those do. */
const EXTRAS = `
create schema aiven_extras; create extension dblink schema aiven_extras;
create function aiven_extras.pg_create_subscription(name text, conninfo text, publication text, slot text, slot_create boolean = false, copy_data boolean = true) returns void language plpgsql security definer as $$
begin
  if slot_create then perform from aiven_extras.dblink(conninfo, format('select pg_create_logical_replication_slot(%L, ''pgoutput'')::text', slot)) as d (x text); end if;
  execute format('create subscription %I connection %L publication %I with (slot_name = %L, create_slot = false, copy_data = %s)', name, conninfo, publication, slot, copy_data::text);
end $$;
create function aiven_extras.pg_alter_subscription_disable(name text) returns void language plpgsql security definer as $$ begin execute format('alter subscription %I disable', name); end $$;
create function aiven_extras.pg_alter_subscription_enable(name text) returns void language plpgsql security definer as $$ begin execute format('alter subscription %I enable', name); end $$;
create function aiven_extras.pg_drop_subscription(name text) returns void language plpgsql security definer as $$
begin
  execute format('alter subscription %I disable', name); execute format('alter subscription %I set (slot_name = none)', name); execute format('drop subscription %I', name);
end $$;
grant usage on schema aiven_extras to public;
create role doadmin login createrole createdb replication;
grant pg_signal_backend, pg_monitor to doadmin;
alter database app owner to doadmin; alter schema public owner to doadmin; grant create on database app to doadmin;`;

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

const dblink = withoutExtensions('dblink');

withServers(...dblink)(
  'to a managed database, where nobody is a superuser: there, back, and there again',
  async () => {
    const pair = await openPair(clusters);
    try {
      await pair.sql('target', EXTRAS);
      await homely(pair);
      const settings = { ...pair.settings, targets: [{ ...pair.target.settings, user: 'doadmin' }], windowSeconds: 15, stillSeconds: 30 };
      expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target', epoch: 1 });
      expect(await readStanding(settings)).toMatchObject({ state: 'verified', open: 'target', reversible: { yes: true } });
      // What the superuser would have made is what the one role makes that there is.
      expect(await pair.sql('target', 'select defaclrole::regrole::text || defaclacl::text from pg_default_acl')).toBe(
        'doadmin{app=r/doadmin}',
      );
      await pair.sql('target', `insert into public.carts values (5, 5)`);
      expect(await promote(settings, { open: 'source' })).toMatchObject({ open: 'source', epoch: 2 });
      expect(await pair.sql('source', 'select count(*)::int from public.carts where writer = 5')).toBe(1);
      await pair.sql('source', `insert into public.carts values (6, 6)`);
      expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target', epoch: 3 });
      expect(await pair.sql('target', 'select count(*)::int from public.carts')).toBe(2);
    } finally {
      await pair.end();
    }
  },
  200_000,
);

/** What a server of one's own has that a managed one has not: places on other disks, and rights given beforehand by a superuser. */
async function homely(pair: Pair): Promise<void> {
  const disk = join(pair.folder, 'disk');
  mkdirSync(disk);
  own(disk);
  await pair.sql('source', `create tablespace fast location '${disk}'`);
  await pair.sql('source', 'alter table public.carts set tablespace fast; alter index public.messages_created_at_idx set tablespace fast');
  await pair.sql('source', 'alter default privileges in schema public grant select on tables to app');
}

/** A role as a managed service gives it: it may do much, and is no superuser. */
const managed = (
  role: string,
): string => `create role ${role} login createrole createdb replication; grant pg_signal_backend, pg_monitor to ${role};
alter database app owner to ${role}; alter schema public owner to ${role}; grant create on database app to ${role};`;

withServers('pg_dump', 'pg_restore')(
  'to a managed database that lets nobody subscribe: refused with its remedy, which is a dump, and that goes',
  async () => {
    const pair = await openPair(clusters);
    try {
      await pair.sql('target', managed('doadmin'));
      await homely(pair);
      const settings = { ...pair.settings, targets: [{ ...pair.target.settings, user: 'doadmin' }], windowSeconds: 60 };
      const found = await moverOf({ kind: 'postgres', ...settings }).preflight();
      expect(found).toEqual([
        expect.objectContaining({
          code: 'PROMOTION_NO_SUBSCRIPTIONS',
          remedy: expect.stringContaining('move by dump (a fact: databaseMove: dump; with --settings: kind: dump)') as string,
        }),
      ]);
      const news: Progress[] = [];
      const dump = moverOf({ kind: 'dump', ...settings }, { progress: (line) => news.push(line) });
      expect(await move(dump, { open: 'target' })).toEqual({ open: 'target', waiting: false });
      expect(news.map(({ what }) => what).filter((what) => what.includes('does not take'))).toEqual([
        'the new side does not take a setting of the old one: DEFAULT ACL public DEFAULT PRIVILEGES FOR TABLES postgres',
      ]);
      expect(
        await pair.sql(
          'target',
          `select has_table_privilege('app', 'public.ledger', 'insert') and (select rolcanlogin from pg_roles where rolname = 'app')`,
        ),
      ).toBe(true);
    } finally {
      await pair.end();
    }
  },
  120_000,
);

/** RDS gives its master role the rights of two roles of its own; from PostgreSQL 16 on they are those of pg_create_subscription. */
const RDS = `create role rds_superuser; create role rds_replication; grant pg_create_subscription to rds_superuser; ${managed('master')} grant rds_superuser, rds_replication to master;`;

for (const member of ['rds_superuser', 'pg_create_subscription'])
  withMajor(16)(
    `to a database of PostgreSQL 16 or later, as a member of ${member}: there and back, with passwords as such a role needs them`,
    async () => {
      const pair = await openPair(clusters);
      try {
        await pair.sql('target', member === 'rds_superuser' ? RDS : `${managed('master')} grant pg_create_subscription to master;`);
        await pair.sql('source', `set password_encryption = 'scram-sha-256'; create role mover login superuser password 'a secret'`);
        const rules = join(pair.folder, 'source', 'pg_hba.conf');
        writeFileSync(rules, `host all mover 127.0.0.1/32 scram-sha-256\n${readFileSync(rules, 'utf8')}`);
        await pair.sql('source', 'select pg_reload_conf()');
        const settings = {
          ...pair.settings,
          source: { ...pair.source.settings, user: 'mover', password: 'a secret' },
          targets: [{ ...pair.target.settings, user: 'master' }],
          windowSeconds: 15,
          stillSeconds: 30,
        };
        const mover = moverOf({ kind: 'postgres', ...settings });
        expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
        expect(await mover.standing()).toMatchObject({ open: 'target', verified: true, reversible: { yes: true } });
        await pair.sql('target', 'insert into public.carts values (5, 5)');
        expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
        expect(await pair.sql('source', 'select count(*)::int from public.carts where writer = 5')).toBe(1);
      } finally {
        await pair.end();
      }
    },
    120_000,
  );

/** Gives what the app has to the one role that there is, as where that made everything. */
const OWNED = `do $$ declare r record; begin
  for r in select format('%s %I.%I', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, n.nspname, c.relname) as what
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
  loop execute format('alter %s owner to doadmin', r.what); end loop;
end $$;
alter function public.note_order() owner to doadmin; alter type public.plan owner to doadmin;
alter default privileges for role doadmin in schema public grant select on tables to app;`;

/** The old side as a provider runs it, which lets its owner in with a password: without one no role but a superuser may subscribe from it. */
async function managedSource(pair: Pair): Promise<PromotionSettings['source']> {
  await pair.sql('source', `set password_encryption = 'scram-sha-256'; ${EXTRAS} ${OWNED} alter role doadmin password 'a secret'`);
  const rules = join(pair.folder, 'source', 'pg_hba.conf');
  writeFileSync(rules, `host all doadmin 127.0.0.1/32 scram-sha-256\n${readFileSync(rules, 'utf8')}`);
  await pair.sql('source', 'select pg_reload_conf()');
  return { ...pair.source.settings, user: 'doadmin', password: 'a secret' };
}

/** A managed database to leave, to another of its provider, to one of another, and to a server of one's own. */
const leaving = [
  { to: 'another of its kind', ready: withServers('pg_dump', ...dblink), sql: EXTRAS, user: 'doadmin' },
  { to: 'RDS', ready: withMajor(16, 'pg_dump', ...dblink), sql: RDS, user: 'master' },
  { to: 'a server of its own', ready: withServers('pg_dump', ...dblink), sql: 'select', user: 'postgres' },
];

const OWNERS = `select string_agg(distinct relowner::regrole::text, ', ') from pg_class where relnamespace = 'public'::regnamespace`;
const PROVIDED = `select concat(to_regnamespace('aiven_extras')::text, (select string_agg(extname, ' ') from pg_extension where extname = 'dblink'))`;

for (const { to, ready, sql, user } of leaving) {
  ready(
    `from a managed database with aiven_extras to ${to}, there and back: what belongs to the provider stays where it is`,
    async () => {
      const pair = await openPair(clusters);
      try {
        const source = await managedSource(pair);
        // A right that the owner was given beside what every owner has, and that nobody is there to be given.
        await pair.sql('source', 'grant select on public.users to doadmin with grant option');
        await pair.sql('target', sql);
        const provided = await pair.sql('target', PROVIDED);
        const settings = {
          ...pair.settings,
          source,
          targets: [{ ...pair.target.settings, user }],
          windowSeconds: 15,
          stillSeconds: 30,
        };
        expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target', epoch: 1 });
        expect(await readStanding(settings)).toMatchObject({ state: 'verified', open: 'target', reversible: { yes: true } });
        expect([await pair.sql('target', PROVIDED), await pair.sql('target', OWNERS)]).toEqual([provided, user]);
        await pair.sql('target', 'insert into public.carts values (5, 5)');
        expect(await promote(settings, { open: 'source' })).toMatchObject({ open: 'source', epoch: 2 });
        expect(await pair.sql('source', 'select count(*)::int from public.carts where writer = 5')).toBe(1);
      } finally {
        await pair.end();
      }
    },
    120_000,
  );

  ready(
    `from a managed database with aiven_extras by dump to ${to}`,
    async () => {
      const pair = await openPair(clusters);
      try {
        const source = await managedSource(pair);
        await pair.sql('target', sql);
        const provided = await pair.sql('target', PROVIDED);
        const dump = moverOf({
          kind: 'dump',
          ...pair.settings,
          source,
          targets: [{ ...pair.target.settings, user }],
          windowSeconds: 60,
        });
        expect(await move(dump, { open: 'target' })).toEqual({ open: 'target', waiting: false });
        expect([await pair.sql('target', PROVIDED), await pair.sql('target', OWNERS)]).toEqual([provided, user]);
      } finally {
        await pair.end();
      }
    },
    120_000,
  );
}
