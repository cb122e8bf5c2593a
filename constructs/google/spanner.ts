import { SpannerBackupSchedule } from '@cdktf/provider-google/lib/spanner-backup-schedule';
import { SpannerDatabaseIamMember } from '@cdktf/provider-google/lib/spanner-database-iam-member';
import { SpannerDatabase } from '@cdktf/provider-google/lib/spanner-database';
import { SpannerInstance } from '@cdktf/provider-google/lib/spanner-instance';
import { Construct } from 'constructs';
import { keep } from '../keep';
import { shortName } from './short-name';
import type { SqlEndpoint } from './sql-endpoint';

export interface SpannerProps {
  readonly name: string;
  readonly project: string;
  readonly region: string;
  readonly nodes: number;
  /** Days that a backup of each day is kept. */
  readonly backupDays: number;
  /** Who signs in. */
  readonly client: string;
  /** Whether a destroy is let through. */
  readonly disposable: boolean;
}

/** How far back every moment can be read: the most that Spanner keeps (Spanner, Point-in-time recovery, recalled 2026-11-22). */
const versionsKept = '7d';

/**
 * Spanner in one region, in three zones, with the dialect of PostgreSQL: no servers to fail over, and writes that no primary bounds.
 * Clients come by Spanner's own API, or through PGAdapter, with their account; there is no password and no address of ours.
 */
export class Spanner extends Construct implements SqlEndpoint {
  readonly host = 'spanner.googleapis.com';
  readonly port = '443';
  /** Its path in Google's names, which clients connect to. */
  readonly database: string;
  readonly user: string;

  constructor(scope: Construct, id: string, { name, project, region, nodes, backupDays, client, disposable }: SpannerProps) {
    super(scope, id);
    const kept = keep({ disposable });
    const instance = new SpannerInstance(this, 'Resource', {
      name: shortName(name, 30),
      displayName: shortName(name, 30),
      config: `regional-${region}`,
      numNodes: nodes,
      // Its own schedule stands below.
      defaultBackupScheduleType: 'NONE',
      forceDestroy: disposable,
      ...kept,
    });
    const database = new SpannerDatabase(this, 'database', {
      instance: instance.name,
      name: 'app',
      databaseDialect: 'POSTGRESQL',
      versionRetentionPeriod: versionsKept,
      deletionProtection: !disposable,
      enableDropProtection: !disposable,
      ...kept,
    });
    new SpannerBackupSchedule(this, 'backups', {
      instance: instance.name,
      database: database.name,
      name: 'daily',
      retentionDuration: `${backupDays * 86_400}s`,
      spec: { cronSpec: { text: '0 2 * * *' } },
      fullBackupSpec: {},
    });
    new SpannerDatabaseIamMember(this, 'client', {
      instance: instance.name,
      database: database.name,
      role: 'roles/spanner.databaseUser',
      member: `serviceAccount:${client}`,
    });
    this.database = `projects/${project}/instances/${instance.name}/databases/${database.name}`;
    this.user = client;
  }
}
