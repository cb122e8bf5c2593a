import type { BackupRepository } from './types';

/** How much can be lost and how long a restore takes, with where the figure comes from. */
export interface RecoveryObjective {
  /** Minutes of writes that can be lost. */
  readonly rpoMinutes: number;
  /** Minutes until the service answers again, for a database up to `rtoUpToGib`. */
  readonly rtoMinutes: number;
  readonly rtoUpToGib: number;
  readonly source: string;
}

/** A segment is archived after this time even when it is not full. */
export const ARCHIVE_TIMEOUT_SECONDS = 60;

/** PostgreSQL on a server of ours, archived by pgBackRest. */
export const SELF_HOSTED_RECOVERY: RecoveryObjective = {
  rpoMinutes: 2,
  rtoMinutes: 45,
  rtoUpToGib: 20,
  source:
    'RPO: archive_timeout of 60 s (ours) and an assumed minute for the upload of one segment. RTO: assumption, 15 minutes for a new server and volume, 30 minutes for 20 GiB at an assumed 12 MiB/s.',
};

/** DigitalOcean's managed PostgreSQL. */
export const MANAGED_RECOVERY: RecoveryObjective = {
  rpoMinutes: 5,
  rtoMinutes: 60,
  rtoUpToGib: 20,
  source:
    'Point-in-time recovery within 7 days by forking the cluster (docs.digitalocean.com, Managed Databases, PostgreSQL, restore from backups, read 2026-11); both figures are assumptions, the provider states none.',
};

/** Base backups that are kept, each with the WAL from it on. */
export const FULL_BACKUPS_KEPT = 2;

/** pgBackRest's configuration: one stanza, `main`, in an S3 bucket. */
export function pgbackrestConf(repository: BackupRepository): string {
  return `${[...store(repository), ...policy(), '', '[main]', 'pg1-path=/var/lib/postgresql/data', ''].join('\n')}`;
}

function store(repository: BackupRepository): string[] {
  return [
    '[global]',
    'repo1-type=s3',
    `repo1-path=${repository.path ?? '/database'}`,
    `repo1-s3-endpoint=${repository.endpoint}`,
    `repo1-s3-region=${repository.region}`,
    `repo1-s3-bucket=${repository.bucket}`,
    `repo1-s3-key=${repository.accessKeyId}`,
    `repo1-s3-key-secret=${repository.secretKey}`,
    `repo1-s3-uri-style=${repository.uriStyle ?? 'host'}`,
    `repo1-storage-port=${repository.port ?? 443}`,
    `repo1-storage-verify-tls=${repository.verifyTls === false ? 'n' : 'y'}`,
  ];
}

function policy(): string[] {
  return [
    `repo1-retention-full=${FULL_BACKUPS_KEPT}`,
    // A database has a thousand small files; one by one they would be a thousand requests.
    'repo1-bundle=y',
    'compress-type=zst',
    'start-fast=y',
    'delta=y',
    'log-level-console=warn',
    'log-level-file=off',
    'lock-path=/tmp/pgbackrest',
  ];
}
