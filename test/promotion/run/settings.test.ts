import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccess } from '../../../promotion/run/access';
import { releaseAddresses, releasedIn, unreleased } from '../../../promotion/run/released';
import { derive, deriveSource, type Sources } from '../../../promotion/run/settings';
import { scratch } from '../../support/scratch';

const release = (pooler: object, address: string, files: object = {}) =>
  JSON.stringify({ servers: [{ name: `server-${address}`, address }], pooler, files });
const local = { kind: 'local', host: 'postgres', port: 5432, database: 'app', user: 'app' };
const remote = {
  kind: 'remote',
  host: 'pool.example',
  port: '25061',
  database: 'app-20',
  user: 'app',
  password: "it's",
  owner: { host: 'db.example', port: '25060', database: 'app', user: 'doadmin', password: 'secret' },
};
const state = [
  { address: 'object.old', values: { content: release(local, '10.0.0.2') } },
  {
    address: 'object.new',
    values: {
      content: release(remote, '10.0.0.3', {
        'live/pooler/pgbouncer.ini': { content: '[pgbouncer]\n' },
        'live/caddy/Caddyfile': { content: '' },
      }),
    },
  },
];
const old = releasedIn(state, ['object.old']) ?? unreleased;
const next = releasedIn(state, ['object.new']) ?? unreleased;
const sources = (more: Partial<Sources> = {}): Sources => ({
  id: 'shop-tier1-tier2',
  old,
  new: next,
  access: { more: {} },
  passwords: {},
  journal: '/j',
  ...more,
});

test('of two configurations the releases with a pooler that only one of them has', () => {
  const json = (names: readonly string[]) =>
    ({
      resource: {
        object: Object.fromEntries(
          names.map((name) => [name, { content: name === 'inference' ? '{"pooler":null}' : '{"pooler":{"kind":"local"}}' }]),
        ),
      },
    }) as never;
  expect(releaseAddresses(json(['app', 'inference']), json(['app_g2']))).toEqual(['object.app']);
  expect(releaseAddresses(json(['app']), json(['app']))).toEqual([]);
});

test('what the state says: where the database is, who owns it, which servers have a pooler, and what leads them to the other side', () => {
  const derived = derive(sources({ access: { source: { user: 'mover' }, more: {} }, passwords: { source: 'given' } }));
  expect(derived).toEqual({
    settings: {
      id: 'shop-tier1-tier2',
      source: { host: '10.0.0.2', port: 5432, database: 'app', user: 'mover', password: 'given', sslmode: 'require' },
      targets: [{ host: 'db.example', port: 25060, database: 'app', user: 'doadmin', password: 'secret', sslmode: 'require' }],
      appRoles: ['app'],
      route: {
        kind: 'ssh',
        id: 'shop-tier1-tier2',
        program: 'ssh',
        user: 'root',
        options: [],
        servers: [
          {
            name: 'server-10.0.0.2',
            host: '10.0.0.2',
            own: 'source',
            files: {
              'pgbouncer.ini': '[pgbouncer]\n',
              'upstream.ini': "app = host='pool.example' port='25061' dbname='app-20' user='app' password='it''s'\n",
            },
          },
          { name: 'server-10.0.0.3', host: '10.0.0.3', own: 'target' },
        ],
      },
      journal: '/j',
    },
  });
});

test('what a promotion opens on the server of the app needs no file, and what the old side was before the cutover is read from its release', () => {
  const mover = { user: 'terrace_mover', password: 'made' };
  const document = { ...(JSON.parse(release(local, '10.0.0.2')) as object), database: { mount: '/mnt/database', mover } };
  const redirected = {
    ...document,
    pooler: remote,
    files: { 'live/pooler/pgbouncer.ini': { content: 'new' } },
    own: { pooler: local, files: {} },
  };
  for (const content of [document, redirected]) {
    const found = releasedIn([{ address: 'object.old', values: { content: JSON.stringify(content) } }], ['object.old']) ?? unreleased;
    expect(found).toMatchObject({ appRole: 'app', pooler: {}, upstream: local });
    expect(derive(sources({ old: found }))).toMatchObject({
      settings: {
        source: { host: '10.0.0.2', port: 5432, database: 'app', user: 'terrace_mover', password: 'made', sslmode: 'require' },
        route: { servers: [{ own: 'source' }, { own: 'target' }] },
      },
    });
  }
});

test('what nobody can know is asked for, all of it at once', () => {
  expect(derive(sources())).toEqual({
    missing: [
      {
        code: 'PROMOTION_ACCESS',
        where: 'source.user',
        message: expect.stringContaining('only its server knows a role that may replicate') as string,
      },
    ],
  });
  const nothing = derive(sources({ old: unreleased, new: unreleased, access: { targets: [{ host: 'a' }, {}], more: {} } }));
  expect('missing' in nothing ? nothing.missing.map(({ where }) => where) : []).toEqual([
    'source.host',
    'source.port',
    'source.database',
    'source.user',
    'targets.0.port',
    'targets.0.database',
    'targets.0.user',
    'targets.1.host',
    'targets.1.port',
    'targets.1.database',
    'targets.1.user',
  ]);
});

test('the file that says how this machine reaches them may say a part, and a wrong one is refused with every fault', () => {
  const file = join(scratch(), 'shop.access.yaml');
  expect(readAccess(file)).toEqual({ more: {} });
  writeFileSync(
    file,
    'source: { host: 127.0.0.1, port: 15432, user: mover, peer: { host: 10.0.0.2, port: 5432 } }\nssh: { options: [-J, bastion], hosts: { app-1: 203.0.113.9 } }\nslotBytes: 1000000000\nfacts: { cacheUse: state }\n',
  );
  expect(readAccess(file)).toEqual({
    source: { host: '127.0.0.1', port: 15432, user: 'mover', peer: { host: '10.0.0.2', port: 5432 } },
    ssh: { program: 'ssh', user: 'root', options: ['-J', 'bastion'], hosts: { 'app-1': '203.0.113.9' } },
    facts: { cacheUse: 'state' },
    more: { slotBytes: 1e9 },
  });
  writeFileSync(file, 'source: { port: 0, password: secret }\nroute: { kind: carrier-pigeon }\n');
  expect(() => readAccess(file)).toThrow(
    expect.objectContaining({
      code: 'PROMOTION_SETTINGS',
      exitCode: 2,
      problems: expect.arrayContaining([
        expect.objectContaining({ where: 'source.port' }),
        expect.objectContaining({ where: 'source' }),
        expect.objectContaining({ where: 'route.kind' }),
      ]) as unknown,
    }) as Error,
  );
});

test('the room on the new side is what its configuration says, unless a person says more', () => {
  const room = (more: object): unknown => {
    const derived = derive(sources({ room: 20e9, access: { source: { user: 'mover' }, more } }));
    return 'settings' in derived ? derived.settings.targetDiskBytes : undefined;
  };
  expect([room({}), room({ targetDiskBytes: 50e9 })]).toEqual([20e9, 50e9]);
  const disk = derive(sources({ disk: 10e9, access: { source: { user: 'mover' }, more: {} } }));
  expect('settings' in disk && disk.settings).toMatchObject({ sourceDiskBytes: 10e9 });
  expect(deriveSource({ ...sources({ room: 20e9 }), access: { source: { user: 'mover' }, more: {} } })).toMatchObject({
    targetDiskBytes: 20e9,
  });
});
