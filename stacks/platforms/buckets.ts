import type { ComponentOf } from '../../components/component';
import type { IBucketAccess } from '../../constructs/object-storage';
import type { BackupRepository } from '../../constructs/server';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import { constructId, laterName } from './naming';

interface BucketSettings {
  readonly purpose: 'backups' | 'storage';
  readonly holdsData: true;
  readonly versioned: true;
  readonly expireVersionsDays: number;
}

/** What every platform makes a bucket of backups with. */
export function backupBucket({ retentionDays }: ComponentOf<'backup'>): BucketSettings {
  return { purpose: 'backups', holdsData: true, versioned: true, expireVersionsDays: retentionDays };
}

/** What every platform makes the app's bucket with. */
export function storageBucket({ keepVersionsDays }: ComponentOf<'object-storage'>): BucketSettings {
  return { purpose: 'storage', holdsData: true, versioned: true, expireVersionsDays: keepVersionsDays };
}

/**
 * Where a database on a server writes its backups, with a key made for it; undefined where the provider makes the backups.
 * `host` is the storage's name in that region: the server's program wants no scheme before it.
 */
export function backupsOf(
  { tier, environment }: { readonly tier: Tier; readonly environment: Environment },
  backup: ComponentOf<'backup'>,
  grant: (id: string, name: string) => IBucketAccess,
  host: (region: string) => string,
): BackupRepository | undefined {
  const database = tier.components.find(({ id }) => id === backup.database);
  if (database?.kind !== 'database' || database.hosting.hosting !== 'server') return undefined;
  // A server that goes on standing after its promotion keeps its key: the next one has another.
  const id = laterName('writer', environment, database, '_');
  const name = id === 'writer' ? `${backup.id}-${id}` : laterName(backup.id, environment, database);
  const { region, bucket, accessKeyId, secretAccessKey } = grant(id, name);
  return {
    endpoint: host(region),
    region,
    bucket,
    accessKeyId,
    secretKey: secretAccessKey,
    path: `/${constructId(environment, database)}`,
  };
}
