import { googleMappings } from '../../../analysis/pricing/mapping/google';
import { lines, gaps, type Resources } from './aws/support';
import { bill, describeTypes, type TypeCase } from './type-cases';

/** Worked out by hand from the book: each line is quantity times price, the total their sum. */
const cases: readonly TypeCase[] = [
  [
    'a machine with a 50 GB disk and an external address',
    {
      'google_compute_instance.x': {
        machine_type: 'e2-medium',
        zone: 'us-central1-a',
        boot_disk: [{ initialize_params: [{ size: 50, type: 'pd-balanced' }] }],
        network_interface: [{ access_config: [{}] }],
      },
    },
    { egressGb: 2000 },
    [
      'boot disk pd-balanced: 50 GB-month x 0.1 = 5.00',
      'external address: 730 hour x 0.005 = 3.65',
      'machine e2-medium: 730 hour x 0.03350571 = 24.46',
      'traffic to the internet, first 1,024 GB: 1024 GB x 0.12 = 122.88',
      'traffic to the internet, next 9,216 GB: 976 GB x 0.11 = 107.36',
    ],
    '263.35',
  ],
  [
    'a machine whose image decides the size of its disk',
    { 'google_compute_instance.x': { machine_type: 'n2-standard-2', boot_disk: [{}] } },
    {},
    ['boot disk pd-standard: 10 GB-month x 0.04 = 0.40', 'machine n2-standard-2: 730 hour x 0.097118 = 70.90'],
    '71.30',
  ],
  [
    'nodes of a type that is sold with cards, which the pool names once more',
    {
      'google_container_node_pool.x': {
        location: 'us-central1',
        autoscaling: [{ total_min_node_count: 2, total_max_node_count: 2 }],
        node_config: [
          {
            machine_type: 'a2-ultragpu-1g',
            disk_size_gb: 200,
            disk_type: 'pd-balanced',
            guest_accelerator: [{ type: 'nvidia-a100-80gb', count: 1 }],
          },
        ],
      },
    },
    {},
    [
      'cards nvidia-a100-80gb: 1460 hour x 3.92808 = 5735.00',
      'machine a2-ultragpu-1g: 1460 hour x 1.099622 = 1605.45',
      'node disk pd-balanced: 400 GB-month x 0.1 = 40.00',
    ],
    '7380.45',
  ],
  [
    'a spot machine',
    { 'google_compute_instance.x': { machine_type: 'e2-standard-2', scheduling: [{ provisioning_model: 'SPOT' }] } },
    {},
    ['machine e2-standard-2 (spot: a price of one day; it moves): 730 hour x 0.026792 = 19.56'],
    '19.56',
  ],
  [
    'a machine with an L4: machine and card apart',
    { 'google_compute_instance.x': { machine_type: 'g2-standard-24' } },
    {},
    ['cards nvidia-l4: 1460 hour x 0.56004 = 817.66', 'machine g2-standard-24: 730 hour x 0.8807521 = 642.95'],
    '1460.61',
  ],
  [
    'a machine with two T4 attached, and a local disk',
    {
      'google_compute_instance.x': {
        machine_type: 'n1-standard-4',
        guest_accelerator: [{ type: 'nvidia-tesla-t4', count: 2 }],
        scratch_disk: [{ interface: 'NVME' }],
      },
    },
    {},
    [
      'cards nvidia-tesla-t4: 1460 hour x 0.35 = 511.00',
      'local disks: 375 GB-month x 0.08 = 30.00',
      'machine n1-standard-4: 730 hour x 0.189999 = 138.70',
    ],
    '679.70',
  ],
  [
    'a group of 2 to 6 machines',
    {
      'google_compute_instance_template.t': {
        machine_type: 'e2-standard-2',
        disk: [{ source_image: 'debian', disk_size_gb: 20, disk_type: 'pd-ssd' }],
      },
      'google_compute_region_instance_group_manager.x': { version: [{ instance_template: '${google_compute_instance_template.t.id}' }] },
      'google_compute_region_autoscaler.x': {
        target: '${google_compute_region_instance_group_manager.x.id}',
        autoscaling_policy: [{ min_replicas: 2, max_replicas: 6 }],
      },
    },
    {},
    ['disk pd-ssd: 80 GB-month x 0.17 = 13.60', 'machine e2-standard-2: 2920 hour x 0.06701142 = 195.67'],
    '209.27',
  ],
  [
    'disks and what they keep',
    {
      'google_compute_disk.a': { size: 100, type: 'pd-ssd' },
      'google_compute_disk.b': { size: 100, type: 'hyperdisk-balanced', provisioned_iops: 5000, provisioned_throughput: 240 },
      'google_compute_snapshot.x': {},
      'google_compute_image.x': {},
    },
    { snapshotGb: 100 },
    [
      'disk pd-ssd: 100 GB-month x 0.17 = 17.00',
      'IOPS beyond 3,000: 2000 GB-month x 0.005 = 10.00',
      'disk hyperdisk-balanced: 100 GB-month x 0.08 = 8.00',
      'throughput beyond 140 MB/s: 100 GB-month x 0.04 = 4.00',
      'image: 50 GB-month x 0.05 = 2.50',
      'snapshot: 50 GB-month x 0.026 = 1.30',
    ],
    '42.80',
  ],
  [
    'a cluster in a zone with its default pool of 3',
    {
      'google_container_cluster.x': {
        location: 'us-central1-a',
        initial_node_count: 3,
        node_config: [{ machine_type: 'e2-standard-4', disk_size_gb: 50, disk_type: 'pd-standard' }],
      },
    },
    {},
    [
      'cluster management: 730 hour x 0.1 = 73.00',
      'machine e2-standard-4: 2190 hour x 0.13402284 = 293.51',
      'node disk pd-standard: 150 GB-month x 0.04 = 6.00',
    ],
    '372.51',
  ],
  [
    'a cluster in a region: 1 to 3 nodes in each of 3 zones',
    {
      'google_container_cluster.x': { location: 'us-central1', remove_default_node_pool: true, initial_node_count: 1 },
      'google_container_node_pool.x': {
        cluster: '${google_container_cluster.x.name}',
        location: 'us-central1',
        node_config: [{ machine_type: 'e2-standard-4' }],
        autoscaling: [{ min_node_count: 1, max_node_count: 3 }],
      },
    },
    {},
    [
      'cluster management: 730 hour x 0.1 = 73.00',
      'machine e2-standard-4: 4380 hour x 0.13402284 = 587.02',
      'node disk pd-balanced: 600 GB-month x 0.1 = 60.00',
    ],
    '720.02',
  ],
  [
    'a cluster without nodes',
    { 'google_container_cluster.x': { location: 'us-central1', enable_autopilot: true } },
    { podCpuHours: 1000, podGbHours: 4000 },
    [
      'cluster management: 730 hour x 0.1 = 73.00',
      'memory of pods: 4000 GB-hour x 0.0049225 = 19.69',
      'vCPU of pods: 1000 vCPU-hour x 0.0445 = 44.50',
    ],
    '137.19',
  ],
  [
    'a database of 2 vCPUs and 7.5 GB in two zones',
    {
      'google_sql_database_instance.x': {
        database_version: 'POSTGRES_16',
        settings: [{ tier: 'db-custom-2-7680', availability_type: 'REGIONAL', disk_size: 100 }],
      },
    },
    { backupGb: 50 },
    [
      'backups: 50 GB-month x 0.08 = 4.00',
      'memory of db-custom-2-7680, regional-ha: 5475 GB-hour x 0.014 = 76.65',
      'storage, regional-ha: 100 GB-month x 0.34 = 34.00',
      'vCPUs of db-custom-2-7680, regional-ha: 1460 vCPU-hour x 0.0826 = 120.60',
    ],
    '235.25',
  ],
  [
    'the smallest database, with the least disk',
    { 'google_sql_database_instance.x': { database_version: 'MYSQL_8_0', settings: [{ tier: 'db-f1-micro' }] } },
    {},
    ['server db-f1-micro, zonal: 730 hour x 0.0105 = 7.67', 'storage, zonal: 10 GB-month x 0.17 = 1.70'],
    '9.37',
  ],
  [
    'AlloyDB: a primary of 4 vCPUs and its standby, and a pool of 2',
    {
      'google_alloydb_instance.x': { machine_config: [{ cpu_count: 4 }] },
      'google_alloydb_instance.r': {
        instance_type: 'READ_POOL',
        machine_config: [{ cpu_count: 2 }],
        read_pool_config: [{ node_count: 2 }],
      },
    },
    {},
    [
      'memory: 23360 GB-hour x 0.0112 = 261.63',
      'vCPUs: 2920 vCPU-hour x 0.06608 = 192.95',
      'memory: 46720 GB-hour x 0.0112 = 523.26',
      'vCPUs: 5840 vCPU-hour x 0.06608 = 385.91',
    ],
    '1363.75',
  ],
  [
    'Redis: 5 GB with a standby, and 1 GB alone',
    { 'google_redis_instance.x': { tier: 'STANDARD_HA', memory_size_gb: 5 }, 'google_redis_instance.y': { memory_size_gb: 1 } },
    {},
    ['memory, with a standby: 3650 GB-hour x 0.054 = 197.10', 'memory, one server: 730 GB-hour x 0.049 = 35.77'],
    '232.87',
  ],
  [
    'a Redis cluster of 3 shards, each with a replica',
    { 'google_redis_cluster.x': { shard_count: 3, replica_count: 1, node_type: 'REDIS_STANDARD_SMALL' } },
    {},
    ['node standard-small: 4380 hour x 0.1425 = 624.15'],
    '624.15',
  ],
  [
    'seven forwarding rules: five together, two more',
    { 'google_compute_forwarding_rule.x': { count: 7 } },
    { loadBalancerGb: 700 },
    [
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'forwarding rules: 730 hour x 0.025 = 18.25',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'forwarding rules: 730 hour x 0.01 = 7.30',
      'data through the load balancer: 100 GB x 0.008 = 0.80',
      'forwarding rules: 730 hour x 0.01 = 7.30',
    ],
    '38.45',
  ],
  [
    'a NAT gateway for ten machines',
    { 'google_compute_router_nat.x': {} },
    { instances: 10, natGb: 100 },
    ['data through the gateway: 100 GB x 0.045 = 4.50', 'machines behind the gateway: 7300 VM-hour x 0.0014 = 10.22'],
    '14.72',
  ],
  ['an address that nothing holds', { 'google_compute_address.x': {} }, {}, ['address that nothing holds: 730 hour x 0.01 = 7.30'], '7.30'],
  ['a tunnel', { 'google_compute_vpn_tunnel.x': {} }, {}, ['tunnel: 730 hour x 0.05 = 36.50'], '36.50'],
  [
    'buckets: one in several regions, one for what is seldom read',
    { 'google_storage_bucket.a': { location: 'US' }, 'google_storage_bucket.b': { location: 'us-central1', storage_class: 'NEARLINE' } },
    { objectStorageGb: 2000, objectWritesMillion: 2, objectReadsMillion: 2, objectRetrievalGb: 100 },
    [
      'reads: 1000 1k-requests x 0.0004 = 0.40',
      'storage, standard: 1000 GB-month x 0.026 = 26.00',
      'writes and listings: 1000 1k-requests x 0.005 = 5.00',
      'reads: 1000 1k-requests x 0.001 = 1.00',
      'retrieval: 100 GB x 0.01 = 1.00',
      'storage, nearline: 1000 GB-month x 0.01 = 10.00',
      'writes and listings: 1000 1k-requests x 0.01 = 10.00',
    ],
    '53.40',
  ],
  [
    'messages: a TiB in, two out',
    { 'google_pubsub_topic.x': {}, 'google_pubsub_subscription.x': {} },
    { ingestGb: 1024, outGb: 2048 },
    ['messages out: 2 TiB x 40 = 80.00', 'messages in: 1 TiB x 40 = 40.00'],
    '120.00',
  ],
  [
    'a service that runs as long as it answers: 10 M x 0.2 s',
    {
      'google_cloud_run_v2_service.x': {
        location: 'us-central1',
        template: [{ containers: [{ image: 'x', resources: [{ limits: { cpu: '1000m', memory: '512Mi' } }] }] }],
      },
    },
    { requestsMillion: 10, lambdaMs: 200 },
    [
      'memory while it answers: 1000000 GiB-second x 0.0000025 = 2.50',
      'requests: 10 million-requests x 0.4 = 4.00',
      'vCPU while it answers: 2000000 vCPU-second x 0.000024 = 48.00',
    ],
    '54.50',
  ],
  [
    'a zone',
    { 'google_dns_managed_zone.x': {} },
    { dnsQueriesMillion: 10 },
    ['managed zone: 1 month x 0.2 = 0.20', 'queries: 10 million-requests x 0.4 = 4.00'],
    '4.20',
  ],
  [
    'secrets, keys and a policy with two rules',
    { 'google_secret_manager_secret_version.x': {}, 'google_kms_crypto_key.x': {}, 'google_compute_security_policy.x': { rule: [{}, {}] } },
    { secretCallsMillion: 1, kmsRequestsMillion: 1, requestsMillion: 10 },
    [
      'requests: 10 million-requests x 0.75 = 7.50',
      'rules: 2 month x 1 = 2.00',
      'security policy: 1 month x 5 = 5.00',
      'calls: 100 10k-requests x 0.03 = 3.00',
      'key version: 1 month x 0.06 = 0.06',
      'calls: 100 10k-requests x 0.03 = 3.00',
      'secret version: 1 month x 0.06 = 0.06',
    ],
    '20.62',
  ],
  ['logs', { 'google_logging_project_bucket_config.x': {} }, { logsGb: 100 }, ['logs: 100 GB x 0.5 = 50.00'], '50.00'],
  [
    'a CDN before a bucket',
    { 'google_compute_backend_bucket.x': { enable_cdn: true } },
    { cdnEgressGb: 1000, cdnRequestsMillion: 10 },
    ['lookups: 1000 10k-requests x 0.0075 = 7.50', 'traffic to North America: 1000 GB x 0.08 = 80.00'],
    '87.50',
  ],
];

describeTypes(
  googleMappings.map((mapping) => mapping.type),
  cases,
);

describe('unpriced or free, with the reason', () => {
  test.each<readonly [string, Resources, readonly string[]]>([
    [
      'a region without prices',
      { 'google_compute_instance.a': { machine_type: 'e2-medium', zone: 'me-west1-a', network_interface: [] } },
      [
        'the price book has no price for google/compute-engine/e2-medium in me-west1; it has one in asia-southeast1, europe-west1, us-central1',
        'the price book has no price for google/network/internet-egress-premium in me-west1; it has one in us-central1',
      ],
    ],
    [
      'a machine of an own size',
      { 'google_compute_instance.a': { machine_type: 'custom-4-5120' } },
      ['the price book has no price for google/compute-engine/custom-4-5120@us-central1'],
    ],
    [
      'a licence',
      { 'google_sql_database_instance.a': { database_version: 'SQLSERVER_2022_STANDARD', settings: [{ tier: 'db-f1-micro' }] } },
      ['licence: the price book has no price for SQL Server licences'],
    ],
    [
      'instances that are kept',
      { 'google_cloud_run_v2_service.a': { template: [{ scaling: [{ min_instance_count: 1 }] }] } },
      ['instances that are kept: the price book has no price for idle instances'],
    ],
  ])('%s', (_, resources, reasons) => expect(gaps(bill(resources))).toEqual(reasons));

  test('an address in use is billed with what holds it', () => {
    const answer = bill({
      'google_compute_address.ip': {},
      'google_compute_instance.a': {
        machine_type: 'e2-medium',
        network_interface: [{ access_config: [{ nat_ip: '${google_compute_address.ip.address}' }] }],
      },
    });
    expect(answer.free.map((one) => one.reason)).toEqual([
      'an address in use is billed with the machine that holds it; one of a load balancer is free',
    ]);
    expect(lines(answer).filter((line) => line.startsWith('external'))).toEqual(['external address: 730 hour x 0.005 = 3.65']);
  });
});
