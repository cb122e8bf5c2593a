import { stringify } from 'yaml';

import { DISTRIBUTIONS, type ConstantFile, type DistributionFacts } from './distributions';
import { serverFile } from './text';
import type { BootstrapInput, ServerVolume } from './types';

interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly content: string;
}

/** Written as they stand in `files/`, on every distribution. */
const CONSTANT_FILES: readonly ConstantFile[] = [
  ['/usr/local/sbin/terrace-pull', '0755', 'pull.sh'],
  ['/usr/local/sbin/terrace-volumes', '0755', 'volumes.sh'],
  ['/etc/terrace/metadata.nft', '0644', 'metadata.nft'],
  ['/etc/systemd/system/terrace-metadata.service', '0644', 'units/terrace-metadata.service'],
  ['/etc/systemd/system/terrace-pull.service', '0644', 'units/terrace-pull.service'],
  ['/etc/systemd/system/terrace-pull.timer', '0644', 'units/terrace-pull.timer'],
  ['/etc/ssh/sshd_config.d/10-terrace.conf', '0644', 'sshd.conf'],
  ['/etc/docker/daemon.json', '0644', 'daemon.json'],
];

function commands({ sshService, units, commands: own }: DistributionFacts): string[][] {
  return [
    // A droplet made without a key gets a mailed root password that must be changed at the first login; an expired one also stops key logins.
    ['passwd', '--lock', 'root'],
    ['chage', '--lastday', '1', '--maxdays', '-1', 'root'],
    ['install', '-d', '-m', '0755', '/etc/ssh/terrace'],
    ['touch', '/etc/ssh/terrace/keys'],
    ['systemctl', 'daemon-reload'],
    ...own.map((command) => [...command]),
    ['systemctl', 'try-reload-or-restart', sshService],
    ...['terrace-metadata.service', ...units, 'terrace-pull.timer'].map((unit) => ['systemctl', 'enable', '--now', unit]),
  ];
}

/**
 * The user data of a server: constant text and two small files with what is this server's own, so that nothing in it has a reason to change.
 * It installs Docker, formats empty volumes and mounts all, shuts containers off from the metadata service and starts `terrace-pull`.
 *
 * The text holds no `${` and no `%{` but those in the input, so it can stand in Terraform JSON as it is.
 * The input's values must be single lines; all of them are names and keys that a provider made or the environment's schema has checked.
 */
export function bootstrap(input: BootstrapInput): string {
  const distribution = DISTRIBUTIONS[input.distribution ?? 'ubuntu'];
  const config = {
    package_update: true,
    packages: [...distribution.packages],
    ssh_pwauth: false,
    write_files: [...ownFiles(input), ...[...CONSTANT_FILES, ...distribution.files].map(constantFile)],
    runcmd: commands(distribution),
  };
  // Literal blocks: a reference in them may become any single line.
  return `#cloud-config\n${stringify(config, { lineWidth: 0, blockQuote: 'literal' })}`;
}

function ownFiles(input: BootstrapInput): WrittenFile[] {
  const { key } = input.channel;
  const conf = { path: '/etc/terrace/server.conf', permissions: '0600', content: serverConf(input) };
  if (key === 'instance-role') return [conf];
  return [conf, { path: `/etc/terrace/keys/${key.generation}`, permissions: '0600', content: `${key.accessKeyId}:${key.secretKey}\n` }];
}

function serverConf({ server, group, channel, volumes }: BootstrapInput): string {
  const lines = [
    ...(server === undefined ? [] : [`server=${server}`]),
    `group=${group}`,
    `endpoint=${channel.endpoint}`,
    `region=${channel.region}`,
    `bucket=${channel.bucket}`,
    `object=${channel.object}`,
    ...(channel.key === 'instance-role' ? ['access=role'] : []),
    ...(volumes ?? []).map(volumeLine),
  ];
  return `${lines.join('\n')}\n`;
}

function volumeLine(volume: ServerVolume): string {
  return `volume=${volume.name} ${volume.mount}`;
}

function constantFile([path, permissions, source]: ConstantFile): WrittenFile {
  return { path, permissions, content: serverFile(source) };
}
