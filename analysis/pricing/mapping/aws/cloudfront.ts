import { blocks, flag } from '../read';
import { assembled, type Part } from '../results';
import type { UsageKey } from '../../usage-keys';
import type { Pool } from '../pools';
import { awsGlobalType } from './place';

/** Where traffic goes, as CloudFront sells it: the key of usage and the name in the book. */
const geographies: readonly { readonly key: UsageKey; readonly sku: string; readonly name: string }[] = [
  { key: 'objectEgressGb', sku: 'us', name: 'North America' },
  { key: 'cdnEuropeGb', sku: 'eu', name: 'Europe' },
  { key: 'cdnAsiaGb', sku: 'asia-pacific', name: 'Asia' },
  { key: 'cdnJapanGb', sku: 'japan', name: 'Japan' },
  { key: 'cdnIndiaGb', sku: 'india', name: 'India' },
  { key: 'cdnAustraliaGb', sku: 'australia', name: 'Australia' },
  { key: 'cdnSouthAmericaGb', sku: 'south-america', name: 'South America' },
  { key: 'cdnAfricaMiddleEastGb', sku: 'africa-middle-east', name: 'Africa and the Middle East' },
];

/** Tiers of traffic are those of an account. */
export const cloudfrontPools: readonly Pool[] = geographies.map(({ sku, name }) => ({
  id: `aws/cdn-${sku}`,
  name: `traffic to ${name}`,
  unit: 'GB',
  rule: { kind: 'beyond', stepsOnly: true, product: { provider: 'aws', service: 'cloudfront', sku: `${sku}/dto` } },
}));

/** A distribution: traffic by geography, requests, and what is switched on. */
export const cloudfrontDistribution = awsGlobalType('aws_cloudfront_distribution', (block, at) => {
  const [certificate] = blocks(block, 'viewer_certificate');
  const ownAddress = certificate !== undefined && certificate.values['ssl_support_method'] === 'vip';
  const shielded = blocks(block, 'origin').some((origin) => blocks(origin, 'origin_shield').some((one) => flag(one, 'enabled') === true));
  const parts: readonly (Part | undefined)[] = [
    ...geographies.map(({ key, sku }): Part => ({
      pool: `aws/cdn-${sku}`,
      dependsOn: key,
      ...(key === 'objectEgressGb' ? {} : { optional: true as const }),
    })),
    at.used('HTTPS requests, at the rate of North America', 'cdnRequestsMillion', 'cloudfront', 'us/https-requests', '10k-requests', {
      factor: 100,
    }),
    at.used('traffic to origins', 'cdnOriginGb', 'cloudfront', 'us/dto-to-origin', 'GB', { optional: true }),
    at.used('invalidated paths', 'cdnInvalidationPaths', 'cloudfront', 'invalidation-over-1k', 'path', { optional: true }),
    shielded
      ? at.used('requests to the origin shield', 'cdnRequestsMillion', 'cloudfront', 'origin-shield-us', '10k-requests', { factor: 100 })
      : undefined,
    ownAddress ? at.monthly('certificate with its own addresses', 'cloudfront', 'dedicated-ip-ssl') : undefined,
  ];
  return assembled(parts, [
    "CloudFront: an account's first 1,024 GB and 10 million requests a month are free and are not deducted; traffic without a geography is priced as North America, which costs the same as Europe.",
  ]);
});

/** A function at the edge. */
export const cloudfrontFunction = awsGlobalType('aws_cloudfront_function', (_, at) =>
  assembled([at.used('invocations', 'cdnFunctionMillion', 'cloudfront', 'cloudfront-functions/invocations', 'million-requests')]),
);

/** A store that such functions read. */
export const cloudfrontKeyValueStore = awsGlobalType('aws_cloudfront_key_value_store', (_, at) =>
  assembled([at.used('reads', 'readUnitsMillion', 'cloudfront', 'function-kv-reads', 'million-requests')]),
);
