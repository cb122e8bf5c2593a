import { exitCodeOf } from '../../../promotion/engine/exit';
import { promote } from '../../../promotion/engine/promote';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { serverFolders } from '../../../promotion/rehearse/servers';
import type { TerraceError } from '../../../values/errors';
import { openPair, type Pair } from './support/pair';
import { templates, withServers } from './support/servers';

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
    await pair.sql('target', 'create table public.mine (x int primary key)');
    const found = await blockers({ appRoles: ['app', 'boss', 'nobody_knows'], targetDiskBytes: 1000 });
    expect(Object.keys(found).toSorted()).toEqual([
      'PROMOTION_APP_ROLE_MISSING',
      'PROMOTION_APP_ROLE_STRONG',
      'PROMOTION_DISK',
      'PROMOTION_LARGE_OBJECTS',
      'PROMOTION_NO_IDENTITY',
      'PROMOTION_OTHER_WRITERS',
      'PROMOTION_TARGET_NOT_EMPTY',
    ]);
    expect(found['PROMOTION_NO_IDENTITY']).toBe(
      'public.bare has nothing to find a changed row by on the other side. alter table public.bare replica identity full; or give it a primary key.',
    );
    expect(found['PROMOTION_APP_ROLE_STRONG']).toContain('boss is a superuser');
    expect(found['PROMOTION_TARGET_NOT_EMPTY']).toContain('public.mine');
    expect(found['PROMOTION_OTHER_WRITERS']).toContain('1 jobs of pg_cron');
    expect(await touched()).toEqual(['1', '0']);
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
    expect(await blockers({ targets: [pair.settings.source] })).toHaveProperty('PROMOTION_SAME_SERVER');
  },
  180_000,
);

withServers()(
  'refuses an older server',
  async () => {
    if (clusters.source.installation.major === clusters.target.installation.major) return;
    await pair.sql('target', 'create table public.users (id int primary key)');
    await pair.sql('target', 'create role app login');
    const found = await blockers({ source: pair.settings.targets[0], targets: [pair.settings.source], appRoles: ['app'] });
    expect(found['PROMOTION_OLDER_MAJOR']).toContain('an older server cannot take everything of a newer one');
    await pair.sql('target', 'drop table public.users; drop role app');
  },
  180_000,
);

withServers()(
  'refuses shards without keys, and keys that a changed row does not carry',
  async () => {
    const two = [pair.settings.targets[0], { ...pair.settings.targets[0], database: 'postgres' }];
    expect(await blockers({ targets: two })).toHaveProperty('PROMOTION_SHARD_KEYS');
    const found = await blockers({ targets: two, shardKeys: { messages: 'user_id', nothing: 'id', ledger: 'writer' } });
    expect(found['PROMOTION_SHARD_IDENTITY']).toContain('public.messages');
    expect(found['PROMOTION_SHARD_TABLE']).toContain('nothing');
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
    await pair.sql('target', `alter system set wal_level = replica`);
    await Promise.all([pair.source.kill(), pair.target.kill()]);
    await Promise.all([pair.source.start(), pair.target.start()]);
    await pair.sql('source', `begin; insert into public.carts values (5, 5); prepare transaction 'waiting'`);
    const found = await blockers({ source: { ...pair.settings.source, user: 'weak' }, appRoles: ['app'] });
    expect(Object.keys(found).toSorted()).toEqual([
      'PROMOTION_NO_REPLICATION',
      'PROMOTION_NO_ROLES',
      'PROMOTION_NO_SIGNAL',
      'PROMOTION_NO_SUBSCRIPTIONS',
      'PROMOTION_NO_WAY_BACK',
      'PROMOTION_PREPARED_TRANSACTIONS',
      'PROMOTION_WAL_LEVEL',
    ]);
  },
  180_000,
);
