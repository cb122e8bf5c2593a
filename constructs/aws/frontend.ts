import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { Bucket } from './bucket';
import { Certificate } from './certificate';
import { inGlobalRegion, named, type Site } from './site';
import type { Zone } from './zone';

export interface StaticFrontendProps {
  readonly site: Site;
  readonly zone: Zone;
  readonly domain: string;
  /** How long the edge keeps a file that does not say so itself, in seconds. */
  readonly cacheSeconds: number;
  /** Files of another bucket that it delivers too. @default - none */
  readonly beside?: FilesBeside;
}

/** A part of another bucket, which has to let the distribution in: see `readableBy`. */
export interface FilesBeside {
  readonly bucket: Bucket;
  /** Which requests are for it: `/screenshots/*`. */
  readonly path: string;
  /** The folder in which the bucket has them: `/public`. The path of a request is looked up below it. */
  readonly folder: string;
  /** ARN of a function that these requests go through before the cache. */
  readonly requestFunctionArn: string;
}

/** The managed policy `SecurityHeadersPolicy` (CloudFront developer guide, Use managed response headers policies). */
const securityHeaders = '67f7725c-6f97-4210-82d7-5512b31e9d03';

/** The built frontend in a bucket that only CloudFront reads, delivered at `assets.<domain>`. */
export class StaticFrontend extends Construct {
  /** Address that the application links its assets to. */
  readonly url: string;
  /** ARN of the distribution, which policies of buckets name. */
  readonly distributionArn: string;

  constructor(scope: Construct, id: string, props: StaticFrontendProps) {
    super(scope, id);
    const host = `assets.${props.domain}`;
    const bucket = new Bucket(this, 'bucket', {
      site: props.site,
      purpose: 'frontend',
      holdsData: true,
      // The policy names the distribution, and the distribution the bucket.
      statements: (arn) => [readableBy(Lazy.stringValue({ produce: () => this.distributionArn }), `${arn}/*`)],
    });
    const certificate = new Certificate(this, 'certificate', { zone: props.zone, domain: host, ...inGlobalRegion(props.site) });
    const distribution = this.distribution(props, bucket, host, certificate.arn);
    this.distributionArn = distribution.arn;
    props.zone.alias('assets', { kind: 'alias', host: distribution.domainName, zoneId: distribution.hostedZoneId });
    this.url = `https://${host}`;
  }

  private distribution(
    { site, cacheSeconds, beside }: StaticFrontendProps,
    bucket: Bucket,
    host: string,
    acmCertificateArn: string,
  ): CloudfrontDistribution {
    const name = `${site.prefix}-frontend`;
    const access = new CloudfrontOriginAccessControl(this, 'access', {
      name,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    return new CloudfrontDistribution(this, 'Resource', {
      enabled: true,
      comment: name,
      aliases: [host],
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: 'PriceClass_100',
      origin: [
        { originId: 'bucket', domainName: bucket.domainName, originAccessControlId: access.id },
        ...(beside === undefined ? [] : [originOf(beside, access.id)]),
      ],
      defaultCacheBehavior: behavior('bucket', cacheSeconds),
      ...(beside === undefined ? {} : { orderedCacheBehavior: [behaviorOf(beside, cacheSeconds)] }),
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { acmCertificateArn, sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021' },
      ...named(name),
    });
  }
}

function behavior(targetOriginId: string, cacheSeconds: number) {
  return {
    targetOriginId,
    viewerProtocolPolicy: 'redirect-to-https',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    cachedMethods: ['GET', 'HEAD'],
    compress: true,
    forwardedValues: { queryString: false, cookies: { forward: 'none' } },
    minTtl: 0,
    defaultTtl: cacheSeconds,
    maxTtl: 31_536_000,
    responseHeadersPolicyId: securityHeaders,
  };
}

function originOf({ bucket, folder }: FilesBeside, originAccessControlId: string) {
  return { originId: 'beside', domainName: bucket.domainName, originPath: folder, originAccessControlId };
}

function behaviorOf({ path, requestFunctionArn }: FilesBeside, cacheSeconds: number) {
  return {
    ...behavior('beside', cacheSeconds),
    pathPattern: path,
    functionAssociation: [{ eventType: 'viewer-request', functionArn: requestFunctionArn }],
  };
}

/** Lets a distribution read objects of a bucket, and not ask which there are. @param objects ARN of the objects, which may end in `*` */
export function readableBy(distributionArn: string, objects: string) {
  return {
    Sid: 'ReadFiles',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: objects,
    Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
  };
}
