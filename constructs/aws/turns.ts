import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { Construct } from 'constructs';
import type { Lease } from '../server';
import { Bucket } from './bucket';
import type { Site } from './site';

export interface TurnsProps {
  readonly site: Site;
  /** The group whose members take turns. */
  readonly group: string;
  /** Members that may be down at once. */
  readonly atOnce: number;
}

/** The bucket in which members of a group that grows and shrinks claim their turns: theirs to write, and with nothing else in it. */
export class Turns extends Construct {
  readonly lease: Lease;

  constructor(scope: Construct, id: string, { site, group, atOnce }: TurnsProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Default', { site, purpose: `${group}-turns`, holdsData: false });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.name,
      rule: [
        {
          id: 'turns-that-are-over',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    const { endpoint, region, accessKeyId, secretAccessKey, bucket: name } = bucket.grant('members', 'readwrite', `${group}-turns`);
    this.lease = { atOnce, endpoint, region, bucket: name, accessKeyId, secretKey: secretAccessKey };
  }
}
