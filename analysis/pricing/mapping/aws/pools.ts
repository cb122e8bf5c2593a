import type { Pool } from '../pools';
import { cloudfrontPools } from './cloudfront';

/** A price whose steps all resources of a region go through together. */
function inSteps(id: string, name: string, unit: string, service: string, sku: string): Pool {
  return { id: `aws/${id}`, name, unit, rule: { kind: 'beyond', stepsOnly: true, product: { provider: 'aws', service, sku } } };
}

/** What AWS bills for all resources of an account together. */
export const awsPools: readonly Pool[] = [
  inSteps('internet-out', 'traffic to the internet', 'GB', 'data-transfer', 'internet-out'),
  inSteps('lambda-x86', 'duration of functions', 'GB-second', 'lambda', 'x86/duration'),
  inSteps('lambda-arm', 'duration of functions, Arm', 'GB-second', 'lambda', 'arm/duration'),
  inSteps('rest-api', 'calls of REST APIs', 'million-requests', 'api-gateway', 'rest/requests'),
  inSteps('http-api', 'calls of HTTP APIs', 'million-requests', 'api-gateway', 'http/requests'),
  inSteps('s3-standard', 'storage', 'GB-month', 's3', 'standard/storage'),
  inSteps('hosted-zones', 'hosted zones', 'month', 'route53', 'hosted-zone'),
  ...cloudfrontPools,
];
