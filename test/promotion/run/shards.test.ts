import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Moving, refuseMoves, settingsOf, settingsOfAll } from '../../../cli/promote/moving';
import { identitySql } from '../../../promotion/plan/identity';
import { openSession, pause } from '../../../promotion/postgres/session';
import { shardFilter } from '../../../promotion/postgres/shards';
import { type Clusters, makeCluster } from '../../../promotion/rehearse/clusters';
import { freePort, type Server, serverFolders, startServer } from '../../../promotion/rehearse/servers';
import type { Held } from '../../../promotion/run/released';
import { scratch } from '../../support/scratch';
import { openPair, type Pair } from '../engine/support/pair';
import { templates, withServers } from '../engine/support/servers';
import { codeOf, movingBy, promoting, type Promotion } from './support/moving';

const four = { tier: 'tier4', platform: 'digitalocean', region: 'tor1' } as const;
const toFive: Promotion = { to: 'tier5', phase: 'migrate', regions: ['ams3'] };
const server = (port: number): string => `{ host: 127.0.0.1, port: ${port}, database: app, user: app }`;

const given = (access: string, promotion: Promotion | undefined = toFive, to: Partial<typeof four> = {}): Moving =>
  movingBy({ ...four, ...to }, promotion, [], {}, `source: ${server(1)}\nroute: { kind: none }\nfacts: { shardKey: writer }\n${access}`);

const title = 'PostgreSQL 17 in 4 shards of 2 nodes, 16 GB';

describe('servers that are not as many as the shards', () => {
  const one = `target: ${server(2)}\n`;
  const three = `targets: [${[2, 3, 4].map(server).join(', ')}]\n`;
  const refusal = (text: string) => [
    'PROMOTION_TARGETS',
    expect.stringMatching(
      new RegExp(
        `^database: It becomes ${title}, and ${text} given for it. 4 are wanted, one for each shard in the order of their ranges: targets: \\[{ host: ... }, ...\\], in /.*/sample.access.yaml\\.$`,
      ),
    ) as string,
  ];

  test('are refused before anything is made, and before anything is copied', async () => {
    expect(await codeOf(refuseMoves(given(one, undefined), toFive))).toEqual(refusal('1 server is'));
    expect(await codeOf(refuseMoves(given(three, undefined), toFive))).toEqual(refusal('3 servers are'));
    for (const phase of ['expand', 'migrate', 'verify'] as const) {
      expect(await codeOf(settingsOf(given(one, { ...toFive, phase })))).toEqual(refusal('1 server is'));
      expect(await codeOf(settingsOfAll(given(one, { ...toFive, phase })))).toEqual(refusal('1 server is'));
    }
  });

  test('are refused in a file of settings too', async () => {
    const file = join(scratch(), 'database.yaml');
    writeFileSync(file, `id: mine\nsource: ${server(1)}\ntargets: [${server(2)}]\nroute: { kind: none }\n`);
    expect(await codeOf(refuseMoves(given(`moves: { database: ${file} }\n`, undefined), toFive))).toEqual([
      'PROMOTION_TARGETS',
      expect.stringMatching(/1 server is given for it\. 4 are wanted.*, in .*\/database\.yaml\.$/) as string,
    ]);
  });

  test('are refused where one server takes all', async () => {
    const way = movingBy({ tier: 'tier2' }, undefined, [], {}, `source: ${server(1)}\n${three}`);
    expect(await codeOf(refuseMoves(way, { to: 'tier3', reversible: true }))).toEqual([
      'PROMOTION_TARGETS',
      expect.stringMatching(/and 3 servers are given for it\. One is wanted: target: { host: ... }, in /) as string,
    ]);
  });
});

const kept = `select count(*)::int from public.messages where body = 'kept'`;
const canLogin = `select rolcanlogin from pg_roles where rolname = 'app'`;

type Place = { readonly host: string; readonly port: number; readonly user: string };

/** What the release of tier 4 says of its database, and the providers of each shard. */
const released = (address: string, owner: Place): Held => ({
  address,
  values: {
    content: JSON.stringify({
      servers: [],
      files: {},
      pooler: {
        kind: 'remote',
        host: 'pool',
        port: '25061',
        database: 'pool',
        user: 'app',
        password: 'a',
        owner: { ...owner, database: 'app', password: 'o' },
      },
    }),
  },
});
const onDigitalOcean = (source: Place, shards: readonly Place[]): readonly Held[] => [
  released('digitalocean_spaces_bucket_object.configuration_app', source),
  // As a state has them: not in the order of their ranges, and beside what is none of them.
  ...shards.toReversed().flatMap(({ host: private_host, ...place }, index) => {
    const name = `database_g2_shard-${shards.length - index}`;
    return [
      {
        address: `digitalocean_database_cluster.${name}`,
        values: { ...place, private_host, host: 'public', database: 'defaultdb', password: `own-${shards.length - index}` },
      },
      { address: `digitalocean_database_db.${name}_app`, values: { name: 'app' } },
      { address: `digitalocean_database_replica.${name}_replica_1`, values: { private_host: 'copy', port: 1 } },
    ];
  }),
];
const onAws = (source: Place, shards: readonly Place[]): readonly Held[] => [
  released('aws_s3_object.configuration_app', source),
  ...shards.flatMap(({ host: address, port, user: username }, index) => [
    {
      address: `aws_db_instance.database_g2_shard_${index + 1}_replica`,
      values: { address: 'copy', port, db_name: 'app', username, password: '' },
    },
    {
      address: `aws_db_instance.database_g2_shard_${index + 1}`,
      values: { address, port, db_name: 'app', username, password: `own-${index + 1}` },
    },
  ]),
];
const owner = { host: 'old', port: 25060, user: 'doadmin' };
const shardsAt = (user: string): readonly Place[] =>
  [1, 2, 3, 4].map((number) => ({ host: `shard-${number}`, port: 25060 + number, user }));
const wanted = (user: string, passwords: readonly string[]): readonly object[] =>
  shardsAt(user).map((place, index) => ({ ...place, database: 'app', password: passwords[index], sslmode: 'require' }));
const own = ['own-1', 'own-2', 'own-3', 'own-4'];
const keys = 'facts: { shardKey: writer }\nshardKeys: { users: id, messages: user_id }\n';

describe('what the state says of shards', () => {
  const four4 = { tier: 'tier4', platform: 'aws', region: 'us-east-1' } as const;
  const state = onDigitalOcean(owner, shardsAt('doadmin'));
  const targets = async (moving: Moving): Promise<unknown> => (await settingsOf(moving))?.targets;

  test("is where each is, in the order of their ranges, with the password of its own, on both platforms; the key is the plan's", async () => {
    expect(await settingsOf(movingBy(four, toFive, state, {}, keys))).toMatchObject({
      id: 'sample-tier4-tier5',
      source: { host: 'old', port: 25060, database: 'app', user: 'doadmin', password: 'o', sslmode: 'require' },
      targets: wanted('doadmin', own),
      shardKey: 'writer',
      shardKeys: { users: 'id', messages: 'user_id' },
      appRoles: ['app'],
      route: { kind: 'none' },
    });
    const aws = movingBy(four4, { ...toFive, regions: ['us-west-2'] }, onAws(owner, shardsAt('app_owner')), {}, keys);
    expect(await targets(aws)).toEqual(wanted('app_owner', own));
  });

  test('gives way to a person: to a part of each server, and to a password of its own; that of all is for what has none', async () => {
    const env = { TERRACE_TARGET_PASSWORD: 'all', TERRACE_TARGET_3_PASSWORD: 'mine' };
    const tunnels = [1, 2, 3, 4].map((number) => `{ host: 127.0.0.1, port: ${number} }`).join(', ');
    expect(await targets(movingBy(four, toFive, state, env, `targets: [${tunnels}]\n${keys}`))).toEqual(
      wanted('doadmin', ['own-1', 'own-2', 'mine', 'own-4']).map((each, index) => ({ ...each, host: '127.0.0.1', port: index + 1 })),
    );
    const unknown = state.map(({ address, values }) => ({ address, values: { ...values, password: '' } }));
    expect(await targets(movingBy(four, toFive, unknown, env, keys))).toEqual(wanted('doadmin', ['all', 'all', 'mine', 'all']));
  });

  test('where it is not enough, is asked for by the place of each and the variable of its password', async () => {
    const three = state.filter(({ address }) => !address.includes('shard-2'));
    expect(await codeOf(settingsOf(movingBy(four, toFive, three, {}, keys)))).toEqual([
      'PROMOTION_ACCESS',
      expect.stringMatching(/^targets\.1\.host: The state names no address/) as string,
      'targets.1.port: The state names no port.',
      expect.stringMatching(/^targets\.1\.database: The state names no database/) as string,
      'targets.1.user: The state names nobody who may make tables and subscriptions there. Give one, and the password as TERRACE_TARGET_2_PASSWORD.',
    ]);
  });

  test('is enough for the end of a promotion, as long as both sides are in it', async () => {
    const ending = (found: readonly Held[]): Moving => movingBy(four, { ...toFive, phase: 'contract' }, found, {}, keys);
    expect(await targets(ending(state))).toHaveLength(4);
    expect(await settingsOf(ending(state.slice(0, 1)))).toBeUndefined();
    expect(await settingsOf(ending(state.slice(1)))).toBeUndefined();
  });

  test('does not begin a promotion without a key, nor to ranges that the engine does not fill', async () => {
    const from = (more: object, access: string): Moving => movingBy({ ...four, ...more }, undefined, state, {}, access);
    expect(await codeOf(refuseMoves(from({}, ''), toFive))).toEqual([
      'PROMOTION_ACCESS',
      'facts.shardKey: database is split into 4 shards, and nobody has said by what. Name the column, which all tables that have it are split by; others by shardKeys: { TABLE: COLUMN }.',
    ]);
    const map = { 'shard-1': ['256-511'], 'shard-2': ['0-255'], 'shard-3': ['512-767'], 'shard-4': ['768-1023'] };
    expect(await targets(movingBy({ ...four, database: { engine: 'shards', shards: map } }, toFive, state, {}, keys))).toEqual(
      [1, 0, 2, 3].map((index) => wanted('doadmin', own)[index]),
    );
    const parts = { 'shard-1': ['0-127', '512-639'], 'shard-2': ['128-255', '640-767'], 'shard-3': ['256-511'], 'shard-4': ['768-1023'] };
    expect(await codeOf(refuseMoves(from({ database: { engine: 'shards', shards: parts } }, keys), toFive))).toEqual([
      'PROMOTION_ACCESS',
      expect.stringMatching(/^database: Rows are dealt out to shards in runs of equal length/) as string,
    ]);
  });
});

describe('with real servers', () => {
  let clusters: Clusters;
  let pair: Pair;
  const shards: Server[] = [];

  beforeAll(async () => {
    if (serverFolders().length === 0) return;
    clusters = await templates();
    pair = await openPair(clusters);
    const { installation } = clusters.target;
    shards.push(
      pair.target,
      ...(await Promise.all(
        [2, 3, 4].map(async (number) => {
          const data = join(pair.folder, `shard-${number}`);
          await makeCluster(installation, data);
          return startServer(installation, data, await freePort());
        }),
      )),
    );
  }, 180_000);

  afterAll(async () => {
    await pair?.end();
    await Promise.all(shards.map((each) => each.kill()));
  });

  const ask = async ({ settings }: Pick<Server, 'settings'>, text: string): Promise<unknown> => {
    const session = await openSession(settings);
    return await session.value(text).finally(session.close);
  };

  withServers()(
    'the database of tier 4 becomes the shards of tier 5, each of its own ranges; back, with nothing left behind; and there again, up to contract',
    async () => {
      const endpoint = join(pair.folder, 'endpoint.json');
      const access = `source: { sslmode: disable }\ntargets: [${shards.map(() => '{ sslmode: disable }').join(', ')}]\nroute: { kind: file, file: ${endpoint} }\nappRoles: [app]\nwindowSeconds: 5\nstillSeconds: 6\n${keys}`;
      const state = onDigitalOcean(
        pair.source.settings,
        shards.map(({ settings }) => settings),
      );
      const begin = (): Promise<unknown> => refuseMoves(movingBy(four, undefined, state, {}, access), toFive);

      // The engine asks for what the plan has a person do, and for nothing else.
      const refused = await codeOf(begin());
      expect(refused.map((each) => each.split('. ')[0])).toEqual([
        'PROMOTION_BLOCKED',
        ': A changed row of public.messages does not carry user_id',
        ': A changed row of public.orders does not carry writer',
      ]);
      for (const column of ['writer', 'user_id']) {
        const lines = await pair.sql('source', `select string_agg(line, '') from (${identitySql(column)}) q (line)`);
        for (const statement of String(lines).split(';').slice(0, -1)) await pair.sql('source', statement);
      }
      expect(await begin()).toEqual([]);

      const shop = promoting(four, toFive, ['database'], { state, env: {}, access });
      const go = (yes: boolean): Promise<string> => shop.run({ kind: 'promote', to: 'tier5', go: yes });
      expect(await go(false)).toBe('wait go');
      expect(await go(true)).toBe('wait contract');
      const rows = `select count(*)::int || ' ' || coalesce(sum(hashtextextended(m::text, 0)), 0) from public.messages m`;
      /** Every row is on the one shard that it belongs to, as it is on the old side; a table without a key is whole on each. */
      const isDealtOut = async (old: Pick<Server, 'settings'>): Promise<void> => {
        const parts = await Promise.all(
          shards.map(async (each) =>
            String(await ask(each, rows))
              .split(' ')
              .map(BigInt),
          ),
        );
        const sum = [0, 1].map((index) => parts.reduce((all, part) => all + (part[index] ?? 0n), 0n));
        expect(sum.join(' ')).toBe(await ask(old, rows));
        for (const [index, shard] of shards.entries()) {
          expect(await ask(shard, `select count(*)::int from public.messages where not (${shardFilter('user_id', index, 4)})`)).toBe(0);
          expect(await ask(shard, `select count(*)::int from public.orders where not (${shardFilter('writer', index, 4)})`)).toBe(0);
          expect(await ask(shard, 'select count(*)::int from public.events')).toBe(
            await ask(old, 'select count(*)::int from public.events'),
          );
          expect(await ask(shard, canLogin)).toBe(true);
        }
        expect(await ask(old, canLogin)).toBe(false);
        expect(JSON.parse(readFileSync(endpoint, 'utf8'))).toMatchObject({ shards: shards.map(({ settings: { port } }) => ({ port })) });
      };
      await isDealtOut(pair.source);
      const counts = await Promise.all(shards.map((each) => ask(each, 'select count(*)::int from public.messages')));

      // What the app writes there is on the old side after the way back, and nothing is left behind.
      const before = await pair.sql('source', rows);
      await ask(shards[2] as Server, 'update public.messages set body = $$there$$');
      expect(await shop.run({ kind: 'rollback', keepTarget: false })).toBe('end start');
      expect(await pair.sql('source', canLogin)).toBe(true);
      expect(await pair.sql('source', rows)).not.toBe(before);
      expect(await pair.sql('source', `select count(*)::int from public.messages where body = 'there'`)).toBe(counts[2]);
      const left =
        'select (select count(*) from pg_replication_slots) + (select count(*) from pg_subscription) + (select count(*) from pg_publication)';
      const clean = async (): Promise<void> => {
        for (const each of [pair.source, ...shards]) expect(await ask(each, left)).toBe('0');
      };
      await clean();

      // There again, to servers that Terraform has made anew, with what was written in between; what the shards are given until contract, the old side has too.
      for (const each of shards) await ask(each, 'drop schema public cascade; create schema public; grant all on schema public to public');
      await pair.sql('source', `update public.messages set body = 'back' where body = 'there'`);
      expect(await go(true)).toBe('wait contract');
      await isDealtOut(pair.source);
      expect(await ask(shards[2] as Server, `select count(*)::int from public.messages where body = 'back'`)).toBe(counts[2]);
      await ask(shards[1] as Server, `update public.messages set body = 'kept'`);
      for (let tries = 100; tries > 0 && (await pair.sql('source', kept)) !== counts[1]; tries -= 1) await pause(100);
      await isDealtOut(pair.source);

      expect(await shop.run({ kind: 'contract' })).toBe('end target');
      await isDealtOut(pair.source);
      await clean();
      await ask(shards[1] as Server, `update public.messages set body = 'alone'`);
      expect([await pair.sql('source', kept), await pair.sql('source', canLogin)]).toEqual([counts[1], false]);
    },
    300_000,
  );
});
