import { execFileSync } from 'node:child_process';
import { exitCodeOf } from '../../../promotion/engine/exit';
import { promote } from '../../../promotion/engine/promote';
import { identitySql } from '../../../promotion/plan/identity';
import { moverOf } from '../../../promotion/movers/mover-of';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { openSession } from '../../../promotion/postgres/session';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { clientBlockers } from '../../../promotion/postgres/preflight';
import { findProgram } from '../../../promotion/postgres/programs';
import { versionBlockers } from '../../../promotion/postgres/servers';
import type { TerraceError } from '../../../values/errors';
import { openPair, type Pair } from './support/pair';
import { templates, withServers, withTwoMajors } from './support/servers';

let clusters: Clusters;
let pair: Pair;

/** One pair for all that touches nothing; what a test makes for itself it takes away again. */
beforeAll(async () => {
  if (serverFolders().length === 0) return;
  clusters = await templates();
  pair = await openPair(clusters);
}, 120_000);

afterAll(() => pair?.end());

async function blockers(changes: object = {}): Promise<Record<string, string>> {
  const refusal: unknown = await promote({ ...pair.settings, ...changes }, { open: 'target' }, { patience: 0 }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect((refusal as TerraceError).code).toBe('PROMOTION_BLOCKED');
  expect(exitCodeOf(refusal)).toBe(20);
  return Object.fromEntries((refusal as TerraceError).problems.map(({ code, message }) => [code, message]));
}

/** What the engine would leave behind. */
async function touched(): Promise<unknown> {
  const count = `select (select count(*) from pg_publication) + (select count(*) from pg_replication_slots) + (select count(*) from pg_subscription) + (select count(*) from pg_namespace where nspname = 'terrace_promotion')`;
  return [await pair.sql('source', count), await pair.sql('target', count)];
}

withServers()(
  'names everything that stands in the way at once, each with its remedy, and touches nothing',
  async () => {
    await pair.sql('source', 'create table public.bare (x int)');
    await pair.sql('source', 'select lo_create(0)');
    await pair.sql('source', 'create role boss login superuser');
    await pair.sql(
      'source',
      `create subscription feed connection 'host=127.0.0.1 port=1' publication p with (connect = false, slot_name = 'x')`,
    );
    await pair.sql('source', 'alter subscription feed enable');
    await pair.sql(
      'source',
      'create schema cron; create table cron.job (id int primary key, active boolean); insert into cron.job values (1, true), (2, false)',
    );
    await pair.sql(
      'source',
      `create role worker login; grant insert on public.carts to worker; create role reader login; grant select on public.carts to reader`,
    );
    await pair.sql('source', 'alter table public.orders enable always trigger note_order');
    await pair.sql(
      'source',
      `set allow_system_table_mods = on; insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) values (99999, 'weather', 10, 11, false, '1.0'), (99998, 'dict_int', 10, 11, false, '9.10.1')`,
    );
    await pair.sql('target', 'create table public.mine (x int primary key)');
    const psql = await openSession(pair.source.settings, 3000, 'psql');
    await psql.rows('begin');
    const found = await blockers({ appRoles: ['app', 'boss', 'nobody_knows'], targetDiskBytes: 1000 });
    expect(Object.keys(found).toSorted()).toEqual([
      'PROMOTION_APP_ROLE_MISSING',
      'PROMOTION_APP_ROLE_STRONG',
      'PROMOTION_DISK',
      'PROMOTION_EXTENSION',
      'PROMOTION_EXTENSION_OLDER',
      'PROMOTION_LARGE_OBJECTS',
      'PROMOTION_NO_IDENTITY',
      'PROMOTION_OTHER_WRITERS',
      'PROMOTION_ROLE_NOT_HELD',
      'PROMOTION_SUPERUSER_WRITES',
      'PROMOTION_TARGET_NOT_EMPTY',
      'PROMOTION_TRIGGER_ALWAYS',
    ]);
    psql.close();
    expect(found['PROMOTION_NO_IDENTITY']).toBe(
      'public.bare has nothing to find a changed row by on the other side. alter table public.bare replica identity full; or give it a primary key.',
    );
    expect(found['PROMOTION_APP_ROLE_STRONG']).toContain('boss is a superuser');
    expect(found['PROMOTION_TARGET_NOT_EMPTY']).toContain('public.mine');
    expect(found['PROMOTION_OTHER_WRITERS']).toContain('1 jobs of pg_cron');
    expect(found['PROMOTION_ROLE_NOT_HELD']).toBe(
      'worker may log in and write to the old side, and is not among the roles that are held back (app, boss, nobody_knows). Take its login away (alter role "worker" nologin), or name it with them (appRoles).',
    );
    expect(found['PROMOTION_TRIGGER_ALWAYS']).toContain('alter table public.orders enable trigger note_order;');
    expect(found['PROMOTION_EXTENSION']).toBe(
      'The new side does not offer the extension weather. Choose a provider or version that has it, or drop it on the old side.',
    );
    expect(found['PROMOTION_EXTENSION_OLDER']).toMatch(
      /^The new side offers dict_int \d+\.\d+, the old one uses 9\.10\.1: what came since would be missing\./,
    );
    expect(await touched()).toEqual(['1', '0']);
    await pair.sql('source', `set allow_system_table_mods = on; delete from pg_extension where oid in (99998, 99999)`);
    await pair.sql('source', 'alter table public.orders enable trigger note_order; drop owned by worker, reader; drop role worker, reader');
    await pair.sql(
      'source',
      'drop table public.bare; drop schema cron cascade; drop role boss; select lo_unlink(oid) from pg_largeobject_metadata',
    );
    await pair.sql('source', 'alter subscription feed disable; alter subscription feed set (slot_name = none); drop subscription feed');
    await pair.sql('target', 'drop table public.mine');
  },
  180_000,
);

withServers()(
  'refuses the same server on both sides',
  async () => {
    expect(Object.keys(await blockers({ targets: [pair.settings.source] }))).toEqual(['PROMOTION_SAME_SERVER']);
    await pair.sql('source', 'create table public.bare (x int)');
    await pair.sql('source', 'select lo_create(0)');
    const all = ['PROMOTION_SAME_SERVER', 'PROMOTION_NO_IDENTITY', 'PROMOTION_LARGE_OBJECTS'];
    expect(Object.keys(await blockers({ targets: [pair.settings.source] }))).toEqual(all);
    const dump = moverOf({ kind: 'dump', ...pair.settings, targets: [pair.settings.source] });
    const refused = { code: 'PROMOTION_BLOCKED', problems: [expect.objectContaining({ code: 'PROMOTION_SAME_SERVER' })] };
    await expect(dump.copy()).rejects.toMatchObject(refused);
    // On the way back nothing but the servers is asked about.
    await expect(promote({ ...pair.settings, targets: [pair.settings.source] }, { open: 'source' })).rejects.toMatchObject(refused);
    await pair.sql('source', 'drop table public.bare; select lo_unlink(oid) from pg_largeobject_metadata');
  },
  180_000,
);

withTwoMajors()(
  'refuses an older server',
  async () => {
    await pair.sql('target', 'create table public.users (id int primary key)');
    await pair.sql('target', 'create role app login');
    const found = await blockers({ source: pair.settings.targets[0], targets: [pair.settings.source], appRoles: ['app'] });
    await pair.sql('target', 'drop table public.users; drop role app');
    expect(found['PROMOTION_OLDER_MAJOR']).toContain('an older server cannot take everything of a newer one');
    // The program that reads the schema is as old as the older server, where both come from one system.
    const program = findProgram('pg_dump');
    const installed =
      program === undefined ? undefined : Number(/\d+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0]);
    const { major } = clusters.target.installation;
    expect(found['PROMOTION_CLIENT_OLD']).toBe(
      installed !== undefined && installed < major
        ? `pg_dump here is of ${installed}, the old side runs ${major}. Install the client programs of PostgreSQL ${major} or later.`
        : undefined,
    );
  },
  180_000,
);

test('a server or a program that is too old is named with what to do', () => {
  const codes = (found: readonly { readonly code: string }[]): readonly string[] => found.map(({ code }) => code);
  expect(codes(versionBlockers(14, [14, 17]))).toEqual([]);
  expect(codes(versionBlockers(13, [17]))).toEqual(['PROMOTION_TOO_OLD']);
  expect(versionBlockers(13, [12])).toEqual([
    expect.objectContaining({ code: 'PROMOTION_OLDER_MAJOR', remedy: 'Make the new side with PostgreSQL 13 or later.' }),
    expect.objectContaining({
      code: 'PROMOTION_TOO_OLD',
      message: 'The old side runs PostgreSQL 13; what the comparison needs came with 14. Upgrade it in place first.',
    }),
  ]);
  expect(codes(clientBlockers('pg_dump', 17, 17))).toEqual([]);
  expect(codes(clientBlockers('pg_dump', 16, 17))).toEqual(['PROMOTION_CLIENT_OLD']);
  expect(clientBlockers('pg_restore', undefined, 15)).toEqual([
    expect.objectContaining({ code: 'PROMOTION_NO_CLIENT', message: expect.stringContaining('pg_restore is not installed') as string }),
  ]);
});

withServers()(
  'refuses new servers that were copied from one another: each would take the slots of the other for its own',
  async () => {
    const other = await openPair(clusters);
    try {
      const found = await blockers({ targets: [pair.target.settings, other.target.settings] });
      expect(Object.keys(found)).toEqual(['PROMOTION_COPIED_SERVERS', 'PROMOTION_SHARD_KEYS']);
      expect(found['PROMOTION_COPIED_SERVERS']).toContain('Make each of them anew');
    } finally {
      await other.end();
    }
  },
  180_000,
);

withServers()(
  'refuses shards without keys, and keys that a changed row does not carry, that are no whole numbers, or may be missing',
  async () => {
    const two = [pair.settings.targets[0], { ...pair.settings.targets[0], database: 'postgres' }];
    expect(await blockers({ targets: two })).toHaveProperty('PROMOTION_SHARD_KEYS');
    const found = await blockers({ targets: two, shardKeys: { messages: 'user_id', nothing: 'id', ledger: 'writer' } });
    expect(found['PROMOTION_SHARD_IDENTITY']).toContain('public.messages');
    expect(found['PROMOTION_SHARD_TABLE']).toContain('nothing');
    await pair.sql('source', 'create table public.pages (id uuid primary key, owner int); alter table public.pages replica identity full');
    for (const [key, refused] of [
      ['id', { PROMOTION_SHARD_TYPE: expect.stringContaining('public.pages would be split by id, which is of type uuid') as string }],
      ['owner', { PROMOTION_SHARD_NULL: expect.stringContaining('alter table public.pages alter column owner set not null') as string }],
      ['autor', { PROMOTION_SHARD_COLUMN: 'public.pages has no column autor. Correct the column in shardKeys.' }],
    ] as const)
      expect(await blockers({ targets: two, shardKeys: { users: 'id', pages: key } })).toEqual(refused);
    await pair.sql('source', 'drop table public.pages');
  },
  180_000,
);

withServers()(
  'takes what the plan has a person do for the identity of tables and partitions, which is not asked for twice',
  async () => {
    const two = [pair.settings.targets[0], { ...pair.settings.targets[0], database: 'postgres' }];
    const keys = { messages: 'user_id', ledger: 'user_id', "odd ' name": 'user_id', visits: 'user_id' };
    await pair.sql(
      'source',
      `create table public."odd ' name" ("Id" int primary key, user_id int not null);
      create table public.visits (id int, at int, user_id int not null, primary key (id, at)) partition by range (at);
      create table public.visits_1 partition of public.visits for values from (1) to (2);
      create table public.kept (user_id int primary key); create table public.whole (id int primary key, user_id int not null); alter table public.whole replica identity full`,
    );
    expect(await blockers({ targets: two, shardKeys: keys })).toHaveProperty('PROMOTION_SHARD_IDENTITY');
    const lines = (): Promise<unknown> => pair.sql('source', `select string_agg(line, E'\\n') from (${identitySql('user_id')}) q (line)`);
    const found = String(await lines());
    expect(found.split('\n').toSorted()).toEqual([
      `create unique index concurrently "odd ' name_shard" on public."odd ' name" ("Id", user_id); alter table public."odd ' name" replica identity using index "odd ' name_shard";`,
      'create unique index concurrently ledger_shard on public.ledger (writer, n, user_id); alter table public.ledger replica identity using index ledger_shard;',
      'create unique index concurrently messages_shard on public.messages (id, user_id); alter table public.messages replica identity using index messages_shard;',
      'create unique index concurrently visits_1_shard on public.visits_1 (id, at, user_id); alter table public.visits_1 replica identity using index visits_1_shard;',
      'create unique index visits_shard on public.visits (id, at, user_id); alter table public.visits replica identity using index visits_shard;',
    ]);
    // The partition's index is there when the whole table's is made, which takes it in.
    expect(found.indexOf('visits_1_shard')).toBeLessThan(found.indexOf(' visits_shard'));
    for (const statement of found.split(/;\n?/).filter((each) => each.trim() !== '')) await pair.sql('source', statement);
    expect(await lines()).toBeNull();
    const identities = `select string_agg(c.relname || ' ' || c.relreplident::text, ', ' order by c.relname) from pg_class c where c.relname like 'visits%' and c.relkind in ('r', 'p')`;
    expect(await pair.sql('source', identities)).toBe('visits i, visits_1 i');
    expect(await blockers({ targets: two, shardKeys: { ...keys, nothing: 'id' } })).toEqual({
      PROMOTION_SHARD_TABLE: expect.stringContaining('nothing') as string,
    });
    await pair.sql(
      'source',
      `drop table public."odd ' name", public.visits, public.kept, public.whole; alter table public.messages replica identity default;
      alter table public.ledger replica identity default; drop index public.messages_shard, public.ledger_shard`,
    );
  },
  180_000,
);

withServers()(
  'refuses a database without tables, in which no app logs in',
  async () => {
    await pair.sql('source', 'alter role app nologin');
    const found = await blockers({ source: { ...pair.settings.source, database: 'postgres' } });
    await pair.sql('source', 'alter role app login');
    expect(Object.keys(found).toSorted()).toEqual(['PROMOTION_NO_APP_ROLE', 'PROMOTION_NO_TABLES']);
  },
  180_000,
);

withServers()(
  'refuses a second promotion of the same database',
  async () => {
    await promote(pair.settings, { open: 'target', untilReady: true });
    const found = await blockers({ id: 'another' });
    expect(found['PROMOTION_ALREADY_PROMOTING']).toContain('The promotion test is under way here.');
  },
  180_000,
);

withServers()(
  'refuses prepared transactions, missing rights and servers that write too little',
  async () => {
    await pair.end();
    pair = await openPair(clusters);
    await pair.sql('source', 'create role weak login');
    await pair.sql('source', 'grant all on schema public to weak');
    await pair.sql('source', `alter system set max_prepared_transactions = 4`);
    await pair.sql('source', `alter system set wal_level = replica`);
    await pair.sql('source', `alter system set max_replication_slots = 0`);
    await pair.sql('source', 'alter table public.users enable row level security');
    await pair.sql('target', `alter system set wal_level = replica`);
    await Promise.all([pair.source.kill(), pair.target.kill()]);
    await Promise.all([pair.source.start(), pair.target.start()]);
    await pair.sql('source', `begin; insert into public.carts values (5, 5); prepare transaction 'waiting'`);
    const found = await blockers({ source: { ...pair.settings.source, user: 'weak' }, appRoles: ['app'] });
    expect(Object.keys(found).toSorted()).toEqual([
      'PROMOTION_NOT_OWNER',
      'PROMOTION_NO_REPLICATION',
      'PROMOTION_NO_ROLES',
      'PROMOTION_NO_SIGNAL',
      'PROMOTION_NO_SUBSCRIPTIONS',
      'PROMOTION_NO_WAY_BACK',
      'PROMOTION_PREPARED_TRANSACTIONS',
      'PROMOTION_ROW_SECURITY',
      'PROMOTION_SLOTS',
      'PROMOTION_WAL_LEVEL',
    ]);
    expect(found['PROMOTION_NOT_OWNER']).toMatch(
      /^public\.audit_log, public\.carts, public\.counters and \d+ more on the old side belong to postgres, of which weak is no member: .* grant "postgres" to "weak"; /,
    );
    expect(found['PROMOTION_ROW_SECURITY']).toMatch(/^Row level security of public\.users holds for the engine's role too/);
    expect(found['PROMOTION_SLOTS']).toBe(
      'The old side has 0 free slots for replication and needs 1. Raise max_replication_slots and max_wal_senders, or drop slots that nobody reads.',
    );
  },
  180_000,
);
