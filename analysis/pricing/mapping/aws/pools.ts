import type { Pool } from '../pools';
import { cloudfrontPools } from './cloudfront';

/** A price whose tiers all resources of a region go through together. */
function tiered(id: string, name: string, unit: string, service: string, sku: string): Pool {
  return { id: `aws/${id}`, name, unit, rule: { kind: 'beyond', tiersOnly: true, product: { provider: 'aws', service, sku } } };
}

/** What AWS bills for all resources of an account together. */
export const awsPools: readonly Pool[] = [
  tiered('internet-out', 'traffic to the internet', 'GB', 'data-transfer', 'internet-out'),
  tiered('lambda-x86', 'duration of functions', 'GB-second', 'lambda', 'x86/duration'),
  tiered('lambda-arm', 'duration of functions, Arm', 'GB-second', 'lambda', 'arm/duration'),
  tiered('rest-api', 'calls of REST APIs', 'million-requests', 'api-gateway', 'rest/requests'),
  tiered('http-api', 'calls of HTTP APIs', 'million-requests', 'api-gateway', 'http/requests'),
  tiered('s3-standard', 'storage', 'GB-month', 's3', 'standard/storage'),
  tiered('hosted-zones', 'hosted zones', 'month', 'route53', 'hosted-zone'),
  ...cloudfrontPools,
];
