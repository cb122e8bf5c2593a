import { blocks, text, textOr, why } from '../read';
import { assembled, free, freeType, type Part, unpriced, unpricedType } from '../results';
import type { Pool } from '../pools';
import type { Mapping, Product } from '../types';
import type { Place } from '../place';
import { typeOf } from './place';

const cloudflareType = typeOf('cloudflare');

function product(service: string, sku: string): Product {
  return { provider: 'cloudflare', service, sku };
}

/** What Cloudflare bills for an account, or beyond what its paid plan of Workers includes. */
export const cloudflarePools: readonly Pool[] = [
  { id: 'cloudflare/workers', name: 'Workers, paid plan', unit: 'month', rule: { kind: 'once', product: product('workers', 'paid-base') } },
  {
    id: 'cloudflare/workers-requests',
    name: 'calls of workers beyond the plan',
    unit: 'million-requests',
    rule: { kind: 'beyond', product: product('workers', 'requests-over-10M'), included: product('workers', 'requests-included') },
  },
  {
    id: 'cloudflare/workers-cpu',
    name: 'CPU time of workers beyond the plan',
    unit: 'million-ms',
    rule: { kind: 'beyond', product: product('workers', 'cpu-time-over-30M-ms'), included: product('workers', 'cpu-time-included') },
  },
  {
    id: 'cloudflare/kv-reads',
    name: 'reads beyond the plan',
    unit: 'million-requests',
    rule: { kind: 'beyond', product: product('workers-kv', 'reads-over-10M'), included: product('workers-kv', 'reads-included') },
  },
  {
    id: 'cloudflare/kv-writes',
    name: 'writes beyond the plan',
    unit: 'million-requests',
    rule: { kind: 'beyond', product: product('workers-kv', 'writes-over-1M'), included: product('workers-kv', 'writes-included') },
  },
  {
    id: 'cloudflare/kv-storage',
    name: 'storage beyond the plan',
    unit: 'GB-month',
    rule: { kind: 'beyond', product: product('workers-kv', 'storage-over-1GB'), included: product('workers-kv', 'storage-included') },
  },
  {
    id: 'cloudflare/load-balancing',
    name: 'load balancing with two origins',
    unit: 'month',
    rule: { kind: 'once', product: product('load-balancing', 'base-2-origins') },
  },
  {
    id: 'cloudflare/origins',
    name: 'further origin',
    unit: 'month',
    rule: {
      kind: 'after-free',
      free: 2,
      product: product('load-balancing', 'additional-origin'),
      reason: 'two origins are part of load balancing',
    },
  },
];

const plans: ReadonlySet<string | undefined> = new Set(['pro', 'business']);

/** A plan of a zone, paid by the month; a year in advance costs less. */
function plan(at: Place, name: string | undefined): Part | undefined {
  return plans.has(name)
    ? { ...at.monthly(`plan ${name}`, 'plan', `${name}/monthly-billing`), committed: [at.product('plan', `${name}/annual-billing`)] }
    : undefined;
}

const zone = cloudflareType('cloudflare_zone', (block, at) => {
  const name = textOr(block, 'plan', 'free');
  const part = plan(at, name);
  if (part !== undefined) return assembled([part]);
  return name === 'free' ? free('the free plan; a paid one is a subscription, which is priced itself') : unpriced(why(block, 'plan'));
});

const subscription = cloudflareType('cloudflare_zone_subscription', (block, at) => {
  const [rate] = blocks(block, 'rate_plan');
  const name = rate === undefined ? undefined : text(rate, 'id');
  const part = plan(at, name);
  if (part !== undefined) return assembled([part]);
  return name === 'free'
    ? free('the free plan')
    : unpriced(name === undefined ? why(block, 'rate_plan') : `the price book has no price for the plan "${name}"`);
});

const bucket = cloudflareType('cloudflare_r2_bucket', (block, at) => {
  const kind = textOr(block, 'storage_class', 'Standard') === 'InfrequentAccess' ? 'infrequent-access' : 'standard';
  return assembled(
    [
      at.used('storage', 'objectStorageGb', 'r2', `${kind}/storage`, 'GB-month'),
      at.used('writes and listings', 'objectWritesMillion', 'r2', `${kind}/class-a`, 'million-requests'),
      at.used('reads', 'objectReadsMillion', 'r2', `${kind}/class-b`, 'million-requests'),
      kind === 'standard' ? undefined : at.used('retrieval', 'objectRetrievalGb', 'r2', 'infrequent-access/retrieval', 'GB'),
    ],
    [
      "R2: an account's first 10 GB, million writes and 10 million reads a month are free and are not deducted; what is used is rounded up to whole units, which is not applied.",
    ],
  );
});

const worker = (type: string): Mapping =>
  cloudflareType(type, () =>
    assembled([
      { pool: 'cloudflare/workers' },
      { pool: 'cloudflare/workers-requests', dependsOn: 'lambdaRequestsMillion' },
      { pool: 'cloudflare/workers-cpu', dependsOn: 'lambdaRequestsMillion', times: 'workerMs' },
    ]),
  );

const store = cloudflareType('cloudflare_workers_kv_namespace', () =>
  assembled([
    { pool: 'cloudflare/workers' },
    { pool: 'cloudflare/kv-reads', dependsOn: 'readUnitsMillion' },
    { pool: 'cloudflare/kv-writes', dependsOn: 'writeUnitsMillion' },
    { pool: 'cloudflare/kv-storage', dependsOn: 'storageGb' },
  ]),
);

const balancer = cloudflareType('cloudflare_load_balancer', (_, at) =>
  assembled(
    [
      { pool: 'cloudflare/load-balancing' },
      at.used('DNS queries', 'dnsQueriesMillion', 'load-balancing', 'dns-queries-over-500k', '500k-queries', { factor: 2 }),
    ],
    ["Cloudflare: an account's first 500,000 queries of load balancers a month are free and are not deducted."],
  ),
);

const origins = cloudflareType('cloudflare_load_balancer_pool', (block) => {
  const count = blocks(block, 'origins').length;
  return count === 0
    ? unpriced(why(block, 'origins'))
    : assembled(Array.from({ length: count }, (): Part => ({ pool: 'cloudflare/origins' })));
});

const argo = ['cloudflare_argo', 'cloudflare_argo_smart_routing'].map((type) =>
  cloudflareType(type, (_, at) =>
    assembled([at.monthly('smart routing', 'argo', 'base'), at.used('traffic', 'objectEgressGb', 'argo', 'data', 'GB')]),
  ),
);

const certificates = cloudflareType('cloudflare_certificate_pack', (_, at) =>
  assembled([at.monthly('advanced certificates of a zone', 'advanced-certificate-manager', 'zone')]),
);

const people = cloudflareType('cloudflare_zero_trust_organization', (_, at) =>
  assembled(
    [at.used('people', 'users', 'zero-trust', 'user', 'month')],
    ["Zero Trust: an account's first 50 people are free and are not deducted."],
  ),
);

const partOfPlan = 'part of the plan of its zone';

const freeOnes: Readonly<Record<string, readonly string[]>> = {
  [partOfPlan]: [
    'access_rule',
    'dns_record',
    'record',
    'filter',
    'firewall_rule',
    'list',
    'list_item',
    'page_rule',
    'ruleset',
    'rate_limit',
    'tiered_cache',
    'regional_hostname',
    'zone_dnssec',
    'zone_setting',
    'zone_settings_override',
    'zone_lockdown',
    'managed_transforms',
    'authenticated_origin_pulls',
    'origin_ca_certificate',
    'email_routing_rule',
    'email_routing_settings',
    'web_analytics_site',
    'turnstile_widget',
    'bot_management',
    'waiting_room_rules',
  ],
  'a part of a worker, whose calls are billed': [
    'workers_route',
    'worker_route',
    'workers_domain',
    'worker_domain',
    'workers_cron_trigger',
    'worker_cron_trigger',
    'workers_secret',
    'worker_secret',
    'workers_kv',
    'workers_deployment',
    'workers_custom_domain',
    'workers_script_subdomain',
  ],
  'part of load balancing, which is priced itself': ['load_balancer_monitor'],
  'static sites are free': ['pages_project', 'pages_domain'],
  'tunnels and policies are billed by people': [
    'tunnel',
    'tunnel_config',
    'zero_trust_tunnel_cloudflared',
    'zero_trust_tunnel_cloudflared_config',
    'zero_trust_tunnel_cloudflared_route',
    'zero_trust_access_application',
    'zero_trust_access_policy',
    'zero_trust_access_group',
    'zero_trust_access_identity_provider',
    'zero_trust_gateway_policy',
    'access_application',
    'access_policy',
    'access_group',
  ],
  'an entry in the account': [
    'account',
    'account_member',
    'account_token',
    'api_token',
    'notification_policy',
    'notification_policy_webhooks',
    'r2_bucket_cors',
    'r2_bucket_lifecycle',
    'r2_custom_domain',
    'r2_managed_domain',
  ],
};

const unknownOnes: Readonly<Record<string, readonly string[]>> = {
  'the price book has no price for it': [
    'd1_database',
    'queue',
    'spectrum_application',
    'waiting_room',
    'stream',
    'image',
    'logpush_job',
    'hyperdrive_config',
    'magic_transit_connector',
    'healthcheck',
    'custom_hostname',
  ],
};

/** Cloudflare's types. */
export const cloudflareMappings: readonly Mapping[] = [
  zone,
  subscription,
  bucket,
  worker('cloudflare_workers_script'),
  worker('cloudflare_worker_script'),
  store,
  balancer,
  origins,
  ...argo,
  certificates,
  people,
  ...Object.entries(freeOnes).flatMap(([reason, names]) => names.map((name) => freeType(`cloudflare_${name}`, reason))),
  ...Object.entries(unknownOnes).flatMap(([reason, names]) => names.map((name) => unpricedType(`cloudflare_${name}`, reason))),
];
