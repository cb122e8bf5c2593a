import { IamAccessKey } from '@cdktf/provider-aws/lib/iam-access-key';
import { IamUserPolicy } from '@cdktf/provider-aws/lib/iam-user-policy';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { IBucketAccess } from '../object-storage';
import { terraformJson } from '../template';
import { allow } from './policy';
import { keep } from '../keep';
import type { Site } from './site';

export interface BucketProps {
  readonly site: Pick<Site, 'prefix' | 'region' | 'disposable'>;
  /** Last part of the bucket's name, behind the environment's prefix. */
  readonly purpose: string;
  /** Whether its loss is a loss of data; then only a disposable environment may destroy it. */
  readonly holdsData: boolean;
  /** Whether replaced and deleted objects are kept as versions. @default - false */
  readonly versioned?: boolean;
  /** After how many days a version that was replaced is deleted. @default - never */
  readonly expireVersionsDays?: number;
  /** After how many days an object is deleted, which then is a version that was replaced. @default - never */
  readonly expireDays?: number;
  /** Whether its versions can be locked for a time. It cannot be changed. @default - false */
  readonly lockable?: boolean;
  /** Statements of its policy beside the one that refuses plain HTTP. @default - none */
  readonly statements?: (bucketArn: string) => readonly object[];
}

/** A private S3 bucket: encrypted, closed to the public whatever a policy says, and to plain HTTP. */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Address of the S3 API in its region. */
  readonly endpoint: string;
  readonly domainName: string;
  /** What has to stand before a service writes here: its policy, and its versioning if versions are kept. */
  readonly settled: ITerraformDependable[] = [];
  private readonly site: BucketProps['site'];

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    this.site = props.site;
    const bucket = new S3Bucket(this, 'Resource', {
      bucket: `${props.site.prefix}-${props.purpose}`,
      forceDestroy: props.site.disposable || !props.holdsData,
      ...(props.lockable === true ? { objectLockEnabled: true } : {}),
      ...(props.holdsData ? keep(props.site) : {}),
    });
    this.name = bucket.id;
    this.arn = bucket.arn;
    this.region = props.site.region;
    this.endpoint = `https://s3.${props.site.region}.amazonaws.com`;
    this.domainName = bucket.bucketRegionalDomainName;
    this.protect(props);
    if (props.versioned === true) this.keepVersions(props);
  }

  /**
   * A key of its own that opens this bucket and no other. A container cannot have its server's role: it does not reach the metadata
   * service. @param name in the account, behind the environment's prefix
   */
  grant(id: string, permission: 'read' | 'readwrite', name = `${this.node.id}-${id}`): IBucketAccess {
    const user = new IamUser(this, id, { name: `${this.site.prefix}-${name}`, path: '/terrace/' });
    new IamUserPolicy(this, `${id}_policy`, {
      name: 'bucket',
      user: user.name,
      policy: terraformJson({ Version: '2012-10-17', Statement: statements(this.arn, permission) }),
    });
    const key = new IamAccessKey(this, `${id}_key`, { user: user.name });
    return { bucket: this.name, region: this.region, endpoint: this.endpoint, accessKeyId: key.id, secretAccessKey: key.secret };
  }

  private protect({ statements: own }: BucketProps): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.name,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    const closed = new S3BucketPublicAccessBlock(this, 'closed', {
      bucket: this.name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = terraformJson({ Version: '2012-10-17', Statement: [refusePlainHttp(this.arn), ...(own?.(this.arn) ?? [])] });
    // S3 refuses two changes of one bucket's access at a time.
    this.settled.push(new S3BucketPolicy(this, 'policy', { bucket: this.name, policy, dependsOn: [closed] }));
  }

  private keepVersions({ expireVersionsDays, expireDays }: BucketProps): void {
    const versioning = new S3BucketVersioningA(this, 'versioning', { bucket: this.name, versioningConfiguration: { status: 'Enabled' } });
    this.settled.push(versioning);
    if (expireVersionsDays === undefined) return;
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.name,
      rule: [
        {
          id: 'replaced-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: expireVersionsDays }],
          ...(expireDays === undefined ? {} : { expiration: [{ days: expireDays }] }),
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}

function refusePlainHttp(arn: string) {
  return {
    Sid: 'RefusePlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function statements(arn: string, permission: 'read' | 'readwrite') {
  const objects = permission === 'read' ? ['s3:GetObject'] : ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];
  return [allow(['s3:ListBucket', 's3:GetBucketLocation'], [arn]), allow(objects, [`${arn}/*`])];
}
