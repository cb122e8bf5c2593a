import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { execFileSync } from 'node:child_process';

import { releaseDocument, type Upstream } from '../../../constructs/server';
import { needs } from '../../support/needs';
import { release, rendered } from './support/unit';

/** Debian 12 has PgBouncer 1.18, which does not know this setting of 1.21; PGDG's, which servers run, does. */
const NEWER = /^max_prepared_statements.*$/m;

describe('the pooler on a server', () => {
  let bouncer: ChildProcess | undefined;
  const databases: Server[] = [];
  const sockets = new Set<Socket>();

  afterEach(() => {
    bouncer?.kill('SIGKILL');
    for (const socket of sockets) socket.destroy();
    for (const database of databases.splice(0)) database.close();
  });

  /** What stands where the database would be: it counts who knocks. */
  async function knockedOn(): Promise<{ port: number; knocks: () => number }> {
    let knocks = 0;
    const server = createServer((socket) => {
      knocks += 1;
      sockets.add(socket);
      socket.on('error', () => undefined).end();
    });
    databases.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, knocks: () => knocks };
  }

  const remote = (port: number): Upstream => ({
    kind: 'remote',
    host: '127.0.0.1',
    port,
    database: 'shop',
    user: 'app',
    password: `it's "quoted"`,
  });

  function configure(folder: string, upstream: Upstream, port: number): void {
    const source = join(rendered(releaseDocument(release({ pooler: { upstream } }))), 'live/pooler');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(source)) {
      const text = readFileSync(join(source, name), 'utf8');
      const local = text
        .replaceAll('/etc/pgbouncer', folder)
        .replace('listen_port = 6432', `listen_port = ${port}`)
        .replace('listen_addr = 0.0.0.0', 'listen_addr = 127.0.0.1');
      writeFileSync(
        join(folder, name),
        local
          .replace('unix_socket_dir = /tmp', `unix_socket_dir = ${folder}`)
          .replace(NEWER, '')
          .replace('server_login_retry = 1', 'server_login_retry = 1\nadmin_users = app'),
      );
    }
  }

  needs('pgbouncer')('accepts its configuration and goes to another database without a restart', async () => {
    const [before, after] = [await knockedOn(), await knockedOn()];
    const folder = join(rendered(releaseDocument(release())), '../../pgbouncer');
    const port = 12_000 + ((process.pid + 7) % 20_000);
    configure(folder, remote(before.port), port);
    bouncer = start(folder);
    let log = '';
    bouncer.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const connect = async (database: string): Promise<Client> => {
      const client = new Client({
        host: '127.0.0.1',
        port,
        user: 'app',
        password: 'made-on-the-server',
        database,
        connectionTimeoutMillis: 8000,
      });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    };
    const console = await eventually(() => connect('pgbouncer'));
    const first = connect('app').then(
      (client) => client.end(),
      () => undefined,
    );
    await eventually(async () => expect(before.knocks()).toBeGreaterThan(0));
    configure(folder, remote(after.port), port);
    await console.query('RELOAD');
    const second = connect('app').then(
      (client) => client.end(),
      () => undefined,
    );
    await eventually(async () => expect(after.knocks()).toBeGreaterThan(0));
    expect(bouncer.exitCode).toBeNull();
    expect((await console.query('SHOW DATABASES')).rows.find(({ name }: { name: string }) => name === 'app')).toMatchObject({
      host: '127.0.0.1',
      port: after.port,
      database: 'shop',
      force_user: 'app',
    });
    expect((await console.query('SHOW CONFIG')).rows.find(({ key }: { key: string }) => key === 'server_tls_sslmode')).toMatchObject({
      value: 'require',
    });
    expect(log).not.toMatch(/ERROR|FATAL|unrecognized/);
    await console.end();
    bouncer.kill('SIGKILL');
    await Promise.all([first, second]);
  });
});

/** PgBouncer refuses to run as root. */
function start(folder: string): ChildProcess {
  const root = process.getuid?.() === 0;
  const id = root ? Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' })) : undefined;
  if (id !== undefined) {
    for (const name of readdirSync(folder)) chownSync(join(folder, name), id, id);
    chownSync(folder, id, id);
    chmodSync(join(folder, '..'), 0o755);
  }
  return spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(id !== undefined && { uid: id, gid: id }),
  });
}

async function eventually<T>(question: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await question();
    } catch (error) {
      if (attempt === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
}

needs('python3')('readers have a database of their own in the pooler, all of them behind one name, and the app an address for them', () => {
  const upstream = {
    kind: 'remote',
    host: 'writer.example',
    port: 25_061,
    database: 'app-200',
    user: 'app',
    password: 'secret',
    readers: { hosts: ['one.example', 'two.example'], port: 25_060, database: 'app' },
  } as const;
  const folder = rendered(releaseDocument(release({ pooler: { upstream } })));
  expect(readFileSync(join(folder, 'live/pooler/upstream.ini'), 'utf8').split('\n')).toEqual([
    "app = host='writer.example' port='25061' dbname='app-200' user='app' password='secret'",
    "app_reader = host='one.example,two.example' port='25060' dbname='app' user='app' password='secret'",
    '',
  ]);
  expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain(
    '"DATABASE_REPLICA_URL": "postgres://app:made-on-the-server@pooler:6432/app_reader"',
  );
});

test('a model on cards is given all of them, and the image that knows them', () => {
  const model = { url: 'https://models.example.com/a.gguf', file: 'a.gguf' };
  const service = (gpu: 'nvidia' | 'amd') =>
    (
      releaseDocument(release({ inference: { model, memory: 1024, gpu, parallel: 16, context: 65_536 } }))['compose'] as unknown as {
        services: { inference: Record<string, unknown> };
      }
    ).services.inference;
  expect(service('nvidia')).toMatchObject({
    image: 'ghcr.io/ggml-org/llama.cpp:server-cuda',
    deploy: { resources: { reservations: { devices: [{ driver: 'nvidia', count: 'all', capabilities: ['gpu'] }] } } },
  });
  expect(service('nvidia')['command']).toEqual(
    expect.arrayContaining(['--parallel', '16', '--n-gpu-layers', '999', '--ctx-size', '65536']),
  );
  expect(service('amd')).toMatchObject({ image: 'ghcr.io/ggml-org/llama.cpp:server-rocm', devices: ['/dev/kfd', '/dev/dri'] });
});
