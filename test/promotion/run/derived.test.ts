import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Moving, refuseByHand, refuseMoves, settingsOf, settingsOfAll } from '../../../cli/promote/moving';
import type { Environment } from '../../../environments/schema';
import { bucketStore, fine } from '../../../promotion/objects/bucket';
import { ask, type Bucket } from '../../../promotion/objects/curl';
import { pause } from '../../../promotion/postgres/session';
import { openCache } from '../../../promotion/redis/client';
import { freePort } from '../../../promotion/rehearse/servers';
import type { Intent } from '../../../promotion/run/decide';
import type { Held } from '../../../promotion/run/released';
import { type Emulator, motoInstalled, startEmulator } from '../../support/aws-emulator';
import { installed, needs } from '../../support/needs';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { codeOf, movingOf, promoting, type Promotion } from './support/moving';

const started: ChildProcess[] = [];
let emulator: Emulator | undefined;

beforeAll(async () => {
  if (motoInstalled() && installed('curl')) emulator = await startEmulator(scratch());
}, 120_000);

afterAll(() => {
  emulator?.stop();
  started.forEach((child) => child.kill('SIGKILL'));
});

const withStore = motoInstalled() ? needs('curl') : needs('the emulator moto');

const go: Intent = { kind: 'promote', to: 'tier3', go: true };
const toAws: Promotion = { to: 'tier3', phase: 'migrate', platform: 'aws', region: 'eu-central-1' };

const spaces = (name: string): readonly Held[] => [
  { address: 'digitalocean_spaces_bucket.storage', values: { name, region: 'fra1' } },
  { address: 'digitalocean_spaces_key.storage_app', values: { access_key: 'old-id', secret_key: 'old-secret' } },
];
const s3 = (bucket: string): readonly Held[] => [
  { address: 'aws_s3_bucket.storage', values: { bucket, bucket_regional_domain_name: `${bucket}.s3.eu-central-1.amazonaws.com` } },
  { address: 'aws_iam_access_key.storage_app_key', values: { id: 'new-id', secret: 'new-secret' } },
];
const valkey: readonly Held[] = [
  {
    address: 'digitalocean_database_cluster.cache_g1',
    values: { private_host: 'private-cache', port: 25061, user: 'default', password: 'a' },
  },
  {
    address: 'aws_elasticache_replication_group.cache_g2',
    values: { primary_endpoint_address: 'master.cache', port: 6379, auth_token: 'b', transit_encryption_enabled: true },
  },
];

describe('what the state says of both sides', () => {
  const three = { tier: 'tier3', platform: 'digitalocean' } as const;

  test('is how large the disk of the old database is now, which says how much of it changes that wait may take', async () => {
    const database = (values: Held['values']): Held => ({ address: 'digitalocean_database_cluster.database_g1', values });
    const disk = async (from: Partial<Environment>, to: Promotion, state: readonly Held[]): Promise<unknown> =>
      (await settingsOf(movingOf(from, to, state, {})))?.sourceDiskBytes;
    const back: Promotion = { ...toAws, platform: 'digitalocean', region: 'fra1' };
    expect([
      await disk(three, toAws, [database({ storage_size_mib: '61440' })]),
      await disk({ ...three, platform: 'aws', region: 'eu-central-1' }, back, []),
    ]).toEqual([60 * 1024 ** 3, 20 * 1024 ** 3]);
  });

  test('is what moves a bucket to another cloud and a cache that is state; the app follows by the deploy', async () => {
    const { others } = await settingsOfAll(movingOf(three, toAws, [...spaces('old'), ...s3('new'), ...valkey], {}));
    expect(others).toEqual({
      storage: {
        kind: 'objects',
        id: 'sample-tier3-tier3-storage',
        route: { kind: 'deploy' },
        source: {
          endpoint: 'https://fra1.digitaloceanspaces.com',
          region: 'fra1',
          bucket: 'old',
          keyId: 'old-id',
          secretKey: 'old-secret',
        },
        target: {
          endpoint: 'https://s3.eu-central-1.amazonaws.com',
          region: 'eu-central-1',
          bucket: 'new',
          keyId: 'new-id',
          secretKey: 'new-secret',
        },
      },
      cache: {
        kind: 'cache',
        use: 'state',
        id: 'sample-tier3-tier3-cache',
        route: { kind: 'deploy' },
        source: { host: 'private-cache', port: 25061, user: 'default', password: 'a', tls: true },
        target: { host: 'master.cache', port: 6379, password: 'b', tls: true },
      },
    });
  });

  test("gives way to a person's key and to a person's file, and a key that it has not is the provider's", async () => {
    const file = join(scratch(), 'cache.yaml');
    writeFileSync(
      file,
      'kind: cache\nid: mine\nuse: state\nsource: { host: one, port: 1 }\ntarget: { host: two, port: 2 }\nroute: { kind: none }\n',
    );
    const env = {
      TERRACE_TARGET_KEY_ID: 'mine',
      TERRACE_TARGET_SECRET_KEY: 'my-secret',
      SPACES_ACCESS_KEY_ID: 'theirs',
      SPACES_SECRET_ACCESS_KEY: 'their-secret',
    };
    const state = [...spaces('old').slice(0, 1), ...s3('new')];
    const { others } = await settingsOfAll(movingOf(three, toAws, state, env, `moves: { cache: ${file} }\n`));
    expect(others).toMatchObject({
      cache: { id: 'mine', source: { host: 'one' } },
      storage: { source: { keyId: 'theirs', secretKey: 'their-secret' }, target: { keyId: 'mine', secretKey: 'my-secret' } },
    });
  });

  test('where it is not enough, all that is missing is named at once, keys with the variables that give them', async () => {
    const state = [...spaces('old').slice(0, 1), ...valkey.slice(0, 1)];
    expect(await codeOf(settingsOfAll(movingOf(three, toAws, state, {})))).toEqual([
      'PROMOTION_ACCESS',
      'moves.cache.target: The state says no host, port of aws_elasticache_replication_group.cache_g2. Deploy first, or name a file with the settings.',
      'moves.storage.source.keyId: The key of this bucket is not in the state yet. Set SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY, or TERRACE_SOURCE_KEY_ID and TERRACE_SOURCE_SECRET_KEY.',
      'moves.storage.target: The state says no bucket, region, endpoint of aws_s3_bucket.storage. Deploy first, or name a file with the settings.',
      'moves.storage.target.keyId: The key of this bucket is not in the state yet. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or TERRACE_TARGET_KEY_ID and TERRACE_TARGET_SECRET_KEY.',
    ]);
  });

  test('is asked for before anything is made, as far as it can be there, and then the old side itself', async () => {
    const nothing = movingOf(three, undefined, [], {});
    expect((await codeOf(refuseMoves(nothing, toAws))).map((each) => each.split(':')[0])).toEqual([
      'PROMOTION_ACCESS',
      'moves.cache.source',
      'moves.storage.source',
      'moves.storage.source.keyId',
    ]);
    const port = await freePort();
    const cold = [...spaces('old'), { address: 'digitalocean_database_cluster.cache_g1', values: { private_host: '127.0.0.1', port } }];
    const found = await codeOf(refuseMoves(movingOf(three, undefined, cold, { SPACES_ENDPOINT_URL: `http://127.0.0.1:${port}` }), toAws));
    expect(found[0]).toBe('PROMOTION_BLOCKED');
    expect(found.slice(1).join('\n')).toMatch(
      /The old cache, 127.0.0.1:\d+, does not answer[^]*The old bucket, 127.0.0.1:\d+\/old, does not answer/,
    );
  });
});

test('before expand is applied there is nothing to move to, and a run that was cut off goes on; later everything that is missing is named', async () => {
  const standing = (phase: Promotion['phase']): Moving => ({
    project: { environment: keptEnvironment({ tier: 'tier1', promotion: { to: 'tier2', phase } }), folder: scratch() },
    state: () => Promise.resolve([]),
    env: {},
  });
  expect(await settingsOf(standing('expand'))).toBeUndefined();
  expect((await codeOf(settingsOf(standing('migrate'))))[0]).toBe('PROMOTION_ACCESS');
});

describe('what nobody but a person moves', () => {
  const five: Partial<Environment> = {
    tier: 'tier5',
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2', 'eu-west-1'],
    gpu: { spot: false, otherwise: 'refuse' },
    database: { engine: 'aurora-dsql' },
  };
  const standing = (phase: Promotion['phase']): Moving => movingOf(five, { to: 'tier6', phase }, [], {});

  const rewarmed = (moving: Moving): Moving => {
    const file = join(moving.project.folder, '.terrace', 'promotion', 'sample.access.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('cacheUse: state', 'cacheUse: cache'));
    return moving;
  };

  test('is refused before anything is made, with what to do instead', async () => {
    // A cache that is no state fills itself.
    const refusal = await codeOf(refuseMoves(rewarmed(movingOf(five, undefined, [], {})), { to: 'tier6' }));
    expect(refusal).toEqual([
      'PROMOTION_BLOCKED',
      'moves.database: PostgreSQL 17 in 4 shards of 2 nodes, 16 GB into distributed SQL (aurora-dsql) in 1 region: run does not drive this dump. Dump and restore it yourself while nothing writes, and go phase by phase: terrace promote phase, with --write; then terrace deploy (docs/promote.md).',
    ]);
    expect(
      (await codeOf(refuseMoves(rewarmed(movingOf({ ...five, database: undefined }, undefined, [], {})), { to: 'tier4' })))[1],
    ).toMatch(/^moves\.database: PostgreSQL 17 in 4 shards .* into managed PostgreSQL 17/);
  });

  test('is told together with what is missing and what the old side says', async () => {
    const port = await freePort();
    const upper: Partial<Environment> = { tier: 'tier5', region: 'tor1', regions: ['ams3'] };
    const away = { to: 'tier5', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] } as const;
    const moving = movingOf(upper, undefined, spaces('old'), { SPACES_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    const found = await codeOf(refuseMoves(moving, away));
    expect(found.map((each) => each.replace(/^\/\S*\//, '').replace(/ (PostgreSQL|does not answer as it should).*$/, ' $1'))).toEqual([
      'PROMOTION_BLOCKED',
      'sample.access.yaml: moves.database: PostgreSQL',
      'sample.access.yaml: moves.cache.source: The state says no host, port of digitalocean_database_cluster.cache_g1. Deploy first, or name a file with the settings.',
      `: The old bucket, 127.0.0.1:${port}/old, does not answer as it should`,
    ]);
  });

  test('is not left behind by a run that goes on, nor by one that goes back', async () => {
    const codes = (way: 'forward' | 'back') =>
      Promise.all(
        (['expand', 'migrate', 'verify', 'cutover', 'soak'] as const).map(
          async (phase) => (await codeOf((async () => refuseByHand(standing(phase), way))()))[0],
        ),
      );
    expect(await codes('forward')).toEqual([...Array.from({ length: 3 }, () => 'PROMOTION_BLOCKED'), undefined, undefined]);
    expect(await codes('back')).toEqual([undefined, undefined, undefined, 'PROMOTION_ONE_WAY', 'PROMOTION_ONE_WAY']);
  });
});

async function keep(to: Bucket, key: string, text: string): Promise<void> {
  const file = join(scratch(), 'object');
  writeFileSync(file, text);
  await bucketStore(to).write(key, file, {});
}

const read = async (from: Bucket, key: string): Promise<string> => (await ask(from, { method: 'GET', key })).text;

withStore(
  'objects go to a bucket of another cloud and back while the app writes wherever its last deploy led it, and nothing that it wrote is missing',
  async () => {
    const endpoint = emulator?.env['AWS_ENDPOINT_URL'] ?? '';
    const env = { AWS_ENDPOINT_URL: endpoint, SPACES_ENDPOINT_URL: endpoint };
    const [old, next] = ['derived-old', 'derived-new'].map((bucket) => ({
      endpoint,
      region: 'us-east-1',
      bucket,
      keyId: 'a',
      secretKey: 'b',
    }));
    if (old === undefined || next === undefined) throw new Error('two buckets');
    for (const each of [old, next]) await fine(each, { method: 'PUT' });
    await keep(old, 'first', 'before everything');
    await keep(old, 'changed', 'old');
    const three = { tier: 'tier3', platform: 'digitalocean' } as const;
    const shop = promoting(three, toAws, ['storage'], { state: [...spaces(old.bucket), ...s3(next.bucket), ...valkey], env });

    // The deploy of `migrate` leads nowhere; the one of the cutover comes after the change of sides.
    shop.beforeDeploy([
      () => Promise.resolve(),
      async () => {
        await keep(old, 'between', 'after the change of sides, before the deploy');
        await keep(old, 'changed', 'by the old servers');
      },
    ]);
    expect(await shop.run(go)).toBe('wait contract');
    expect(await read(next, 'between')).toBe('after the change of sides, before the deploy');
    expect(await read(next, 'changed')).toBe('by the old servers');
    await keep(next, 'changed', 'new');

    // Back: the app writes to the new side until the deploy of `migrate` has led it to the old one.
    shop.beforeDeploy([() => keep(next, 'on the way back', 'yes')]);
    expect(await shop.run({ kind: 'rollback', keepTarget: true })).toBe('end both');
    expect(await read(old, 'changed')).toBe('new');
    shop.beforeDeploy([() => Promise.resolve(), () => keep(old, 'second time', 'yes')]);
    expect(await shop.run(go)).toBe('wait contract');
    expect(await read(old, 'on the way back')).toBe('yes');
    expect(await read(next, 'second time')).toBe('yes');

    // A server that fetched the release of the cutover late.
    await keep(old, 'late', 'by a late server');
    await keep(next, 'changed', 'newest');
    expect(await shop.run({ kind: 'contract' })).toBe('end target');
    expect(await read(next, 'late')).toBe('by a late server');
    expect(await read(next, 'changed')).toBe('newest');
    expect((await ask(next, { method: 'GET', key: '.terrace-promotion/sample-tier3-tier3-storage' })).status).toBe(404);
  },
  120_000,
);

async function server(program: string, ...options: readonly string[]): Promise<{ host: string; port: number }> {
  const at = { host: '127.0.0.1', port: await freePort() };
  const kept = ['--save', '', '--repl-diskless-sync-delay', '0', '--requirepass', 'secret', '--masterauth', 'secret'];
  started.push(
    spawn(program, ['--port', String(at.port), '--bind', at.host, '--dir', scratch(), ...kept, ...options], { stdio: 'ignore' }),
  );
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const session = await openCache({ ...at, password: 'secret' }).catch(() => undefined);
    session?.close();
    if (session !== undefined) return at;
    await pause(50);
  }
  throw new Error(`${program} does not answer`);
}

async function within(at: { host: string; port: number }, ...words: readonly string[]): Promise<unknown> {
  const session = await openCache({ ...at, password: 'secret' });
  return await session.send(...words).finally(session.close);
}

const group = (generation: number, { host, port }: { host: string; port: number }): Held => ({
  address: `aws_elasticache_replication_group.cache_g${generation}`,
  values: { primary_endpoint_address: host, port, auth_token: 'secret', transit_encryption_enabled: false },
});
const four = { tier: 'tier4', platform: 'aws', region: 'eu-central-1' } as const;

needs('redis-server', 'valkey-server')(
  'a cache that is state goes from Redis to Valkey and back; what was written is on the side that takes writes, and the other refuses them',
  async () => {
    const [old, next] = [await server('redis-server'), await server('valkey-server')];
    const shop = promoting(four, { to: 'tier3', phase: 'migrate' }, ['cache'], { state: [group(1, old), group(2, next)], env: {} });
    await within(old, 'SET', 'session:1', 'kept');
    expect(await shop.run({ ...go, go: false })).toBe('wait go');
    await within(old, 'SET', 'session:2', 'kept');
    expect(await shop.run(go)).toBe('wait contract');
    await expect(within(old, 'SET', 'late', 'lost')).rejects.toThrow(/NOREPLICAS|READONLY/);
    await within(next, 'SET', 'session:3', 'kept');
    expect(await within(next, 'MGET', 'session:1', 'session:2', 'session:3')).toEqual(['kept', 'kept', 'kept']);
    expect(await shop.run({ kind: 'rollback', keepTarget: false })).toBe('end start');
    expect(await within(old, 'MGET', 'session:1', 'session:2', 'session:3')).toEqual(['kept', 'kept', 'kept']);
  },
  60_000,
);

needs('redis-server')('a managed cache that hides what replication needs is refused before anything is made', async () => {
  const old = await server('redis-server', '--rename-command', 'CONFIG', '');
  expect(await codeOf(refuseMoves(movingOf(four, undefined, [group(1, old)], {}), { to: 'tier3' }))).toEqual([
    'PROMOTION_BLOCKED',
    expect.stringContaining('A server does not allow CLIENT PAUSE, CONFIG or REPLICAOF') as string,
  ]);
});
