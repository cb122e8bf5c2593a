import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectExclusion } from '@cdktf/provider-google/lib/logging-project-exclusion';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import { Construct } from 'constructs';
import { keep } from '../keep';

/** A service of Google whose use is recorded. */
export interface AuditedService {
  /** `spanner.googleapis.com` */
  readonly service: string;
  /** Account whose reading and writing of data is left out: an app's every statement would be a record, and billed as one. @default - nobody */
  readonly without?: string;
}

export interface AuditLogProps {
  readonly name: string;
  readonly project: string;
  /** Where the records lie. */
  readonly region: string;
  /** Days for which they are kept. */
  readonly days: number;
  /** By the last part of their addresses. */
  readonly services: Readonly<Record<string, AuditedService>>;
  /** Whether a destroy is let through. */
  readonly disposable: boolean;
}

/**
 * Who did what in a project of Google: what changes a resource, which Google records always, and of some services also who read and
 * wrote, in a bucket of logs of one region. Google's own bucket for the rest is global and keeps 30 days: records of data are kept
 * out of it. What changes a resource stands in another bucket of Google's as well, for 400 days, which nobody can turn off or move
 * (Cloud Logging, Data regionality, recalled 2026-11-22).
 *
 * Why the bucket is not locked: a lock can never be taken off again, and a locked bucket that holds anything cannot be deleted.
 */
export class AuditLog extends Construct {
  constructor(scope: Construct, id: string, { name, project, region, days, services, disposable }: AuditLogProps) {
    super(scope, id);
    const bucket = new LoggingProjectBucketConfig(this, 'Resource', {
      project,
      location: region,
      bucketId: name,
      retentionDays: days,
      description: 'Who did what.',
      ...keep({ disposable }),
    });
    new LoggingProjectSink(this, 'records', {
      name,
      destination: `logging.googleapis.com/${bucket.id}`,
      filter: 'logName:"cloudaudit.googleapis.com"',
      uniqueWriterIdentity: true,
    });
    new LoggingProjectExclusion(this, 'elsewhere', {
      name,
      description: `Records of data are kept in ${region}.`,
      filter: 'log_id("cloudaudit.googleapis.com/data_access")',
    });
    for (const [part, audited] of Object.entries(services)) new ProjectIamAuditConfig(this, part, { project, ...recorded(audited) });
  }
}

function recorded({ service, without }: AuditedService) {
  const exempted = without === undefined ? {} : { exemptedMembers: [`serviceAccount:${without}`] };
  return {
    service,
    auditLogConfig: [{ logType: 'ADMIN_READ' }, { logType: 'DATA_READ', ...exempted }, { logType: 'DATA_WRITE', ...exempted }],
  };
}
