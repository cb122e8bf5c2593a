import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { Construct } from 'constructs';
import type { Channel } from '../server';
import { terraformJson } from '../template';
import { Bucket } from './bucket';
import type { ServerRole } from './server-role';
import type { Site } from './site';

export interface ConfigurationChannelProps {
  readonly site: Site;
}

/**
 * The private bucket from which servers read what they run. Terraform updates its objects in place, so that a release, a
 * setting, a secret or an admin key never replaces a server. Servers read by their own role: there is no key to leak or to rotate.
 */
export class ConfigurationChannel extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { site }: ConfigurationChannelProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Default', { site, purpose: 'config', holdsData: false });
  }

  /** What a server of a group must know to find its releases. */
  for(object: string): Channel {
    const { endpoint, region, name } = this.bucket;
    return { endpoint, region, bucket: name, object, key: 'instance-role' };
  }

  /** Lets servers of this role read a group's releases. */
  admit(role: ServerRole, object: string): void {
    role.mayRead('channel', this.bucket.arn, object);
  }

  /** Publishes a group's release. */
  publish(group: string, object: string, document: Readonly<Record<string, unknown>>): void {
    new S3Object(this, group, { bucket: this.bucket.name, key: object, contentType: 'application/json', content: terraformJson(document) });
  }
}
