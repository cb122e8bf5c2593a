import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'yaml';

import { releaseDocument, type JsonObject, type ReleaseInput } from '../../../constructs/server';
import { installed, needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { PORT, put, release, rendered } from './support/unit';

const SEED = 20_261_121;

const FULL: ReleaseInput = release({
  entrance: { kind: 'automatic-tls', domain: 'shop.example.com' },
  pooler: { upstream: { kind: 'local' } },
  postgres: {
    mount: '/mnt/database',
    memory: 1024,
    backups: {
      endpoint: 'fra1.digitaloceanspaces.com',
      region: 'fra1',
      bucket: 'shop-backups',
      accessKeyId: 'BACKUPKEY',
      secretKey: 'backup-secret',
    },
  },
  inference: { model: { url: 'https://models.example.com/small.gguf', file: 'small.gguf' }, memory: 2048 },
  adminKeys: { ann: 'ssh-ed25519 AAAA ann' },
});

const BALANCED: ReleaseInput = release({
  servers: [
    { name: 'app-1', address: '10.0.0.1' },
    { name: 'app-2', address: '10.0.0.2' },
  ],
  entrance: { kind: 'behind-load-balancer', port: 8080 },
  pooler: {
    upstream: {
      kind: 'remote',
      host: 'db.example.com',
      port: 25_060,
      database: 'defaultdb',
      user: 'app',
      password: 'it\'s "a" $pass word',
    },
  },
});

const compose = (folder: string): JsonObject => parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as JsonObject;
const files = (input: ReleaseInput): Record<string, { content: string; mode: string }> => releaseDocument(input)['files'] as never;

function withSecretOnVolume(): string {
  const root = scratch();
  put(root, 'mnt/database/secrets/app', 'made-here\n', 0o600);
  return root;
}

describe('the release document', () => {
  test('names what a server of tier 1 runs', () => {
    const services = (releaseDocument(FULL)['compose'] as { services: Record<string, JsonObject> }).services;
    expect(Object.keys(services)).toEqual(['postgres', 'pooler', 'inference', 'app', 'caddy']);
    expect(services['app']?.['ports']).toEqual([`127.0.0.1:${PORT}:${PORT}`]);
    expect(services['postgres']?.['ports']).toBeUndefined();
    expect(services['inference']?.['mem_limit']).toBe('2048m');
    for (const service of Object.values(services)) expect(service['network_mode']).toBeUndefined();
  });

  test('leaves out what it was not asked for', () => {
    const document = releaseDocument(release());
    expect(Object.keys((document['compose'] as { services: object }).services)).toEqual(['app']);
    expect(document).toMatchObject({ pooler: null, database: null, model: null, registry: null, peerCheck: null });
    expect(Object.keys(files(release())).filter((path) => path.startsWith('live/') || path.startsWith('units/'))).toEqual([]);
  });

  test('gives the others of the group an address to ask', () => {
    expect(releaseDocument(BALANCED)['peerCheck']).toEqual({ port: 8080, path: '/healthz' });
  });

  test('refuses a window in which no turn fits', () => {
    expect(() => releaseDocument({ ...BALANCED, timing: { window: 200, healthLimit: 90 } })).toThrow(
      'A release window of 200 s is too short for a health limit of 90 s. It must be at least 240 s: 2 1/3 times the limit and 30 s to begin in. Lengthen timing.window or shorten timing.healthLimit.',
    );
  });

  test('is the same text for the same input', () => {
    expect(JSON.stringify(releaseDocument(FULL))).toBe(JSON.stringify(releaseDocument(structuredClone(FULL))));
  });

  test('holds no template mark of Terraform but those it was given', () => {
    for (const input of [FULL, BALANCED]) expect(JSON.stringify(releaseDocument(input))).not.toMatch(/[$%]\{/);
  });

  test('changes nothing in a reference it is given', () => {
    const reference = '${digitalocean_database_user.app.password}';
    const remote = {
      kind: 'remote',
      host: reference,
      port: reference,
      database: reference,
      user: reference,
      password: reference,
      authority: reference,
    } as const;
    const text = JSON.stringify(releaseDocument(release({ pooler: { upstream: remote } })));
    expect(text.split(reference)).toHaveLength(7);
  });
});

describe('scripts', () => {
  const folder = join(__dirname, '../../../constructs/server/files');
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sh'))
    .sort();

  needs('shellcheck')('all please shellcheck', () => {
    expect(scripts).toHaveLength(16);
    const { stdout } = spawnSync('shellcheck', ['--external-sources', ...scripts], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test('all travel with a release, except the one that only a new server needs', () => {
    const travelled = Object.values(files(FULL)).map(({ content }) => content);
    const left = scripts.filter((path) => !travelled.includes(readFileSync(join(folder, path), 'utf8')));
    expect(left).toEqual(['volumes.sh']);
  });
});

describe('Caddyfile', () => {
  for (const [name, input] of Object.entries({ 'automatic TLS': FULL, 'behind a load balancer': BALANCED })) {
    needs('caddy')(`is valid: ${name}`, () => {
      const root = withSecretOnVolume();
      const file = join(rendered(releaseDocument(input), root), 'live/caddy/Caddyfile');
      const { status, stderr } = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', file], {
        encoding: 'utf8',
        env: { ...process.env, HOME: root, XDG_DATA_HOME: root, XDG_CONFIG_HOME: root },
      });
      expect({ status, warned: /"level":"warn".*formatted/.test(stderr) }).toEqual({ status: 0, warned: false });
    });
  }
});

describe('Caddy', () => {
  needs('caddy')('holds a request while the app is away', async () => {
    const port = 12_000 + ((process.pid + 13) % 20_000);
    const root = withSecretOnVolume();
    const input = { ...BALANCED, entrance: { kind: 'behind-load-balancer', port } } as const;
    const file = join(rendered(releaseDocument(input), root), 'live/caddy/Caddyfile');
    const text = readFileSync(file, 'utf8')
      .replace(`app:${PORT}`, `127.0.0.1:${port + 1}`)
      .replace('auto_https off', 'auto_https off\n\tadmin off');
    put(root, 'Caddyfile', text, 0o644);
    const caddy = spawn('caddy', ['run', '--config', join(root, 'Caddyfile')], {
      stdio: 'ignore',
      env: { ...process.env, HOME: root, XDG_DATA_HOME: root, XDG_CONFIG_HOME: root },
    });
    const app = createServer((_, response) => response.end('here again'));
    try {
      await reachable(port);
      const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await new Promise<void>((resolve) => app.listen(port + 1, '127.0.0.1', resolve));
      expect(await answer).toBe('here again');
    } finally {
      caddy.kill('SIGKILL');
      app.closeAllConnections();
      app.close();
    }
  });

  async function reachable(port: number): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const open = await new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true))).on('error', () => resolve(false));
      });
      if (open) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});

describe('settings and secrets', () => {
  const awkward = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom(
        '${HOME}',
        '$$',
        '$HOME',
        '%{if true}',
        'a\nb\r\n\tc',
        '"\'`\\',
        '#x',
        ' lead',
        'trail ',
        'null',
        'yes',
        '0x1F',
        '{{.}}',
        '\u0085\u2028\u2029\ufeff',
        '\u007f\u0080',
        '😀\\ud83d\\ude00',
        '\\U0001F600',
        '<&>',
        '${{ x }}',
        ': - [',
        '!tag',
      ),
    )
    .filter((text) => !text.includes('\0') && text.isWellFormed());
  const names = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/).filter((name) => name !== 'DATABASE_URL');

  const document = (settings: Record<string, string>, secrets: Record<string, string>): JsonObject =>
    releaseDocument(release({ app: { image: 'app:1', port: PORT, healthPath: '/', settings, secrets } }));

  /** What Docker Compose does with a string of the file: `$$` becomes `$`; any other use of the dollar sign would be a variable. */
  function interpolated(text: string): string {
    expect(text.replaceAll('$$', '')).not.toContain('$');
    return text.replaceAll('$$', '$');
  }

  test('arrive as they were written, whatever they hold (a YAML parser, and the interpolation of Docker Compose played)', () => {
    fc.assert(
      fc.property(fc.dictionary(names, awkward, { maxKeys: 8 }), fc.dictionary(names, awkward, { maxKeys: 8 }), (settings, secrets) => {
        const written = compose(rendered(document(settings, secrets))) as { services: { app: { environment: Record<string, string> } } };
        const arrived = Object.fromEntries(
          Object.entries(written.services.app.environment).map(([name, value]) => [name, interpolated(value)]),
        );
        expect(arrived).toEqual({ PORT: `${PORT}`, ...settings, ...secrets });
      }),
      { seed: SEED, numRuns: 40 },
    );
  }, 120_000);

  const realCompose =
    installed('docker-compose') && /v2|dev/.test(execFileSync('docker-compose', ['version'], { encoding: 'utf8' }))
      ? needs('docker-compose')
      : needs('docker-compose v2');
  realCompose(
    'arrive as they were written, by Docker Compose itself',
    () => {
      fc.assert(
        fc.property(fc.dictionary(names, awkward, { minKeys: 20, maxKeys: 40 }), (settings) => {
          const file = join(rendered(document(settings, {})), 'compose.yaml');
          const resolved = JSON.parse(
            execFileSync('docker-compose', ['--file', file, 'config', '--format', 'json'], { encoding: 'utf8' }),
          ) as { services: { app: { environment: Record<string, string> } } };
          const arrived = Object.fromEntries(
            Object.entries(resolved.services.app.environment).map(([name, value]) => [name, interpolated(value)]),
          );
          expect(arrived).toEqual({ PORT: `${PORT}`, ...settings });
        }),
        { seed: SEED, numRuns: 8 },
      );
    },
    120_000,
  );

  realCompose('leave a file that Docker Compose accepts, for every kind of release', () => {
    for (const input of [FULL, BALANCED]) {
      const file = join(rendered(releaseDocument(input), withSecretOnVolume()), 'compose.yaml');
      expect(spawnSync('docker-compose', ['--file', file, 'config', '--quiet'], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
  });

  test('that hold NUL are refused, because no environment can', () => {
    expect(() => rendered(document({ BROKEN: 'a\0b' }, {}))).toThrow('no environment variable can hold the character NUL: BROKEN');
  });

  test("cannot take the database's address away from the pooler", () => {
    const input = { ...FULL, app: { ...FULL.app!, settings: { DATABASE_URL: 'postgres://elsewhere' } } };
    const written = compose(rendered(releaseDocument(input), withSecretOnVolume())) as {
      services: { app: { environment: Record<string, string> } };
    };
    expect(written.services.app.environment).toEqual({
      PORT: `${PORT}`,
      INFERENCE_URL: 'http://inference:8081/v1',
      DATABASE_URL: 'postgres://app:made-on-the-server@pooler:6432/app',
    });
  });
});

describe("the database's address", () => {
  test('is written on the server, quoted', () => {
    expect(readFileSync(join(rendered(releaseDocument(BALANCED)), 'live/pooler/upstream.ini'), 'utf8')).toBe(
      `app = host='db.example.com' port='25060' dbname='defaultdb' user='app' password='it''s "a" $pass word'\n`,
    );
    expect(readFileSync(join(rendered(releaseDocument(FULL), withSecretOnVolume()), 'live/pooler/upstream.ini'), 'utf8')).toBe(
      `app = host='postgres' port='5432' dbname='app' user='app' password='made-here'\n`,
    );
  });

  test('may change without a new container', () => {
    const moved: ReleaseInput = {
      ...BALANCED,
      pooler: { upstream: { kind: 'remote', host: 'new.example.com', port: 1, database: 'd', user: 'u', password: 'p' } },
    };
    const containers = (input: ReleaseInput): string => readFileSync(join(rendered(releaseDocument(input)), 'containers'), 'utf8');
    expect(containers(moved)).toBe(containers(BALANCED));
    expect(containers(release({}, 'app:2'))).not.toBe(containers(release({}, 'app:1')));
  });
});
