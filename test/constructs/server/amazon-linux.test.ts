import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { bootstrap, releaseDocument, type JsonObject, type ReleaseInput } from '../../../constructs/server';
import { serverFile } from '../../../constructs/server/text';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, openUnit, put, release, type Unit, withTools } from './support/unit';

const distribution = 'amazon-linux';
const plugin = 'usr/local/libexec/docker/cli-plugins/docker-compose';

describe('user data', () => {
  const channel = {
    endpoint: 'https://s3.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
    bucket: 'config',
    object: 'a.json',
  } as const;
  const text = bootstrap({ group: 'inference', channel: { ...channel, key: 'instance-role' }, distribution });
  const config = parse(text) as { packages: string[]; runcmd: string[][]; write_files: { path: string; content: string }[] };
  const file = (path: string): string | undefined => config.write_files.find((each) => each.path === path)?.content;

  test('installs by names of its archive, without the package of curl that its images cannot have beside their own', () => {
    expect(config.packages).toEqual(['docker', 'jq', 'nftables', 'python3', 'openssl', 'diffutils', 'hostname', 'dnf-automatic']);
  });

  test('has security upgrades of the newest release each day, and neither another kernel nor other drivers', () => {
    expect(file('/etc/dnf/vars/releasever')).toBe('latest\n');
    expect(file('/etc/dnf/automatic.conf')).toMatch(/^upgrade_type = security$[^]*^apply_updates = yes$/m);
    expect(file('/etc/dnf/automatic.conf')).toMatch(/^\[base\]\n(#.*\n)?excludepkgs = kernel\*,nvidia\*/m);
    expect(config.write_files.filter(({ path }) => path.includes('/apt/'))).toEqual([]);
  });

  test('starts what its packages do not start, the metadata service shut before Docker', () => {
    expect(config.runcmd.map((words) => words.join(' ')).slice(-7)).toEqual([
      'systemctl daemon-reload',
      "sh -c grep -q '^Include /etc/ssh/sshd_config.d/' /etc/ssh/sshd_config || sed -i '1i Include /etc/ssh/sshd_config.d/10-terrace.conf' /etc/ssh/sshd_config",
      'systemctl try-reload-or-restart sshd.service',
      'systemctl enable --now terrace-metadata.service',
      'systemctl enable --now docker.service',
      'systemctl enable --now dnf-automatic.timer',
      'systemctl enable --now terrace-pull.timer',
    ]);
  });

  needs('cloud-init')('is accepted by cloud-init', () => {
    const path = join(scratch(), 'user-data');
    writeFileSync(path, text);
    expect(execFileSync('cloud-init', ['schema', '-c', path], { encoding: 'utf8' })).toContain(`Valid cloud-config: ${path}`);
  });

  needs('python3')('brings programs in the language of its Python 3.9', () => {
    const read = 'import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 9))';
    for (const name of ['render.py', 'lib/lease.py']) execFileSync('python3', ['-c', read], { input: serverFile(name) });
  });
});

describe('a server without a package of Docker Compose', () => {
  let store: Store;
  let unit: Unit;

  beforeEach(async () => {
    store = await openStore();
    store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
    unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1', distribution });
  });

  afterEach(async () => {
    await unit.close();
    await store.close();
  });

  function publish(input: Partial<ReleaseInput> = {}, more: JsonObject = {}, image = 'app:1'): void {
    store.body = JSON.stringify({ ...releaseDocument(release({ distribution, ...input }, image)), ...more });
  }

  const calls = (): string[] =>
    unit
      .text('docker/calls')
      .split('\n')
      .filter((line) => /^(create|cp|rm|image)/.test(line));
  const taken = [
    'rm --force terrace-compose',
    'create --name terrace-compose public.ecr.aws/docker/library/docker:29.7.2-cli',
    expect.stringMatching(/^cp /),
    'rm --force terrace-compose',
    'image rm public.ecr.aws/docker/library/docker:29.7.2-cli',
  ];

  withTools('takes it out of an image, once', async () => {
    publish();
    expect(await unit.round()).toEqual({ code: 0, stderr: '' });
    expect(unit.status()).toMatchObject({ state: 'applied', healthy: true });
    expect(unit.text(plugin)).toBe('public.ecr.aws/docker/library/docker:29.7.2-cli\n');
    expect((statSync(unit.path(plugin)).mode & 0o777).toString(8)).toBe('755');
    publish({}, {}, 'app:2');
    await unit.settle();
    expect(unit.text('docker/image')).toBe('app:2\n');
    expect(calls()).toEqual(taken);
  });

  withTools('takes another one with a release that names another image', async () => {
    publish();
    await unit.round();
    publish({}, { composeImage: 'docker:99-cli' });
    await unit.settle();
    expect(unit.status().state).toBe('applied');
    expect(unit.text(plugin)).toBe('docker:99-cli\n');
  });

  withTools('waits for its turn with another one, because it may make containers anew', async () => {
    // Whose turn it is, it cannot know.
    const servers = [{ name: 'app-2' }, { name: 'app-3' }];
    publish({ servers });
    await unit.round();
    publish({ servers, adminKeys: { ann: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnn' } });
    await unit.round();
    expect(unit.status().state).toBe('applied');
    publish({ servers }, { composeImage: 'docker:99-cli' });
    await unit.round();
    expect(unit.status().state).toBe('waiting');
  });

  withTools('says so when it cannot be had', async () => {
    publish({}, { composeImage: 'docker:missing' });
    expect((await unit.round()).code).toBe(1);
    expect(unit.status()).toMatchObject({ state: 'preparing', message: 'Docker Compose could not be taken out of docker:missing' });
  });

  // After the container is created, after the file is copied, after the container is gone.
  for (const cut of ['2+', '3+', '4+'])
    withTools(`begins again where it was cut off (${cut})`, async () => {
      publish();
      await unit.round({ cut });
      expect(await unit.round()).toEqual({ code: 0, stderr: '' });
      expect(unit.status().state).toBe('applied');
      expect(unit.text('docker/created')).toBe('');
      expect(unit.text(`${plugin}.new`)).toBe('');
    });

  withTools('has its SSH service under another name', async () => {
    publish({ adminKeys: { ann: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnn' } });
    await unit.round();
    expect(unit.text('tools.log')).toContain('systemctl try-reload-or-restart sshd.service\n');
    await unit.round();
    expect(unit.status()['notes']).toEqual([]);
  });

  withTools("says so when sshd goes by other files than Terrace's", async () => {
    put(unit.root, 'bin/sshd', '#!/bin/sh\nif [ "$1" = -T ]; then echo authorizedkeysfile .ssh/authorized_keys; fi\n', 0o755);
    publish({ adminKeys: { ann: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnn' } });
    await unit.round();
    await unit.round();
    expect(unit.status()['notes']).toEqual([
      `sshd does not go by ${unit.path('etc/ssh/sshd_config.d/10-terrace.conf')}: administrators' keys do not count, those that the server was created with may`,
    ]);
  });
});

test('a release for Ubuntu names no image of Compose', () => {
  expect(releaseDocument(release())).not.toHaveProperty('composeImage');
});
