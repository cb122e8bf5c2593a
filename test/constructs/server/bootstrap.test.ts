import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { bootstrap, type BootstrapInput } from '../../../constructs/server';
import { serverFile } from '../../../constructs/server/text';
import { needs, needsNamespaces } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { put } from './support/unit';

const INPUT: BootstrapInput = {
  server: 'shop-production-app-1',
  group: 'app',
  channel: {
    endpoint: 'https://fra1.digitaloceanspaces.com',
    region: 'fra1',
    bucket: 'shop-production-config',
    object: 'releases/app.json',
    key: {
      generation: 3,
      accessKeyId: '${digitalocean_spaces_key.config_channel_3.access_key}',
      secretKey: '${digitalocean_spaces_key.config_channel_3.secret_key}',
    },
  },
  volumes: [{ name: 'shop-production-database-g1', mount: '/mnt/database' }],
};

interface CloudConfig {
  readonly packages: string[];
  readonly runcmd: string[][];
  readonly write_files: { path: string; content: string; permissions: string }[];
}

const config = parse(bootstrap(INPUT)) as CloudConfig;
const content = (path: string): string => config.write_files.find((file) => file.path === path)?.content ?? '';

describe('user data', () => {
  needs('cloud-init')('is accepted by cloud-init', () => {
    const file = join(scratch(), 'user-data');
    writeFileSync(file, bootstrap(INPUT));
    expect(execFileSync('cloud-init', ['schema', '-c', file], { encoding: 'utf8' })).toContain(`Valid cloud-config: ${file}`);
  });

  test("carries what is the server's own in two files and nowhere else", () => {
    expect(content('/etc/terrace/server.conf')).toBe(
      [
        'server=shop-production-app-1',
        'group=app',
        'endpoint=https://fra1.digitaloceanspaces.com',
        'region=fra1',
        'bucket=shop-production-config',
        'object=releases/app.json',
        'volume=shop-production-database-g1 /mnt/database',
        '',
      ].join('\n'),
    );
    expect(content('/etc/terrace/keys/3')).toBe(
      '${digitalocean_spaces_key.config_channel_3.access_key}:${digitalocean_spaces_key.config_channel_3.secret_key}\n',
    );
    const rest = config.write_files.filter(
      ({ path }) => !path.startsWith('/etc/terrace/server.conf') && !path.startsWith('/etc/terrace/keys'),
    );
    expect(JSON.stringify(rest)).not.toMatch(/shop|spaces_key/);
  });

  test('keeps the key from everyone but root', () => {
    const modes = Object.fromEntries(config.write_files.map(({ path, permissions }) => [path, permissions]));
    expect(modes['/etc/terrace/keys/3']).toBe('0600');
    expect(modes['/etc/terrace/server.conf']).toBe('0600');
  });

  test('holds no template mark of Terraform but those it was given', () => {
    const plain = bootstrap({ ...INPUT, channel: { ...INPUT.channel, key: { generation: 1, accessKeyId: 'id', secretKey: 'secret' } } });
    expect(plain).not.toMatch(/[$%]\{/);
  });

  test('shuts the metadata service before anything that could start a container', () => {
    const commands = config.runcmd.map((words) => words.join(' '));
    expect(commands.indexOf('systemctl enable --now terrace-metadata.service')).toBeLessThan(
      commands.indexOf('systemctl enable --now terrace-pull.timer'),
    );
    expect(content('/etc/systemd/system/terrace-metadata.service')).toContain('Before=docker.service');
  });

  test('is far below the 64 KiB that DigitalOcean takes', () => {
    expect(Buffer.byteLength(bootstrap(INPUT))).toBeLessThan(20_000);
  });

  needs('nft')('has a rule set that nft accepts', () => {
    const file = join(scratch(), 'metadata.nft');
    writeFileSync(file, content('/etc/terrace/metadata.nft'));
    expect(() => execFileSync('nft', ['--check', '--file', file], { stdio: 'pipe' })).not.toThrow();
  });

  needsNamespaces(
    'nft',
    'curl',
    'python3',
  )('keeps containers, and only them, from the metadata service: packets in network namespaces', () => {
    const file = join(scratch(), 'metadata.nft');
    writeFileSync(file, content('/etc/terrace/metadata.nft'));
    const said = execFileSync('bash', [join(__dirname, 'support/metadata-network.sh'), file], { encoding: 'utf8' });
    expect(said.trim().split('\n')).toEqual([
      'before: container to metadata reached',
      'before: container to the world reached',
      'before: server to metadata reached',
      'after: container to metadata failed with 7',
      'after: container to the world reached',
      'after: server to metadata reached',
      'after: packets rejected 1',
    ]);
  });

  needs('systemd-analyze')('has units that systemd accepts', () => {
    const folder = scratch();
    for (const { path, content: text } of config.write_files.filter((file) => file.path.includes('/systemd/')))
      put(folder, path.slice(path.lastIndexOf('/') + 1), text, 0o644);
    const verified = (unit: string): string =>
      execFileSync('systemd-analyze', ['verify', '--man=no', join(folder, unit)], { encoding: 'utf8', stdio: 'pipe' });
    expect(verified('terrace-pull.timer')).toBe('');
  });
});

describe('terrace-volumes', () => {
  const test = needs('bash', 'mkfs.ext4', 'blkid', 'wipefs', 'cmp');
  const device = 'dev/disk/by-id/scsi-0DO_Volume_data';

  /** A root with a device (a sparse file) and stand-ins for what needs a kernel: mount tells what is there, as the kernel would. */
  function machine(prepare: (device: string) => void): { root: string; run: () => number; tools: () => string } {
    const root = scratch();
    put(root, 'etc/terrace/server.conf', 'server=a\nvolume=data /mnt/data\n', 0o600);
    put(root, 'etc/fstab', '', 0o644);
    put(root, 'bin/mountpoint', '#!/bin/sh\n[ -e "$TERRACE_ROOT/mounted" ]\n', 0o755);
    put(root, 'bin/systemctl', '#!/bin/sh\nexit 0\n', 0o755);
    put(
      root,
      'bin/mount',
      `#!/bin/sh\necho mount "$@" >>"$TERRACE_ROOT/tools.log"\nblkid -p -o value -s TYPE "$TERRACE_ROOT/${device}" >/dev/null && touch "$TERRACE_ROOT/mounted"\n`,
      0o755,
    );
    mkdirSync(join(root, 'dev/disk/by-id'), { recursive: true });
    prepare(join(root, device));
    put(root, 'volumes.sh', serverFile('volumes.sh'), 0o755);
    const env = { ...process.env, PATH: `${root}/bin:${process.env['PATH']}:/usr/sbin:/sbin`, TERRACE_ROOT: root };
    const run = (): number => {
      try {
        execFileSync(join(root, 'volumes.sh'), { env, stdio: 'pipe' });
        return 0;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    return { root, run, tools: () => readFileSync(join(root, 'tools.log'), 'utf8') };
  }

  const empty = (path: string): void => {
    writeFileSync(path, '');
    truncateSync(path, 96 * 1024 * 1024);
  };

  test('formats an empty volume once and mounts it', () => {
    const { root, run } = machine(empty);
    expect(run()).toBe(0);
    const type = execFileSync('blkid', ['-p', '-o', 'value', '-s', 'TYPE', join(root, device)], { encoding: 'utf8' });
    expect(type).toBe('ext4\n');
    expect(readFileSync(join(root, 'etc/fstab'), 'utf8')).toBe(
      '/dev/disk/by-id/scsi-0DO_Volume_data /mnt/data ext4 defaults,nofail,noatime,discard 0 2\n',
    );
    expect(readFileSync(join(root, 'etc/systemd/system/docker.service.d/terrace-data.conf'), 'utf8')).toBe(
      '[Unit]\nRequiresMountsFor=/mnt/data\n',
    );
    const before = readFileSync(join(root, device));
    expect(run()).toBe(0);
    expect(readFileSync(join(root, device)).equals(before)).toBe(true);
    expect(readFileSync(join(root, 'etc/fstab'), 'utf8').split('\n')).toHaveLength(2);
  });

  test('never formats what has a filesystem, a partition table, or bytes that nobody knows', () => {
    const contents: ((path: string) => void)[] = [
      (path) => (empty(path), execFileSync('mkfs.ext4', ['-q', path])),
      (path) => (empty(path), execFileSync('mkswap', [path], { stdio: 'pipe' })),
      (path) => (empty(path), execFileSync('sfdisk', ['--quiet', path], { input: ',,L\n', stdio: 'pipe' })),
      (path) => (empty(path), writeFileSync(path, 'x', { flag: 'r+' })),
    ];
    for (const prepare of contents) {
      const { root, run } = machine(prepare);
      const before = readFileSync(join(root, device));
      run();
      expect(readFileSync(join(root, device)).equals(before)).toBe(true);
    }
  });

  test('waits for a volume that is not attached yet', () => {
    const { root, run } = machine(() => undefined);
    expect(run()).toBe(1);
    expect(existsSync(join(root, 'mounted'))).toBe(false);
    empty(join(root, device));
    chmodSync(join(root, device), 0o600);
    expect(run()).toBe(0);
  });
});
