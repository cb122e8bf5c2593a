import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail';
import { KmsKeyPolicy } from '@cdktf/provider-aws/lib/kms-key-policy';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { keep } from '../keep';
import { terraformJson } from '../template';
import { Bucket } from './bucket';
import { EncryptionKey } from './encryption-key';
import { named, type Site } from './site';
import { accountOf } from './trusted-role';

export interface AuditTrailProps {
  readonly site: Pick<Site, 'prefix' | 'region' | 'disposable'>;
  /** Name of the trail in the account and region. It cannot be changed. */
  readonly name: string;
  /** Days for which no record can be deleted. */
  readonly days: number;
  /** Beginnings of the ARNs of objects whose every reading and writing is recorded too, at a price for each: `arn:aws:s3:::states/shop`. */
  readonly objects: readonly string[];
}

/** Who delivers and encrypts. */
const service = { Service: 'cloudtrail.amazonaws.com' };

/**
 * Who did what in the account, in all its regions: each call that changes or reads a resource. Files are signed each hour, encrypted
 * with a key of their own, and cannot be deleted before their time by anybody, while the environment is kept.
 *
 * Why governance and not compliance mode: what is locked for compliance stays for a year whatever happens, also when an environment
 * is given up. Under governance a person with one right could shorten it, so that the bucket's policy takes that right from everybody;
 * who wants it back changes the policy first, and that is in the record.
 */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { site, name } = props;
    const key = new EncryptionKey(this, 'key', { site, name: `${name}-trail`, description: `Encrypts the records of ${name}.` });
    const account = accountOf(key.arn);
    const trailArn = `arn:aws:cloudtrail:${site.region}:${account}:trail/${name}`;
    const lent = new KmsKeyPolicy(this, 'key_use', { keyId: key.keyId, policy: policyOf(keyStatements(account, trailArn)) });
    const { bucket, ready } = recordsOf(this, props, account, trailArn);
    new Cloudtrail(this, 'Resource', {
      name,
      s3BucketName: bucket.name,
      kmsKeyId: key.arn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      ...selection(props.objects),
      ...named(name),
      ...keep(site),
      dependsOn: [lent, ...ready],
    });
  }
}

interface Records {
  readonly bucket: Bucket;
  /** What has to stand before anything is written. */
  readonly ready: ITerraformDependable[];
}

/** A bucket for nothing else, which only this trail writes to. */
function recordsOf(scope: Construct, { site, days }: AuditTrailProps, account: string, trailArn: string): Records {
  const bucket = new Bucket(scope, 'bucket', {
    site,
    purpose: 'audit',
    holdsData: true,
    versioned: true,
    lockable: true,
    // The day after its lock has ended; then it is a replaced version, which goes a day later.
    expireDays: days + 1,
    expireVersionsDays: 1,
    statements: (arn) => [...bucketStatements(arn, account, trailArn), ...(site.disposable ? [] : [keepLocked(arn)])],
  });
  const lock = new S3BucketObjectLockConfigurationA(scope, 'lock', {
    bucket: bucket.name,
    rule: { defaultRetention: { mode: 'GOVERNANCE', days } },
    dependsOn: [...bucket.settled],
  });
  return { bucket, ready: [...bucket.settled, lock] };
}

/** Management events always; of objects those that are named. Without a selector AWS takes management events alone. */
function selection(objects: readonly string[]) {
  if (objects.length === 0) return {};
  const dataResource = [{ type: 'AWS::S3::Object', values: [...objects] }];
  return { eventSelector: [{ readWriteType: 'All', includeManagementEvents: true, dataResource }] };
}

/** CloudTrail user guide, Amazon S3 bucket policy for CloudTrail, recalled 2026-11-22. */
function bucketStatements(arn: string, account: string, trailArn: string): readonly object[] {
  const ours = { 'aws:SourceArn': trailArn };
  return [
    { Sid: 'TrailLooks', Effect: 'Allow', Principal: service, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: ours } },
    {
      Sid: 'TrailWrites',
      Effect: 'Allow',
      Principal: service,
      Action: 's3:PutObject',
      Resource: `${arn}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...ours } },
    },
  ];
}

function keepLocked(arn: string): object {
  return { Sid: 'KeepLocked', Effect: 'Deny', Principal: '*', Action: 's3:BypassGovernanceRetention', Resource: `${arn}/*` };
}

/** The account's own policies say who reads; the trail may encrypt (CloudTrail user guide, Configure AWS KMS key policies, recalled 2026-11-22). */
function keyStatements(account: string, trailArn: string): readonly object[] {
  const ours = { 'aws:SourceArn': trailArn };
  return [
    { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    {
      Sid: 'TrailEncrypts',
      Effect: 'Allow',
      Principal: service,
      Action: 'kms:GenerateDataKey*',
      Resource: '*',
      Condition: {
        StringEquals: ours,
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${account}:trail/*` },
      },
    },
    { Sid: 'TrailLooks', Effect: 'Allow', Principal: service, Action: 'kms:DescribeKey', Resource: '*', Condition: { StringEquals: ours } },
  ];
}

function policyOf(statements: readonly object[]): string {
  return terraformJson({ Version: '2012-10-17', Statement: statements });
}
