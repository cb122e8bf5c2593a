import { SpacesBucket, type SpacesBucketLifecycleRule } from '@cdktf/provider-digitalocean/lib/spaces-bucket';
import { SpacesKey } from '@cdktf/provider-digitalocean/lib/spaces-key';
import { Construct } from 'constructs';
import type { IBucketAccess } from '../object-storage';
import { keep } from '../keep';
import type { Site } from './site';

export interface BucketProps {
  readonly site: Site;
  /** Last part of the bucket's name, behind the environment's prefix. */
  readonly purpose: string;
  /** Whether its loss is a loss of data; then only a disposable environment may destroy it. */
  readonly holdsData: boolean;
  /** Whether replaced and deleted objects are kept as versions. @default - false */
  readonly versioned?: boolean;
  /** After how many days a version that was replaced is deleted. @default - never */
  readonly expireVersionsDays?: number;
  /** After how many days an object itself is deleted. @default - never */
  readonly expireObjectsDays?: number;
}

/** A private Spaces bucket. */
export class Bucket extends Construct {
  readonly name: string;
  readonly region: string;
  readonly endpoint: string;
  readonly domainName: string;
  private readonly site: Site;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    this.site = props.site;
    const bucket = new SpacesBucket(this, 'Resource', {
      name: `${props.site.prefix}-${props.purpose}`,
      region: props.site.spacesRegion,
      acl: 'private',
      forceDestroy: props.site.disposable || !props.holdsData,
      ...(props.versioned === true ? { versioning: { enabled: true } } : {}),
      ...lifecycle(props),
      ...(props.holdsData ? keep(props.site) : {}),
    });
    props.site.project.add(bucket.urn);
    this.name = bucket.name;
    this.region = bucket.region;
    this.domainName = bucket.bucketDomainName;
    this.endpoint = `https://${props.site.spacesRegion}.digitaloceanspaces.com`;
  }

  /** A key of its own that opens this bucket and no other. @param name in the account, behind the environment's prefix */
  grant(id: string, permission: 'read' | 'readwrite', name = `${this.node.id}-${id}`): IBucketAccess {
    const key = new SpacesKey(this, id, {
      name: `${this.site.prefix}-${name}`,
      grant: [{ bucket: this.name, permission }],
    });
    return { bucket: this.name, region: this.region, endpoint: this.endpoint, accessKeyId: key.accessKey, secretAccessKey: key.secretKey };
  }
}

function lifecycle({ expireVersionsDays, expireObjectsDays }: BucketProps): { readonly lifecycleRule?: SpacesBucketLifecycleRule[] } {
  const rules = [
    ...(expireVersionsDays === undefined ? [] : [expireVersions(expireVersionsDays)]),
    ...(expireObjectsDays === undefined ? [] : [{ enabled: true, expiration: { days: expireObjectsDays } }]),
  ];
  return rules.length === 0 ? {} : { lifecycleRule: rules };
}

function expireVersions(days: number): SpacesBucketLifecycleRule {
  return { enabled: true, noncurrentVersionExpiration: { days }, abortIncompleteMultipartUploadDays: 7 };
}
