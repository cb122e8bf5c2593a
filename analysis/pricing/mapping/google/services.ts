import { decimal } from '../../decimal';
import type { Place } from '../place';
import { placeOf } from '../place';
import { attributesOf, blocks, text, textOr, why } from '../read';
import { assembled, unpriced } from '../results';
import type { Mapping } from '../types';
import { googleGlobalType, googleType, internetEgress } from './place';

/** Locations of several regions, as the book calls them. */
const wide: Readonly<Record<string, string>> = { us: 'multi-us', eu: 'multi-eu', asia: 'multi-asia' };

/** A bucket by its class and place. */
export const storageBucket: Mapping = {
  type: 'google_storage_bucket',
  map: (node, graph) => {
    const block = attributesOf(node);
    const location = text(block, 'location')?.toLowerCase();
    const kind = textOr(block, 'storage_class', 'STANDARD')?.toLowerCase();
    if (location === undefined || kind === undefined) return unpriced(why(block, location === undefined ? 'location' : 'storage_class'));
    const at: Place = placeOf('google', wide[location] ?? location, node, graph);
    return assembled(
      [
        at.used(`storage, ${kind}`, 'objectStorageGb', 'gcs', `${kind}/storage`, 'GB-month'),
        at.used('writes and listings', 'objectWritesMillion', 'gcs', `${kind}/operations-classA1000`, '1k-requests', {
          factor: 1000,
          optional: true,
        }),
        at.used('reads', 'objectReadsMillion', 'gcs', `${kind}/operations-classB1000`, '1k-requests', { factor: 1000, optional: true }),
        kind === 'standard' ? undefined : at.used('retrieval', 'objectRetrievalGb', 'gcs', `${kind}/retrieval`, 'GB', { optional: true }),
        internetEgress(placeOf('google', location in wide ? 'us-central1' : location, node, graph), 'objectEgressGb'),
      ],
      location in wide ? ['Google: traffic of buckets that lie in several regions is priced as that of us-central1.'] : [],
    );
  },
};

const pubsubNote = "Pub/Sub: an account's first 10 GB a month are free and are not deducted.";

/** Messages are billed where they come in and where they go out. */
export const pubsub = [
  googleGlobalType('google_pubsub_topic', (_, at) =>
    assembled([at.used('messages in', 'ingestGb', 'pubsub', 'message-delivery', 'TiB', { factor: 1 / 1024 })], [pubsubNote]),
  ),
  googleGlobalType('google_pubsub_subscription', (_, at) =>
    assembled([at.used('messages out', 'outGb', 'pubsub', 'message-delivery', 'TiB', { factor: 1 / 1024 })], [pubsubNote]),
  ),
];

/** A zone and what is asked for it. */
export const dnsZone = googleGlobalType('google_dns_managed_zone', (_, at) =>
  assembled(
    [
      at.monthly('managed zone', 'cloud-dns', 'managed-zone'),
      at.used('queries', 'dnsQueriesMillion', 'cloud-dns', 'queries', 'million-requests'),
    ],
    ["Cloud DNS: a project's zones beyond the 25th cost less, which is not applied."],
  ),
);

/** A version of a secret, which is what is billed. */
export const secretVersion = googleGlobalType('google_secret_manager_secret_version', (_, at) =>
  assembled([
    at.monthly('secret version', 'secret-manager', 'active-secret-version'),
    at.used('calls', 'secretCallsMillion', 'secret-manager', 'access-operations', '10k-requests', { factor: 100 }),
  ]),
);

/** A key by its active version and its calls. */
export const cryptoKey = googleGlobalType('google_kms_crypto_key', (_, at) =>
  assembled([
    at.monthly('key version', 'cloud-kms', 'software-key-version'),
    at.used('calls', 'kmsRequestsMillion', 'cloud-kms', 'operations', '10k-requests', { factor: 100 }),
  ]),
);

/** A policy in front of load balancers, and its rules. */
export const securityPolicy = googleGlobalType('google_compute_security_policy', (block, at) => {
  const rules = blocks(block, 'rule').length;
  return assembled([
    at.monthly('security policy', 'cloud-armor', 'standard/security-policy'),
    rules === 0 ? undefined : at.monthly('rules', 'cloud-armor', 'standard/rule', decimal(rules)),
    at.used('requests', 'requestsMillion', 'cloud-armor', 'standard/requests', 'million-requests'),
  ]);
});

/** Container images and packages. */
export const registries = ['google_artifact_registry_repository', 'google_container_registry'].map((type) =>
  googleType(type, (_, at) => assembled([at.used('images', 'registryGb', 'artifact-registry', 'storage', 'GB-month')])),
);

/** Functions by their calls. */
export const functions = ['google_cloudfunctions_function', 'google_cloudfunctions2_function'].map((type) =>
  googleGlobalType(type, (_, at) =>
    assembled([
      at.used('calls', 'lambdaRequestsMillion', 'cloud-functions', 'invocations', 'million-requests'),
      { name: 'compute time', reason: 'the price book has no price for compute time of functions' },
    ]),
  ),
);

/** Logs that are taken in, which pays for their first thirty days, and kept for longer. */
export const logBuckets = ['google_logging_project_bucket_config'].map((type) =>
  googleGlobalType(type, (_, at) =>
    assembled(
      [
        at.used('logs', 'logsGb', 'cloud-logging', 'ingestion', 'GB'),
        at.used('logs kept past 30 days', 'logStorageGb', 'cloud-logging', 'retention-past-30-days', 'GB-month', { optional: true }),
      ],
      ["Cloud Logging: a project's first 50 GiB a month are free and are not deducted."],
    ),
  ),
);

/** Traffic through a CDN. */
export const cdnBucket = googleGlobalType('google_compute_backend_bucket', (block, at) => {
  if (block.values['enable_cdn'] !== true) return { kind: 'free', reason: 'it names a bucket, which is priced itself' };
  return assembled([
    at.used('traffic to North America', 'cdnEgressGb', 'cloud-cdn', 'cache-egress-north-america/0-10TiB', 'GB'),
    at.used('lookups', 'cdnRequestsMillion', 'cloud-cdn', 'cache-lookups', '10k-requests', { factor: 100 }),
  ]);
});
