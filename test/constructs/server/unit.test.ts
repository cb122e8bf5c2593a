import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';

import { releaseDocument, type ReleaseInput } from '../../../constructs/server';
import { rarely, soak } from '../../support/soak';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, PORT, SECOND_KEY, openUnit, put, release, type Unit, withTools } from './support/unit';

let store: Store;
let unit: Unit;

beforeEach(async () => {
  store = await openStore();
  store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
  unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
});

afterEach(async () => {
  await unit.close();
  await store.close();
});

function publish(input: ReleaseInput): void {
  store.body = JSON.stringify(releaseDocument(input));
}

function running(): string {
  return unit.text('docker/image').trim();
}

function calls(what: string): number {
  return unit
    .text('docker/calls')
    .split('\n')
    .filter((line) => line.includes(what)).length;
}

describe('a server takes a release', () => {
  withTools('that it pulls, and asks again without a transfer', async () => {
    publish(release());
    expect(await unit.round()).toEqual({ code: 0, stderr: '' });
    expect(unit.status()).toMatchObject({
      state: 'applied',
      healthy: true,
      server: 'app-1',
      group: 'app',
      channelKey: { inUse: 1, newest: 1, refused: false },
    });
    expect(running()).toBe('app:1');
    await unit.round();
    expect(unit.text('var/lib/terrace/incoming/headers')).toMatch(/^HTTP\/1.1 304/);
    expect(calls(' up ')).toBe(1);
  });

  withTools('and falls back when its image is bad, once', async () => {
    publish(release());
    await unit.round();
    const good = unit.status().release;
    publish(release({ timing: { window: 300, healthLimit: 4 } }, 'app:bad'));
    await unit.settle();
    expect(unit.status()).toMatchObject({ state: 'rolled-back', healthy: true, release: good });
    expect(unit.status()['message']).toMatch(/^[0-9a-f]{16} was not healthy: app does not answer$/);
    expect(running()).toBe('app:1');
    const before = calls(' up ');
    await unit.round();
    expect(calls(' up ')).toBe(before);
    publish(release({}, 'app:2'));
    await unit.round();
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true });
    expect(running()).toBe('app:2');
  });

  rarely(withTools)('and falls back when its containers hang', async () => {
    publish(release());
    await unit.round();
    publish(release({ timing: { window: 300, healthLimit: 4 } }, 'app:hangs'));
    await unit.settle();
    expect(unit.status()).toMatchObject({ state: 'rolled-back', healthy: true });
    expect(unit.status()['message']).toContain('its containers could not be started');
  });

  withTools('and touches nothing when an image cannot be pulled', async () => {
    publish(release());
    await unit.round();
    publish(release({}, 'app:missing'));
    expect((await unit.round()).code).toBe(1);
    expect(unit.status()).toMatchObject({ state: 'preparing', healthy: true, message: 'an image could not be pulled' });
    expect(unit.events().map(({ kind }) => kind)).toEqual(['down', 'up']);
    await unit.round();
    expect(calls(' pull ')).toBe(2);
  });

  withTools('and waits for the first one without falling back', async () => {
    publish(release({ timing: { window: 300, healthLimit: 4 } }, 'app:bad'));
    await unit.round();
    expect(unit.status()).toMatchObject({ state: 'starting', healthy: false, release: null });
    put(unit.root, 'docker/serving', '', 0o644);
    await unit.round();
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true });
  });

  // The calls of docker in a round that switches: 1 config, 2 pull, 3 up; 4 up of the release before, when it falls back.
  for (const cut of soak ? ['2', '3', '3+'] : ['3']) {
    withTools(`and goes on where it was cut off (at call ${cut})`, async () => {
      publish(release());
      await unit.round();
      publish(release({}, 'app:2'));
      await unit.round({ cut });
      await unit.settle();
      expect(unit.status()).toMatchObject({ state: 'applied', healthy: true, release: unit.status().wanted });
      expect(running()).toBe('app:2');
      expect(existsSync(unit.path('var/lib/terrace/switching'))).toBe(false);
    });
  }

  for (const cut of soak ? ['3+', '4', '4+'] : []) {
    withTools(`and falls back from a bad image also when it was cut off (at call ${cut})`, async () => {
      publish(release());
      await unit.round();
      publish(release({ timing: { window: 300, healthLimit: 4 } }, 'app:bad'));
      await unit.round({ cut });
      await unit.settle();
      expect(unit.status()).toMatchObject({ state: 'rolled-back', healthy: true });
      expect(running()).toBe('app:1');
    });
  }

  rarely(withTools)(
    'and keeps the last three',
    async () => {
      for (const image of ['app:1', 'app:2', 'app:3', 'app:4', 'app:5']) {
        publish(release({}, image));
        await unit.round();
      }
      expect(readdirSync(unit.path('var/lib/terrace/releases'))).toHaveLength(3);
      expect(unit.text('docker/calls')).toContain('image rm app:1');
      expect(unit.text('docker/calls')).not.toContain('image rm app:3');
    },
    120_000,
  );

  withTools('and starts containers again that have stopped', async () => {
    publish(release());
    await unit.round();
    rmSync(unit.path('docker/serving'));
    rmSync(unit.path('docker/definition'));
    await unit.round();
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true });
  });
});

describe('a document that is not whole', () => {
  for (const fault of soak ? (['cut connection', 'half a body', 'error 503'] as const) : (['half a body'] as const)) {
    withTools(`is ignored: ${fault}`, async () => {
      publish(release());
      await unit.round();
      const { release: before } = unit.status();
      publish(release({}, 'app:2'));
      store.fault = fault;
      await unit.round();
      expect(unit.status()).toMatchObject({ state: 'applied', release: before, wanted: before });
      store.fault = 'none';
      await unit.round();
      expect(running()).toBe('app:2');
    });
  }

  withTools('is ignored when it names a file outside of the release', async () => {
    const document = { ...releaseDocument(release()) };
    document['files'] = { ...(document['files'] as object), '../../../escaped': { content: 'x', mode: '0644' } };
    store.body = JSON.stringify(document);
    const { stderr } = await unit.round();
    expect(stderr).toContain('the document names a file outside of the release: ../../../escaped');
    expect(existsSync(unit.path('var/lib/escaped'))).toBe(false);
    expect(existsSync(unit.path('var/lib/terrace/wanted'))).toBe(false);
  });
});

describe("Terrace's own scripts", () => {
  withTools('reach a server that runs already', async () => {
    publish(release());
    await unit.round();
    const document = releaseDocument(release()) as unknown as { files: Record<string, { content: string; mode: string }> };
    const pull = document.files['terrace-pull']?.content ?? '';
    document.files['terrace-pull'] = { content: pull.replace('there is no release yet', 'nothing yet'), mode: '0700' };
    store.body = JSON.stringify(document);
    await unit.round();
    expect(unit.text('usr/local/sbin/terrace-pull')).toContain('nothing yet');
    document.files['terrace-pull'] = { content: '#!/bin/bash\nexit 1\n', mode: '0700' };
    store.body = JSON.stringify(document);
    await unit.round();
    expect(unit.text('usr/local/sbin/terrace-pull')).toContain('nothing yet');
    expect(unit.status()['notes']).toEqual(['the terrace-pull of this release cannot fetch the document and is not installed']);
  });
});

describe("administrators' keys", () => {
  const ann = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnn ann@laptop';
  const bob = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBob';

  withTools('come and go without a turn, also beside an image that fails', async () => {
    publish(release({ adminKeys: { ann, bob } }));
    await unit.round();
    expect(unit.text('etc/ssh/terrace/keys')).toBe(`${ann}\n${bob}\n`);
    publish(release({ adminKeys: { ann }, timing: { window: 300, healthLimit: 4 } }, 'app:bad'));
    await unit.settle();
    expect(unit.status().state).toBe('rolled-back');
    expect(unit.text('etc/ssh/terrace/keys')).toBe(`${ann}\n`);
  });

  withTools(
    "take over from the keys of the server's creation with the first one, and an empty list does not bring those back",
    async () => {
      publish(release());
      await unit.round();
      expect(unit.text('etc/ssh/sshd_config.d/10-terrace.conf')).toContain(
        'AuthorizedKeysFile /etc/ssh/terrace/keys .ssh/authorized_keys\n',
      );
      publish(release({ adminKeys: { ann } }));
      await unit.round();
      const only = 'AuthorizedKeysFile /etc/ssh/terrace/keys\nPasswordAuthentication no\n';
      expect(unit.text('etc/ssh/sshd_config.d/10-terrace.conf')).toBe(only);
      expect(unit.text('tools.log')).toContain('systemctl try-reload-or-restart ssh.service\n');
      publish(release());
      await unit.round();
      expect(unit.text('etc/ssh/terrace/keys')).toBe('');
      expect(unit.text('etc/ssh/sshd_config.d/10-terrace.conf')).toBe(only);
    },
  );

  withTools('are left out and named when they are no public keys', async () => {
    publish(release({ adminKeys: { ann, eve: `${bob}\nssh-ed25519 AAAA second-line`, mallory: 'command="x" ssh-ed25519 AAAA' } }));
    await unit.round();
    expect(unit.text('etc/ssh/terrace/keys')).toBe(`${ann}\n`);
    expect(unit.status()['notes']).toEqual(["2 of 3 administrators' keys are no public keys and are left out"]);
  });
});

describe("the channel's key is rotated in two applies", () => {
  const both = { channelKeys: { newest: SECOND_KEY, valid: [1, 2] } };
  const secondOnly = { channelKeys: { newest: SECOND_KEY, valid: [2] } };

  withTools('and a server acknowledges the new one before the old one goes', async () => {
    publish(release());
    await unit.round();
    // First apply: both keys are valid, and the new one travels by the old one.
    store.keys.set(SECOND_KEY.accessKeyId, SECOND_KEY.secretKey);
    publish(release(both));
    await unit.round();
    expect(unit.status()['channelKey']).toEqual({ inUse: 1, newest: 2, refused: false });
    await unit.round();
    expect(unit.status()['channelKey']).toEqual({ inUse: 2, newest: 2, refused: false });
    expect(readdirSync(unit.path('etc/terrace/keys')).sort()).toEqual(['1', '2']);
    // Second apply: the old one goes.
    store.keys.delete(FIRST_KEY.accessKeyId);
    publish(release(secondOnly));
    await unit.round();
    expect(readdirSync(unit.path('etc/terrace/keys'))).toEqual(['2']);
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true });
    // None of it took the app down.
    expect(unit.events()).toHaveLength(2);
    expect(store.served.slice(-1)).toEqual(['KEY2']);
  });

  withTools('and a key that is not valid yet is passed over', async () => {
    publish(release(both));
    await unit.round();
    await unit.round();
    expect(unit.status()['channelKey']).toEqual({ inUse: 1, newest: 2, refused: false });
  });

  withTools('and a server that was offline in between is given the new one over SSH', async () => {
    publish(release());
    await unit.round();
    store.keys.set(SECOND_KEY.accessKeyId, SECOND_KEY.secretKey);
    store.keys.delete(FIRST_KEY.accessKeyId);
    publish(release(secondOnly, 'app:2'));
    const { stderr } = await unit.round();
    expect(stderr).toContain('the store refuses every key of this server; give it a valid one with: terrace-pull rekey');
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true, channelKey: { inUse: null, refused: true } });
    expect((await unit.round({ args: ['rekey'], input: 'nonsense\n' })).code).toBe(2);
    await unit.round({ args: ['rekey'], input: `2 ${SECOND_KEY.accessKeyId} ${SECOND_KEY.secretKey}\n` });
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true, channelKey: { inUse: 2, newest: 2, refused: false } });
    expect(running()).toBe('app:2');
    expect(readdirSync(unit.path('etc/terrace/keys'))).toEqual(['2']);
  });
});

describe('terrace-status', () => {
  withTools('says what runs, and fails while that is not what is wanted', async () => {
    const ask = (...words: string[]): { status: number | null; stdout: string } =>
      spawnSync(unit.path('usr/local/sbin/terrace-status'), words, { env: { ...process.env, TERRACE_ROOT: unit.root }, encoding: 'utf8' });
    publish(release());
    await unit.round();
    expect(ask()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^server       app-1 of group app\nstate        applied\nhealthy      yes\nrelease      [0-9a-f]{16}\nchannel key  generation 1 in use, newest 1\nchecked at /,
      ),
    });
    expect(JSON.parse(ask('--json').stdout)).toEqual(unit.status());
    publish(release({}, 'app:missing'));
    await unit.round();
    expect(ask().status).toBe(1);
  });
});

describe('what a server keeps', () => {
  withTools('is readable by root alone where it holds secrets, and no key stands in a command line', async () => {
    publish(release({ app: { image: 'app:1', port: PORT, healthPath: '/', settings: { A: '1' }, secrets: { B: 'hidden' } } }));
    await unit.round();
    const mode = (path: string): string => (statSync(unit.path(path)).mode & 0o777).toString(8);
    expect(mode('var/lib/terrace')).toBe('700');
    expect(mode('etc/terrace/keys/1')).toBe('600');
    expect(JSON.parse(unit.text('docker/environment'))).toEqual({ A: '1', B: 'hidden', PORT: `${PORT}` });
    expect(readFileSync(unit.path('docker/calls'), 'utf8')).not.toContain('hidden');
  });
});
