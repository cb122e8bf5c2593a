import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, text, why } from '../read';
import { assembled, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsGlobalType, awsType } from './place';

/** A zone: the first 25 of an account cost more than further ones. */
export const route53Zone = awsGlobalType('aws_route53_zone', (block, at) =>
  assembled([
    { pool: 'aws/hosted-zones' },
    blocks(block, 'vpc').length > 0
      ? undefined
      : at.used('queries', 'dnsQueriesMillion', 'route53', 'standard-queries', 'million-requests'),
  ]),
);

/** Kinds of checks that look at no endpoint. */
const withoutEndpoint: ReadonlySet<string | undefined> = new Set(['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL']);

/** A health check, of which no resource says whether its endpoint runs on AWS: the dearer of the two is taken. */
export const route53HealthCheck = awsGlobalType('aws_route53_health_check', mapCheck);

function mapCheck(block: Block, at: Place): MappingResult {
  const type = text(block, 'type');
  if (type === undefined) return unpriced(why(block, 'type'));
  if (withoutEndpoint.has(type)) return assembled([at.monthly('health check', 'route53', 'health-check-aws-endpoint')]);
  const features = decimal(
    [type.startsWith('HTTPS'), type.endsWith('STR_MATCH'), isFast(block), flag(block, 'measure_latency') === true].filter((one) => one)
      .length,
  );
  const optional: Part | undefined = features.isZero()
    ? undefined
    : at.monthly('optional features of the health check', 'route53', 'health-check-optional-feature-non-aws', features);
  return assembled(
    [at.monthly('health check', 'route53', 'health-check-non-aws-endpoint'), optional],
    [
      "Route 53: health checks are priced as checks of endpoints outside of AWS, because no resource says where an endpoint is; within AWS they cost a third less, and an account's first 50 nothing.",
    ],
  );
}

/** Every 10 seconds in place of every 30. */
function isFast(block: Block): boolean {
  return countOr(block, 'request_interval', 30)?.eq(10) === true;
}

/** A resolver endpoint, billed by each of its addresses. */
export const resolverEndpoint = awsType('aws_route53_resolver_endpoint', (block, at) => {
  const addresses = blocks(block, 'ip_address').length;
  if (addresses === 0) return unpriced(why(block, 'ip_address'));
  return assembled([at.hourly('resolver address', 'route53', 'resolver-endpoint-eni', { quantity: decimal(addresses) })]);
});
