import { Cdn } from '@cdktf/provider-digitalocean/lib/cdn';
import { SpacesBucketPolicy } from '@cdktf/provider-digitalocean/lib/spaces-bucket-policy';
import { Construct } from 'constructs';
import { terraformJson } from '../template';
import { Bucket } from './bucket';
import { freeCertificate } from './free-certificate';
import type { Site } from './site';
import type { Zone } from './zone';

export interface StaticFrontendProps {
  readonly site: Site;
  readonly zone: Zone;
  readonly domain: string;
  /** How long the edge keeps a file, in seconds. */
  readonly cacheSeconds: number;
}

/** The built frontend in a bucket, delivered at `assets.<domain>` by DigitalOcean's CDN. */
export class StaticFrontend extends Construct {
  /** Address that the application links its assets to. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: StaticFrontendProps) {
    super(scope, id);
    const host = `assets.${props.domain}`;
    const bucket = new Bucket(this, 'bucket', { site: props.site, purpose: 'frontend', holdsData: true });
    new SpacesBucketPolicy(this, 'policy', { bucket: bucket.name, region: bucket.region, policy: readableByAll(bucket.name) });
    const certificate = freeCertificate(this, host, `assets.${props.zone.domain}`);
    const cdn = new Cdn(this, 'Resource', {
      origin: bucket.domainName,
      ttl: props.cacheSeconds,
      customDomain: host,
      certificateName: certificate.name,
    });
    props.zone.alias('assets', cdn.endpoint);
    this.url = `https://${host}`;
  }
}

/** Anyone may read a file whose name they know; no one may list them. */
function readableByAll(bucket: string): string {
  return terraformJson({
    Version: '2012-10-17',
    Statement: [{ Sid: 'ReadFiles', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] }],
  });
}
