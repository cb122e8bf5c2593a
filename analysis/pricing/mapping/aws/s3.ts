import { bodies } from '../../../graph/json';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { assembled, type Part } from '../results';
import type { UsageKey } from '../../usage-keys';
import { awsType, ownInternetOut, transferNote, internetOut } from './place';

/** Storage classes beside the standard one, by the usage that fills them. */
const classes: readonly { readonly key: UsageKey; readonly sku: string; readonly name: string }[] = [
  { key: 'objectInfrequentGb', sku: 'standard-ia', name: 'infrequent access' },
  { key: 'objectOneZoneGb', sku: 'one-zone-ia', name: 'one zone, infrequent access' },
  { key: 'objectInstantArchiveGb', sku: 'glacier-ir', name: 'archive, instant' },
  { key: 'objectArchiveGb', sku: 'glacier-flexible', name: 'archive' },
  { key: 'objectDeepArchiveGb', sku: 'deep-archive', name: 'deep archive' },
];

/** A bucket: what it keeps, by class, and how it is read. The steps of the standard class are those of a region. */
export const s3Bucket = awsType('aws_s3_bucket', (_, at) => {
  const parts: readonly Part[] = [
    { pool: 'aws/s3-standard', region: at.region, dependsOn: 'objectStorageGb' },
    ...classes.map(({ key, sku, name }) => at.used(`storage, ${name}`, key, 's3', `${sku}/storage`, 'GB-month', { optional: true })),
    at.used('writes and listings', 'objectWritesMillion', 's3', 'standard/put-copy-post-list', '1k-requests', {
      factor: 1000,
      optional: true,
    }),
    at.used('reads', 'objectReadsMillion', 's3', 'standard/get-select', '1k-requests', { factor: 1000, optional: true }),
    at.used('retrieval from infrequent access', 'objectRetrievalGb', 's3', 'standard-ia/retrieval', 'GB', { optional: true }),
    isServedByCdn(at) ? ownInternetOut(at, 'bucketEgressGb') : { ...internetOut(at), dependsOn: 'objectEgressGb' },
  ];
  return assembled(parts, [
    transferNote,
    'S3: what goes from a bucket to CloudFront is free; requests are priced only where usage has a figure for them.',
  ]);
});

/** What distributions take their content from: addresses of resources, and names of hosts, by which a state knows a bucket. */
const origins = perGraph(
  (graph) =>
    new Set(
      graph
        .ofType('aws_cloudfront_distribution')
        .flatMap((one) => [
          ...one.references,
          ...bodies(one.values['origin']).flatMap((origin) => (typeof origin['domain_name'] === 'string' ? [origin['domain_name']] : [])),
        ]),
    ),
);

/** A distribution that names the bucket carries its traffic. */
function isServedByCdn({ graph, node }: Place): boolean {
  const names = [node.address, node.values['bucket_regional_domain_name'], node.values['bucket_domain_name']];
  return names.some((name) => typeof name === 'string' && origins(graph).has(name));
}
