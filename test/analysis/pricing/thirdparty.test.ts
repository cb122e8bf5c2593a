import type { JsonObject } from '../../../analysis/graph';
import { thirdPartyMappings } from '../../../analysis/pricing/mapping/thirdparty';
import { bill, describeTypes, type TypeCase } from './type-cases';

/** Worked out by hand from the book: each line is quantity times price, the total their sum. */
const cases: readonly TypeCase[] = [
  ['a zone on the Pro plan, by the month', { 'cloudflare_zone.x': { plan: 'pro' } }, {}, ['plan pro: 1 month x 25 = 25.00'], '25.00'],
  [
    'a subscription to the Business plan',
    { 'cloudflare_zone_subscription.x': { rate_plan: { id: 'business' } } },
    {},
    ['plan business: 1 month x 250 = 250.00'],
    '250.00',
  ],
  [
    'a bucket',
    { 'cloudflare_r2_bucket.x': {} },
    { objectStorageGb: 1000, objectWritesMillion: 10, objectReadsMillion: 100 },
    [
      'reads: 100 million-requests x 0.36 = 36.00',
      'storage: 1000 GB-month x 0.015 = 15.00',
      'writes and listings: 10 million-requests x 4.5 = 45.00',
    ],
    '96.00',
  ],
  [
    'two workers share a plan: 5 + (30 - 10) x 0.30 + (150 - 30) x 0.02',
    { 'cloudflare_workers_script.a': {}, 'cloudflare_workers_script.b': {} },
    { lambdaRequestsMillion: 30, workerMs: 5 },
    [
      'CPU time of workers beyond the plan: 60 million-ms x 0.02 = 1.20',
      'Workers, paid plan: 1 month x 5 = 5.00',
      'calls of workers beyond the plan: 10 million-requests x 0.3 = 3.00',
      'CPU time of workers beyond the plan: 60 million-ms x 0.02 = 1.20',
      'calls of workers beyond the plan: 10 million-requests x 0.3 = 3.00',
    ],
    '13.40',
  ],
  [
    'a store of workers: 5 + (20 - 10) x 0.50 + (3 - 1) x 5 + (11 - 1) x 0.50',
    { 'cloudflare_workers_kv_namespace.x': {} },
    { readUnitsMillion: 20, writeUnitsMillion: 3, storageGb: 11 },
    [
      'Workers, paid plan: 1 month x 5 = 5.00',
      'reads beyond the plan: 10 million-requests x 0.5 = 5.00',
      'storage beyond the plan: 10 GB-month x 0.5 = 5.00',
      'writes beyond the plan: 2 million-requests x 5 = 10.00',
    ],
    '25.00',
  ],
  [
    'load balancing over three origins: 5 + 5',
    { 'cloudflare_load_balancer.x': {}, 'cloudflare_load_balancer_pool.x': { origins: [{}, {}, {}] } },
    { dnsQueriesMillion: 2 },
    [
      'DNS queries: 4 500k-queries x 0.5 = 2.00',
      'load balancing with two origins: 1 month x 5 = 5.00',
      'further origin: 1 month x 5 = 5.00',
    ],
    '12.00',
  ],
  [
    'smart routing and certificates',
    { 'cloudflare_argo_smart_routing.x': {}, 'cloudflare_certificate_pack.x': {} },
    { objectEgressGb: 100 },
    ['smart routing: 1 month x 5 = 5.00', 'traffic: 100 GB x 0.1 = 10.00', 'advanced certificates of a zone: 1 month x 10 = 10.00'],
    '25.00',
  ],
  ['people', { 'cloudflare_zero_trust_organization.x': {} }, { users: 60 }, ['people: 60 month x 7 = 420.00'], '420.00'],
  [
    '20 hosts, 10 of them traced',
    { 'datadog_integration_aws_account.x': {} },
    { monitoredHosts: 20, tracedHosts: 10 },
    ['hosts: 20 month x 18 = 360.00', 'hosts with tracing: 10 month x 36 = 360.00'],
    '720.00',
  ],
  [
    'logs',
    { 'datadog_logs_index.x': {} },
    { logsGb: 100, eventsMillion: 50 },
    ['logs indexed for 15 days: 50 million-events x 1.7 = 85.00', 'logs taken in: 100 GB x 0.1 = 10.00'],
    '95.00',
  ],
  [
    'a test every 5 minutes from 3 places: 26,280 runs',
    { 'datadog_synthetics_test.x': { type: 'api', locations: ['a', 'b', 'c'], options_list: [{ tick_every: 300 }] } },
    {},
    ['API tests: 2.628 10k-runs x 5 = 13.14'],
    '13.14',
  ],
  [
    'two people on call',
    { 'pagerduty_user.x': { count: 2, role: 'user' } },
    {},
    ['person: 1 month x 25 = 25.00', 'person: 1 month x 25 = 25.00'],
    '50.00',
  ],
  [
    'an index by use, and one of pods',
    {
      'pinecone_index.a': { spec: { serverless: { cloud: 'aws', region: 'us-east-1' } } },
      'pinecone_index.b': { spec: { pod: { pod_type: 'p1.x1', pods: 2 } } },
    },
    { storageGb: 100, readUnitsMillion: 10, writeUnitsMillion: 5 },
    [
      'read units: 10 million-units x 16 = 160.00',
      'storage: 100 GB-month x 0.33 = 33.00',
      'write units: 5 million-units x 4 = 20.00',
      'pod p1.x1: 1460 hour x 0.111 = 162.06',
    ],
    '375.06',
  ],
];

describeTypes(
  thirdPartyMappings.map((mapping) => mapping.type),
  cases,
);

test('plans cost less by the year: Pro 25 or 20, Business 250 or 200, a host 18 or 15, a person 25 or 21', () => {
  const answer = bill(
    {
      'cloudflare_zone.x': { plan: 'pro' },
      'cloudflare_zone_subscription.x': { rate_plan: { id: 'business' } },
      'datadog_integration_aws_account.x': {},
      'pagerduty_user.x': {},
    },
    { monitoredHosts: 1 },
  );
  expect([answer.monthly, answer.committed.typical].map((one) => one.toFixed(2))).toEqual(['318.00', '256.00']);
});

describe('what runs in a cluster', () => {
  test.each<readonly [string, JsonObject, string]>([
    ['kubernetes_service_v1', { spec: [{ type: 'ClusterIP' }] }, 'it runs on nodes of its cluster, which are priced themselves'],
    [
      'kubernetes_service_v1',
      { spec: [{ type: 'LoadBalancer' }] },
      'the cluster makes a load balancer for it, of a kind that this resource does not state',
    ],
    [
      'kubernetes_persistent_volume_claim_v1',
      { spec: [{ storage_class_name: 'fast' }] },
      'the cluster makes a volume for it of the class "fast", of a kind that this resource does not state',
    ],
    [
      'helm_release',
      {},
      'what a chart makes is not in Terraform; what runs on nodes is priced with them, volumes and load balancers are not',
    ],
  ])('%s', (type, body, reason) => {
    const answer = bill({ [`${type}.x`]: body });
    expect([...answer.free, ...answer.unpriced].map((one) => one.reason)).toEqual([reason]);
  });
});
