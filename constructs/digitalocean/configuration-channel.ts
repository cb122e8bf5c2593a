import { SpacesBucketObject } from '@cdktf/provider-digitalocean/lib/spaces-bucket-object';
import { SpacesKey } from '@cdktf/provider-digitalocean/lib/spaces-key';
import { Construct } from 'constructs';
import type { Channel, ChannelKey } from '../server';
import { terraformJson } from '../template';
import { Bucket } from './bucket';
import type { Site } from './site';

export interface ConfigurationChannelProps {
  readonly site: Site;
  /** Generations of the servers' key that are valid, oldest first; at least one. */
  readonly keyGenerations: readonly number[];
}

/**
 * The private bucket from which servers read what they run. Terraform updates its objects in place, so that a release, a
 * setting, a secret or an admin key never replaces a server.
 */
export class ConfigurationChannel extends Construct {
  /** The newest key, which releases bring to the servers. */
  readonly newestKey: ChannelKey;
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ConfigurationChannelProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Default', { site: props.site, purpose: 'config', holdsData: false });
    const keys = props.keyGenerations.map((generation) => this.key(props.site, generation));
    const newest = keys.at(-1);
    if (newest === undefined) throw new RangeError('a configuration channel needs at least one key generation');
    this.newestKey = newest;
  }

  /** What a server of a group must know to find its releases. */
  for(object: string): Channel {
    const { endpoint, region, name } = this.bucket;
    return { endpoint, region, bucket: name, object, key: this.newestKey };
  }

  /** Publishes a group's release. */
  publish(group: string, object: string, document: Readonly<Record<string, unknown>>): void {
    new SpacesBucketObject(this, group, {
      region: this.bucket.region,
      bucket: this.bucket.name,
      key: object,
      contentType: 'application/json',
      content: terraformJson(document),
    });
  }

  private key(site: Site, generation: number): ChannelKey {
    const key = new SpacesKey(this, `key_${generation}`, {
      name: `${site.prefix}-config-${generation}`,
      grant: [{ bucket: this.bucket.name, permission: 'read' }],
    });
    return { generation, accessKeyId: key.accessKey, secretKey: key.secretKey };
  }
}
