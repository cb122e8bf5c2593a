import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgbackrestConf } from '../../constructs/server/backups';
import { drill } from '../../promotion/drill/drill';
import { besideConfiguration, managedDatabasesIn, restoreManaged, wallsOf } from '../../promotion/drill/managed';
import { openSession, pause, type Session } from '../../promotion/postgres/session';
import { freePort, initialise, installations, own, serverUser, startServer } from '../../promotion/rehearse/servers';
import { startStandin } from '../../terraform/standin/server';
import { tier } from '../../tiers';
import type { TierId } from '../../tiers/tier';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';
import { tlsBefore } from '../support/tls';
import { handMade, type } from './desk';

const withArchive = existsSync('/usr/lib/postgresql/15/bin/initdb') ? needs('pgbackrest', 'python3.11', 'openssl') : needs('postgresql 15');

/** Ends what a test has started, last first. */
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An S3 emulator (moto) behind TLS, which pgBackRest insists on. */
async function store(): Promise<number> {
  const port = await freePort();
  const moto = spawn('python3.11', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
  endings.push(() => moto.kill('SIGKILL'));
  for (let made = false; !made; await pause(100))
    made = await fetch(`http://127.0.0.1:${port}/backups`, { method: 'PUT' }).then(
      ({ ok }) => ok,
      () => false,
    );
  const { server: tls, port: tlsPort } = await tlsBefore(port);
  endings.push(() => tls.close());
  return tlsPort;
}

interface Running {
  readonly port: number;
  readonly session: Session;
  readonly pgbackrest: (...words: readonly string[]) => Promise<void>;
}

/** A PostgreSQL with one database, which archives into the store. */
async function database(room: string, repository: Parameters<typeof pgbackrestConf>[0]): Promise<Running> {
  const [data, configuration, port] = [join(room, 'data'), join(room, 'pgbackrest.conf'), await freePort()];
  const installation = installations().find(({ major }) => major === 15);
  if (installation === undefined) throw new Error('no PostgreSQL 15');
  execFileSync('chmod', ['0755', room]);
  await initialise(installation, data);
  const socket = join(room, 'socket');
  mkdirSync(socket);
  own(socket);
  writeFileSync(
    configuration,
    `${pgbackrestConf(repository).replace('/var/lib/postgresql/data', data).replace('/tmp/pgbackrest', join(socket, 'lock'))}pg1-port=${port}\npg1-socket-path=${socket}\npg1-user=postgres\n`,
  );
  own(configuration);
  const archive = [
    'archive_mode=on',
    `archive_command=pgbackrest --config=${configuration} --stanza=main archive-push %p`,
    'archive_timeout=1',
    `unix_socket_directories=${socket}`,
    `port=${port}`,
  ];
  const server = spawn(join(installation.folder, 'postgres'), ['-D', data, ...archive.flatMap((each) => ['-c', each])], {
    cwd: data,
    stdio: 'ignore',
    ...serverUser(),
  });
  endings.push(() => ended(server));
  const settings = { host: '127.0.0.1', port, user: 'postgres' };
  let first: Session | undefined;
  while (first === undefined)
    first = await openSession({ ...settings, database: 'postgres' }, 1000).catch(() => pause(100).then(() => undefined));
  await first.rows('create database app');
  first.close();
  const pgbackrest = async (...words: readonly string[]): Promise<void> => {
    const child = spawn('pgbackrest', [`--config=${configuration}`, '--stanza=main', ...words], {
      cwd: room,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...serverUser(),
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((done) => child.once('close', done));
    if (code !== 0) throw new Error(`pgbackrest ${words.join(' ')} ended with ${String(code)}: ${said}`);
  };
  return { port, session: await openSession({ ...settings, database: 'app' }), pgbackrest };
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((done) => server.once('exit', done));
  server.kill('SIGQUIT');
  await gone;
}

/** The answer of `terrace drill --json`, of an environment at tier 1. */
async function drilled(cwd: string, open: Parameters<typeof type>[1], env: Readonly<Record<string, string>>) {
  const { code, out, err } = await type(['drill', '--settings', 'drill.yaml', '--json'], open, { cwd, env });
  return {
    code,
    err,
    report: JSON.parse(out) as {
      readonly canary: { readonly found: boolean };
      readonly rpo: { readonly measuredSeconds: number; readonly met: boolean };
      readonly rto: { readonly measuredSeconds: number; readonly met: boolean };
      readonly passed: boolean;
      readonly error?: {
        readonly code: string;
        readonly problems: readonly { readonly code?: string; readonly where?: string; readonly message?: string }[];
      };
    },
  };
}

withArchive(
  'a database on a server of ours comes back beside with the row of a moment ago, archives nothing, and is gone again',
  async () => {
    const [room, cwd] = [scratch(), scratch('terrace-project-')];
    const repository = {
      endpoint: '127.0.0.1',
      region: 'fra1',
      bucket: 'backups',
      path: '/database_g1',
      uriStyle: 'path',
      port: await store(),
      verifyTls: false,
    } as const;
    const secrets = { TERRACE_BACKUP_KEY_ID: 'ID', TERRACE_BACKUP_KEY_SECRET: 'SECRET' };
    const { port, session, pgbackrest } = await database(room, { ...repository, accessKeyId: 'ID', secretKey: 'SECRET' });
    await pgbackrest('stanza-create');
    await pgbackrest('--type=full', 'backup');
    await session.rows('create table public.note as select generate_series(1, 1000) as id');

    const made = handMade({
      project: cwd,
      tier: 'tier1',
      stacks: { tier1: { resource: { digitalocean_spaces_bucket: { backup: { name: 'backups', region: 'fra1' } } } } },
    });
    const open: typeof made.open = async (...given) => {
      const found = await made.open(...given);
      return { ...found, environment: { ...found.environment, generations: {} } };
    };
    const { bucket: _bucket, region: _region, path: _path, ...store_ } = repository;
    writeFileSync(
      join(cwd, 'drill.yaml'),
      JSON.stringify({ source: { host: '127.0.0.1', port, database: 'app', user: 'postgres' }, repository: store_ }),
    );
    // Without the key nothing is touched, and both parts are named.
    expect((await drilled(cwd, open, {})).report.error).toMatchObject({
      code: 'DRILL_BLOCKED',
      problems: [{ where: 'repository.accessKeyId' }, { where: 'repository.secretKey' }],
    });

    const [before, others] = [await archived(session), restoring()];
    const { code, report } = await drilled(cwd, open, secrets);
    expect({ code, report }).toMatchObject({
      code: 0,
      report: { canary: { found: true }, rpo: { statedSeconds: 300, met: true }, rto: { statedSeconds: 3600, met: true }, passed: true },
    });
    expect(report.rto.measuredSeconds).toBeGreaterThan(0);
    // What was found is kept beside the environment file, for whoever ends a promotion or purges.
    expect(JSON.parse(readFileSync(join(cwd, 'environments', 'production.drill.json'), 'utf8'))).toEqual({
      at: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      database: { tier: 'tier1', generation: 1 },
      report: { ...report, system: await session.value('select system_identifier::text from pg_control_system()') },
    });
    // The database went on in its own history: a restored one that archived would have begun another.
    await session.rows('select pg_switch_wal()');
    expect((await archived(session)).slice(0, 8)).toBe(before.slice(0, 8));
    expect(restoring()).toEqual(others);

    // What was restored without the row, or too late, has not passed; it is removed all the same.
    const removed: string[] = [];
    const beside = {
      server: { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' },
      remove: () => Promise.resolve(void removed.push('removed')),
    };
    const source = { host: '127.0.0.1', port, user: 'postgres', database: 'app' };
    const lost = await drill({
      environment: 'production',
      source,
      method: 'none',
      objectives: { rpoMinutes: 1 / 60, rtoMinutes: 1 },
      restore: () => Promise.resolve(beside),
    });
    expect(lost).toMatchObject({ canary: { found: false }, rpo: { met: false }, rto: { met: true }, passed: false });
    const late = await drill({
      environment: 'production',
      source,
      method: 'none',
      objectives: { rpoMinutes: 1 / 60, rtoMinutes: 0 },
      restore: () => pause(1500).then(() => ({ ...beside, server: source })),
    });
    expect(late).toMatchObject({ canary: { found: true }, rto: { met: false }, passed: false });
    expect(removed).toEqual(['removed', 'removed']);
    session.close();
  },
  120_000,
);

const terraform = needs('terraform');

/** Terraform and the stand-in are real and a stand-in; the database that is asked is a server of this machine, reached like one behind a tunnel. */
terraform(
  'a managed database is restored beside by Terraform, behind the same walls, asked through a tunnel, and destroyed again',
  async () => {
    const [project, port] = [scratch(), await freePort()];
    const standin = await startStandin({ state: join(project, 'sandbox.json') });
    endings.push(() => standin.stop());
    const installation = installations().at(-1);
    const server = await startServer(installation, await emptyCluster(installation), port);
    endings.push(() => server.kill());
    const source = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };

    const database = {
      address: 'digitalocean_database_cluster.database_g2',
      type: 'digitalocean_database_cluster',
      values: {
        id: 'c',
        engine: 'pg',
        name: 'shop',
        version: '17',
        size: 'db-s-1vcpu-1gb',
        region: 'fra1',
        storage_size_mib: '10240',
        node_count: 2,
        password: 'x',
      },
    };
    const wall = {
      address: 'digitalocean_database_firewall.w',
      type: 'digitalocean_database_firewall',
      values: { cluster_id: 'c', rule: [{ type: 'tag', value: 'app', uuid: 'u' }] },
    };
    expect(managedDatabasesIn([wall, database])).toEqual([database]);
    const configuration = besideConfiguration(database, wallsOf(database, [wall, database]), {
      name: 'digitalocean',
      source: 'digitalocean/digitalocean',
      version: '2.71.0',
    });
    expect(configuration['resource']).toEqual({
      digitalocean_database_cluster: {
        drill: {
          name: 'shop-drill',
          engine: 'pg',
          version: '17',
          size: 'db-s-1vcpu-1gb',
          region: 'fra1',
          storage_size_mib: '10240',
          node_count: 1,
          backup_restore: [{ database_name: 'shop' }],
        },
      },
      digitalocean_database_firewall: {
        drill: { cluster_id: '${digitalocean_database_cluster.drill.id}', rule: [{ type: 'tag', value: 'app' }] },
      },
    });
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null', TF_REATTACH_PROVIDERS: standin.reattach };
    const clusters = (): readonly string[] =>
      Object.values(
        (
          JSON.parse(readFileSync(join(project, 'sandbox.json'), 'utf8')) as {
            readonly objects: Record<string, Record<string, { readonly name: string }>>;
          }
        ).objects['digitalocean_database_cluster'] ?? {},
      ).map(({ name }) => name);
    const stood: (readonly string[])[] = [];
    const report = await drill({
      environment: 'shop',
      source,
      method: 'stand-in',
      objectives: { rpoMinutes: 1 / 60, rtoMinutes: 10 },
      restore: () =>
        restoreManaged({ configuration, folder: join(project, 'drill'), env, source, reached: { host: '127.0.0.1', port } }).finally(() =>
          stood.push(clusters()),
        ),
    });
    expect(report).toMatchObject({ canary: { found: true }, passed: true });
    expect([stood, clusters(), existsSync(join(project, 'drill'))]).toEqual([[['shop-drill']], [], false]);
  },
  120_000,
);

test('on AWS the latest restorable moment is asked for, in the same network and without what protects the original', () => {
  const database = {
    address: 'aws_db_instance.database_g1',
    type: 'aws_db_instance',
    values: {
      identifier: 'shop',
      instance_class: 'db.t4g.small',
      db_subnet_group_name: 'shop',
      vpc_security_group_ids: ['sg-1'],
      parameter_group_name: 'shop',
      kms_key_id: 'arn:k',
      storage_encrypted: true,
      deletion_protection: true,
      password: 'secret',
    },
  };
  const configuration = besideConfiguration(database, [], { name: 'aws', source: 'aws', version: '5.100.0', region: 'eu-central-1' });
  expect(configuration).toMatchObject({ provider: { aws: [{ region: 'eu-central-1' }] } });
  expect(configuration['resource']).toEqual({
    aws_db_instance: {
      drill: {
        identifier: 'shop-drill',
        instance_class: 'db.t4g.small',
        db_subnet_group_name: 'shop',
        vpc_security_group_ids: ['sg-1'],
        parameter_group_name: 'shop',
        kms_key_id: 'arn:k',
        storage_encrypted: true,
        publicly_accessible: false,
        multi_az: false,
        backup_retention_period: 0,
        skip_final_snapshot: true,
        apply_immediately: true,
        restore_to_point_in_time: [{ source_db_instance_identifier: 'shop', use_latest_restorable_time: true }],
      },
    },
  });
  expect(managedDatabasesIn([{ ...database, values: { ...database.values, replicate_source_db: 'other' } }])).toEqual([]);
});

async function emptyCluster(installation: Parameters<typeof startServer>[0]): Promise<string> {
  const room = scratch();
  execFileSync('chmod', ['0755', room]);
  if (installation !== undefined) await initialise(installation, join(room, 'data'));
  return join(room, 'data');
}

/** What a drill of this machine is restoring into. */
function restoring(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('terrace-drill-'));
}

async function archived(session: Session): Promise<string> {
  return String(await session.value('select last_archived_wal from pg_stat_archiver'));
}

test('unreadable settings are told at once, before anything is opened', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'drill.yaml'), 'source: { host: db, port: 99999 }\npassword: x\n');
  const { code, err } = await type(['drill', '--settings', 'drill.yaml'], () => Promise.reject(new Error('opened')), { cwd });
  expect(code).toBe(2);
  for (const place of ['source.port', 'source.database', 'source.user', 'password']) expect(err).toContain(place);
});

/** What is said to a drill of an environment that stands at a tier with a managed database, made of these resources. */
async function refusedAt(id: TierId, stack: Readonly<Record<string, unknown>>): Promise<unknown> {
  const cwd = scratch();
  writeFileSync(join(cwd, 'drill.yaml'), 'source: { host: 127.0.0.1, port: 1, database: app, user: app }\n');
  const made = handMade({ project: cwd, tier: 'tier1', stacks: { tier1: stack } });
  const open: typeof made.open = async (...given) => {
    const found = await made.open(...given);
    return { ...found, environment: { ...found.environment, generations: {} }, recorded: { ...found.recorded, tier: tier(id) } };
  };
  return (await drilled(cwd, open, {})).report.error;
}

test('distributed SQL is refused with what is lost with it, before a row is written: no time is stated for its restore', async () => {
  expect(await refusedAt('tier6', {})).toMatchObject({
    code: 'DRILL_BLOCKED',
    problems: [
      {
        code: 'DRILL_DATABASE',
        message:
          "The database of production is distributed SQL, which is restored by its provider's own means: at most 120 minutes of writes are lost with it, and no time is stated for its restore.",
      },
    ],
  });
});

test.each([
  ['digitalocean_database_cluster', { engine: 'pg' }, { engine: 'valkey' }],
  ['aws_db_instance', {}, { replicate_source_db: '${aws_db_instance.database_g1_shard_1.arn}' }],
])(
  'shards of %s are refused with how many there are, before a row is written: a drill restores one database',
  async (kind, values, other) => {
    const shards = Object.fromEntries([1, 2, 3].map((number) => [`database_g1_shard_${number}`, values]));
    expect(await refusedAt('tier5', { resource: { [kind]: { ...shards, other } } })).toMatchObject({
      code: 'DRILL_BLOCKED',
      problems: [
        {
          code: 'DRILL_SHARDS',
          message:
            "The database of production is 3 shards, each with a backup of its own: a drill restores one database, and would vouch for the others unseen. Restore each by its provider's own means, look at its rows, and give your word (--backup-verified).",
        },
      ],
    });
  },
);
