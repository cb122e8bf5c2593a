import { AuditTrail } from '../../../constructs/aws/audit-trail';
import { made, type Resources } from './support';

function trail(disposable: boolean, objects: readonly string[] = []): Resources {
  return made((stack, site) => new AuditTrail(stack, 'audit', { site: { ...site, disposable }, name: 'coach-audit', days: 365, objects }));
}

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of a policy, each reference in them as what it refers to. */
function statements(found: Resources, address: string): readonly Statement[] {
  const text = String(found[address]?.['policy']).replace(/\$\{[^}]*\b(aws_\w+\.\w+)[^}]*\}/g, '<$1>');
  return (JSON.parse(text) as { readonly Statement: readonly Statement[] }).Statement;
}

/** The account stands in the key's ARN. */
const account = '<aws_kms_key.audit_key>';
const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/coach-audit`;

test('a trail of all regions, signed, encrypted with its own key, once both let it write', () => {
  expect(trail(false)['aws_cloudtrail.audit']).toEqual({
    name: 'coach-audit',
    s3_bucket_name: '${aws_s3_bucket.audit_bucket.id}',
    kms_key_id: '${aws_kms_key.audit_key.arn}',
    is_multi_region_trail: true,
    include_global_service_events: true,
    enable_log_file_validation: true,
    enable_logging: true,
    tags: { Name: 'coach-audit' },
    lifecycle: { prevent_destroy: true },
    depends_on: [
      'aws_kms_key_policy.audit_key_use',
      'aws_s3_bucket_policy.audit_bucket_policy',
      'aws_s3_bucket_versioning.audit_bucket_versioning',
      'aws_s3_bucket_object_lock_configuration.audit_lock',
    ],
  });
});

test('it alone writes, by its ARN, and nobody may delete before the time', () => {
  const found = statements(trail(false), 'aws_s3_bucket_policy.audit_bucket_policy');
  expect(found.map(({ Sid, Effect, Action }) => [Sid, Effect, Action])).toEqual([
    ['RefusePlainHttp', 'Deny', 's3:*'],
    ['TrailLooks', 'Allow', 's3:GetBucketAcl'],
    ['TrailWrites', 'Allow', 's3:PutObject'],
    ['KeepLocked', 'Deny', 's3:BypassGovernanceRetention'],
  ]);
  expect(found[2]).toMatchObject({
    Resource: `<aws_s3_bucket.audit_bucket>/AWSLogs/${account}/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': arn } },
  });
  const key = statements(trail(false), 'aws_kms_key_policy.audit_key_use');
  expect(key.map(({ Sid, Action }) => [Sid, Action])).toEqual([
    ['Account', 'kms:*'],
    ['TrailEncrypts', 'kms:GenerateDataKey*'],
    ['TrailLooks', 'kms:DescribeKey'],
  ]);
  expect(key[1]?.Condition).toMatchObject({ StringEquals: { 'aws:SourceArn': arn } });
});

test('records are locked for their time and deleted on the day after', () => {
  const found = trail(false);
  expect(found['aws_s3_bucket.audit_bucket']).toMatchObject({ bucket: 'coach-audit', object_lock_enabled: true, force_destroy: false });
  expect(found['aws_s3_bucket_object_lock_configuration.audit_lock']).toMatchObject({
    rule: { default_retention: { mode: 'GOVERNANCE', days: 365 } },
  });
  expect(found['aws_s3_bucket_lifecycle_configuration.audit_bucket_lifecycle']?.['rule']).toMatchObject([
    { status: 'Enabled', expiration: [{ days: 366 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
  ]);
});

test('a disposable environment can be destroyed, and becoming one replaces nothing', () => {
  const [kept, disposable] = [trail(false), trail(true)];
  expect(Object.keys(disposable)).toEqual(Object.keys(kept));
  expect(disposable['aws_s3_bucket.audit_bucket']).toMatchObject({ object_lock_enabled: true, force_destroy: true });
  expect(statements(disposable, 'aws_s3_bucket_policy.audit_bucket_policy').map(({ Sid }) => Sid)).not.toContain('KeepLocked');
  for (const values of Object.values(disposable)) expect(values).not.toHaveProperty('lifecycle');
});

test('objects that are named are recorded beside the calls of the account', () => {
  expect(trail(false, ['arn:aws:s3:::states/shop'])['aws_cloudtrail.audit']?.['event_selector']).toEqual([
    {
      read_write_type: 'All',
      include_management_events: true,
      data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::states/shop'] }],
    },
  ]);
  expect(trail(false)['aws_cloudtrail.audit']).not.toHaveProperty('event_selector');
});
