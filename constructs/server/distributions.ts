import { CLIENT_IMAGE } from './images';

/** Distributions that a server can start from. */
export type Distribution = 'ubuntu' | 'amazon-linux';

/** A file that a server is given: path on the server, permissions, name of the source in `files/`. */
export type ConstantFile = readonly [path: string, permissions: string, source: string];

export interface DistributionFacts {
  /** What a server needs before its first release; all from the distribution's own archive, so that its upgrades keep them current. */
  readonly packages: readonly string[];
  readonly files: readonly ConstantFile[];
  readonly sshService: string;
  /** Run before it reads its configuration. */
  readonly commands: readonly (readonly string[])[];
  /** Units that its packages do not start by themselves. */
  readonly units: readonly string[];
  /** Image that holds Docker Compose. @default - a package does */
  readonly composeImage?: string;
}

const sshd = '/etc/ssh/sshd_config';

/** What the bootstrap text of one has and that of another has not. */
export const DISTRIBUTIONS: Readonly<Record<Distribution, DistributionFacts>> = {
  // 24.04.
  ubuntu: {
    packages: ['docker.io', 'docker-compose-v2', 'jq', 'nftables', 'python3', 'curl', 'unattended-upgrades'],
    files: [['/etc/apt/apt.conf.d/52terrace', '0644', 'upgrades.conf']],
    sshService: 'ssh.service',
    commands: [],
    units: [],
  },
  // 2023. curl is in its images, as a package that the full one cannot stand beside; Compose is not in its archive and comes with a release.
  'amazon-linux': {
    packages: ['docker', 'jq', 'nftables', 'python3', 'openssl', 'diffutils', 'hostname', 'dnf-automatic'],
    files: [
      ['/etc/dnf/automatic.conf', '0644', 'automatic.conf'],
      ['/etc/dnf/vars/releasever', '0644', 'releasever'],
    ],
    sshService: 'sshd.service',
    // Images of 2025 read no folder of further files (amazonlinux/amazon-linux-2023, issue 1016).
    commands: [
      [
        'sh',
        '-c',
        `grep -q '^Include /etc/ssh/sshd_config.d/' ${sshd} || sed -i '1i Include /etc/ssh/sshd_config.d/10-terrace.conf' ${sshd}`,
      ],
    ],
    units: ['docker.service', 'dnf-automatic.timer'],
    composeImage: CLIENT_IMAGE,
  },
};
