import { createServer, request as forward, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync } from 'node:fs';

import { bootstrap, releaseDocument, type ReleaseInput } from '../../../constructs/server';
import { openStore, type Store } from './support/store';
import { openUnit, put, release, type Unit, withTools } from './support/unit';

const key = { AccessKeyId: 'ASIAROLE', SecretAccessKey: 'role/secret+1', Token: 'token/of=the+hour' };

/** A release for servers that need no key of the channel. */
function keyless(image?: string): ReleaseInput {
  const { channelKeys: _keys, ...rest } = release({}, image);
  return rest;
}

/** The metadata service of EC2, version 2: no answer without a token, no token without PUT. */
function metadata(url: string | undefined, method: string | undefined, headers: IncomingHttpHeaders): string | undefined {
  if (url === '/latest/api/token')
    return method === 'PUT' && headers['x-aws-ec2-metadata-token-ttl-seconds'] === '60' ? 'session' : undefined;
  if (headers['x-aws-ec2-metadata-token'] !== 'session') return undefined;
  const folder = '/latest/meta-data/iam/security-credentials/';
  return url === folder ? 'coach-app-g1' : url === `${folder}coach-app-g1` ? JSON.stringify(key) : undefined;
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

describe('a server that reads by its role', () => {
  let store: Store;
  let unit: Unit;
  let seen: IncomingHttpHeaders[];
  const servers: Server[] = [];

  beforeEach(async () => {
    seen = [];
    store = await openStore();
    store.keys.set(key.AccessKeyId, key.SecretAccessKey);
    const machine = createServer((request, response) => {
      const answer = metadata(request.url, request.method, request.headers);
      response.writeHead(answer === undefined ? 401 : 200).end(answer);
    });
    // Passes everything on, and keeps the headers.
    const between = createServer((request, response) => {
      seen.push(request.headers);
      forward(`${store.endpoint}${request.url}`, { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }).end();
    });
    servers.push(machine, between);
    process.env['TERRACE_METADATA'] = await listening(machine);
    unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
    rmSync(unit.path('etc/terrace/keys'), { recursive: true });
    put(
      unit.root,
      'etc/terrace/server.conf',
      `server=app-1\ngroup=app\nendpoint=${await listening(between)}\nregion=us-east-1\nbucket=config\nobject=releases/app.json\naccess=role\n`,
      0o600,
    );
  });

  afterEach(async () => {
    delete process.env['TERRACE_METADATA'];
    for (const server of servers.splice(0)) server.close();
    await unit.close();
    await store.close();
  });

  withTools('takes the key of the hour, signs its token too, stores neither, and applies the release', async () => {
    store.body = JSON.stringify(releaseDocument(keyless()));
    await unit.settle();
    expect(unit.status()).toMatchObject({ state: 'applied', channelKey: { inUse: null, newest: null, refused: false } });
    expect(new Set(store.served)).toEqual(new Set(['ASIAROLE']));
    for (const headers of seen) {
      expect(headers['x-amz-security-token']).toBe(key.Token);
      expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/);
    }
    expect(unit.text('etc/terrace/keys/role')).toBe('');
  });

  withTools('reads its secrets where they are kept, again for each release, and waits while one has no value', async () => {
    const [kept, asked] = [new Map<string, string>(), [] as IncomingHttpHeaders[]];
    const manager = createServer((request, response) => {
      asked.push(request.headers);
      request.on('data', (chunk: Buffer) => {
        const value = kept.get((JSON.parse(chunk.toString('utf8')) as { SecretId: string }).SecretId);
        response.writeHead(value === undefined ? 400 : 200).end(JSON.stringify({ SecretString: value }));
      });
    });
    servers.push(manager);
    const managedSecrets = { endpoint: await listening(manager), region: 'us-east-1', ids: { SESSION_KEY: 'arn:aws:session-key' } };
    const wants = (image: string): string => {
      const { app, ...rest } = keyless(image);
      return JSON.stringify(releaseDocument({ ...rest, ...(app === undefined ? {} : { app: { ...app, managedSecrets } }) }));
    };
    store.body = wants('app:1');
    await unit.round();
    expect(unit.status().state).not.toBe('applied');
    expect(unit.text('var/lib/terrace/status.json')).toContain('the secret SESSION_KEY cannot be read: put a value into it');
    const value = `it's "a" \\ $value`;
    kept.set('arn:aws:session-key', value);
    // It asks again after a minute.
    rmSync(unit.path('var/lib/terrace/retry-after'));
    store.body = wants('app:2');
    await unit.settle();
    expect(unit.status().state).toBe('applied');
    const compose = unit.text(`var/lib/terrace/releases/${unit.status().release}/rendered/compose.yaml`);
    expect(compose).toContain(JSON.stringify(value.replace('$', '$$$$')));
    for (const headers of asked) {
      expect(headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
      expect(headers['x-amz-security-token']).toBe(key.Token);
      expect(headers.authorization).toContain('/us-east-1/secretsmanager/aws4_request');
    }
    expect(store.body).not.toContain('a" ');
  });

  withTools('says that it is refused when the role may not read', async () => {
    store.keys.clear();
    const { stderr } = await unit.round();
    expect(stderr).toContain('the store refuses every key of this server');
  });
});

test('user data of such a server holds no key', () => {
  const text = bootstrap({
    server: 'app-1',
    group: 'app',
    channel: {
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      bucket: 'coach-config',
      object: 'releases/app.json',
      key: 'instance-role',
    },
  });
  expect(text).toContain('      object=releases/app.json\n      access=role\n');
  expect(text).not.toContain('/etc/terrace/keys/');
});
