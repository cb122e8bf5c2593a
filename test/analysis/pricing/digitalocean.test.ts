import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { graphFromSynthesis } from '../../../analysis/graph';
import type { JsonObject } from '../../../analysis/graph';
import { estimate, isMapped, usageFigure } from '../../../analysis/pricing';
import type { Usage } from '../../../analysis/pricing';
import { digitalOceanMappings } from '../../../analysis/pricing/mapping/digitalocean';
import { bill, book, lines } from './support';

type Resources = Readonly<Record<string, JsonObject>>;

/** Every folder of the bindings that is a resource: `droplet-autoscale` is `digitalocean_droplet_autoscale`. */
function providerTypes(): readonly string[] {
  const folder = join(dirname(require.resolve('@cdktf/provider-digitalocean/package.json')), 'lib');
  const names = readdirSync(folder).filter(
    (name) => !name.startsWith('data-') && name !== 'provider' && existsSync(join(folder, name, 'index.d.ts')),
  );
  return names.map((name) => `digitalocean_${name.replaceAll('-', '_')}`);
}

describe('every resource type of the provider', () => {
  const types = providerTypes();

  test('are 70, and each has one mapping', () => {
    expect(types).toHaveLength(70);
    expect(digitalOceanMappings.map((mapping) => mapping.type).sort()).toEqual([...types].sort());
  });

  test.each(types)('%s is priced, free or unpriced with a reason, even without any argument', (type) => {
    expect(isMapped(type)).toBe(true);
    const answer = bill({ [`${type}.x`]: {} });
    const answers = [
      ...answer.lines.map((line) => line.name),
      ...answer.free.map((one) => one.reason),
      ...answer.unpriced.map((one) => one.reason),
    ];
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every((answer) => answer.length > 5)).toBe(true);
  });
});

/** Each invoice is worked out by hand from the list prices of the book. */
describe('invoices, to the cent', () => {
  test.each<[string, Resources, Usage, readonly string[], string]>([
    [
      'a droplet is its monthly price, not 730 hours of its hourly one',
      { 'digitalocean_droplet.app': { size: 's-4vcpu-8gb' } },
      {},
      ['droplet s-4vcpu-8gb: 1 month x 48 = 48.00'],
      '48.00',
    ],
    [
      'weekly backups are 20 %',
      { 'digitalocean_droplet.app': { size: 's-4vcpu-8gb', backups: true } },
      {},
      ['droplet s-4vcpu-8gb: 1 month x 48 = 48.00', 'weekly backups: 1 month x 9.6 = 9.60'],
      '57.60',
    ],
    [
      'daily backups are 30 %',
      { 'digitalocean_droplet.app': { size: 's-1vcpu-512mb-10gb', backups: true, backup_policy: { plan: 'daily', hour: 4 } } },
      {},
      ['daily backups: 1 month x 1.2 = 1.20', 'droplet s-1vcpu-512mb-10gb: 1 month x 4 = 4.00'],
      '5.20',
    ],
    [
      'GPU droplets run 730 hours: 730 x 1.57',
      { 'digitalocean_droplet.gpu': { size: 'gpu-l40sx1-48gb' } },
      {},
      ['droplet gpu-l40sx1-48gb: 730 hour x 1.57 = 1146.10'],
      '1146.10',
    ],
    [
      'backups of a GPU droplet: 20 % of 730 x 4.41 = 643.86',
      { 'digitalocean_droplet.gpu': { size: 'gpu-h100x1-80gb', backups: true } },
      {},
      ['droplet gpu-h100x1-80gb: 730 hour x 4.41 = 3219.30', 'weekly backups: 1 month x 643.86 = 643.86'],
      '3863.16',
    ],
    [
      'count is so many: 3 x 24',
      { 'digitalocean_droplet.app': { count: 3, size: 's-2vcpu-4gb' } },
      {},
      Array.from({ length: 3 }, () => 'droplet s-2vcpu-4gb: 1 month x 24 = 24.00'),
      '72.00',
    ],
    [
      'for_each is so many, each by its own size',
      { 'digitalocean_droplet.app': { for_each: { a: 's-1vcpu-1gb', b: 's-1vcpu-2gb' }, size: '${each.value}' } },
      {},
      ['droplet s-1vcpu-1gb: 1 month x 6 = 6.00', 'droplet s-1vcpu-2gb: 1 month x 12 = 12.00'],
      '18.00',
    ],
    [
      'an autoscale pool of 3 to 6: middle 4.5, rounded up to 5',
      {
        'digitalocean_droplet_autoscale.app': {
          config: { min_instances: 3, max_instances: 6, target_cpu_utilization: 0.7 },
          droplet_template: { size: 's-8vcpu-16gb' },
        },
      },
      {},
      ['droplets s-8vcpu-16gb: 5 month x 96 = 480.00'],
      '480.00',
    ],
    [
      'a fixed autoscale pool',
      { 'digitalocean_droplet_autoscale.app': { config: [{ target_number_instances: 2 }], droplet_template: [{ size: 's-8vcpu-16gb' }] } },
      {},
      ['droplets s-8vcpu-16gb: 2 month x 96 = 192.00'],
      '192.00',
    ],
    [
      'PostgreSQL with one node',
      { 'digitalocean_database_cluster.db': { engine: 'pg', size: 'db-s-1vcpu-2gb', node_count: 1 } },
      {},
      ['managed postgresql db-s-1vcpu-2gb: 1 month x 30.45 = 30.45'],
      '30.45',
    ],
    [
      'PostgreSQL with two standbys: 122.10 x 3',
      { 'digitalocean_database_cluster.db': { engine: 'pg', size: 'db-s-4vcpu-8gb', node_count: 3 } },
      {},
      ['managed postgresql db-s-4vcpu-8gb: 1 month x 122.1 = 122.10', 'standby db-s-4vcpu-8gb: 2 month x 122.1 = 244.20'],
      '366.30',
    ],
    [
      'MySQL with a standby: 60.90 x 2',
      { 'digitalocean_database_cluster.db': { engine: 'mysql', size: 'db-s-2vcpu-4gb', node_count: 2 } },
      {},
      ['managed mysql db-s-2vcpu-4gb: 1 month x 60.9 = 60.90', 'standby db-s-2vcpu-4gb: 1 month x 60.9 = 60.90'],
      '121.80',
    ],
    [
      'Valkey by node: 2 x 30; its storage is not sold apart',
      { 'digitalocean_database_cluster.cache': { engine: 'valkey', size: 'db-s-1vcpu-2gb', node_count: 2, storage_size_mib: '61440' } },
      {},
      ['managed valkey db-s-1vcpu-2gb: 2 month x 30 = 60.00'],
      '60.00',
    ],
    [
      'a replica of its own size',
      {
        'digitalocean_database_cluster.db': { engine: 'pg', size: 'db-s-1vcpu-1gb', node_count: 1 },
        'digitalocean_database_replica.r': { cluster_id: '${digitalocean_database_cluster.db.id}', size: 'db-s-2vcpu-4gb' },
      },
      {},
      ['managed postgresql db-s-1vcpu-1gb: 1 month x 15.15 = 15.15', 'read replica db-s-2vcpu-4gb: 1 month x 60.9 = 60.90'],
      '76.05',
    ],
    [
      "a replica of its primary's size",
      {
        'digitalocean_database_cluster.db': { engine: 'pg', size: 'db-s-1vcpu-2gb', node_count: 1 },
        'digitalocean_database_replica.r': { cluster_id: '${digitalocean_database_cluster.db.id}' },
      },
      {},
      ['managed postgresql db-s-1vcpu-2gb: 1 month x 30.45 = 30.45', 'read replica db-s-1vcpu-2gb: 1 month x 30.45 = 30.45'],
      '60.90',
    ],
    [
      'a load balancer of one node',
      { 'digitalocean_loadbalancer.lb': { region: 'fra1' } },
      {},
      ['load balancer node: 1 month x 12 = 12.00'],
      '12.00',
    ],
    [
      'a load balancer of four nodes',
      { 'digitalocean_loadbalancer.lb': { size_unit: 4 } },
      {},
      ['load balancer node: 4 month x 12 = 48.00'],
      '48.00',
    ],
    [
      'the old name for three nodes',
      { 'digitalocean_loadbalancer.lb': { size: 'lb-medium' } },
      {},
      ['load balancer node: 3 month x 12 = 36.00'],
      '36.00',
    ],
    [
      'a network load balancer',
      { 'digitalocean_loadbalancer.lb': { type: 'REGIONAL_NETWORK', size_unit: 2 } },
      {},
      ['network load balancer node: 2 month x 15 = 30.00'],
      '30.00',
    ],
    [
      'a global load balancer: 15 + (40 - 25) x 0.70 + (1500 - 1000) x 0.02',
      { 'digitalocean_loadbalancer.lb': { type: 'GLOBAL' } },
      {
        resources: {
          'digitalocean_loadbalancer.lb': {
            requestsMillion: usageFigure(40, 40, 40, 'given'),
            loadBalancerGb: usageFigure(1500, 1500, 1500, 'given'),
          },
        },
      },
      [
        'global load balancer: 1 month x 15 = 15.00',
        'global load balancer requests beyond the allowance: 15 million-requests x 0.7 = 10.50',
        'global load balancer transfer beyond the allowance: 500 GB x 0.02 = 10.00',
      ],
      '35.50',
    ],
    ['a volume: 100 x 0.10', { 'digitalocean_volume.data': { size: 100 } }, {}, ['block storage: 100 GB-month x 0.1 = 10.00'], '10.00'],
    [
      'a snapshot of a volume, at most its 50 GB: 50 x 0.06',
      { 'digitalocean_volume.data': { size: 50 }, 'digitalocean_volume_snapshot.s': { volume_id: '${digitalocean_volume.data.id}' } },
      {},
      ['block storage: 50 GB-month x 0.1 = 5.00', 'snapshot of a volume: 50 GB-month x 0.06 = 3.00'],
      '8.00',
    ],
    [
      'a snapshot of a droplet, at most its 160 GB: 160 x 0.06',
      {
        'digitalocean_droplet.a': { size: 's-4vcpu-8gb' },
        'digitalocean_droplet_snapshot.s': { droplet_id: '${digitalocean_droplet.a.id}' },
      },
      {},
      ['droplet s-4vcpu-8gb: 1 month x 48 = 48.00', 'snapshot of a droplet: 160 GB-month x 0.06 = 9.60'],
      '57.60',
    ],
    [
      'a custom image by usage',
      { 'digitalocean_custom_image.i': {} },
      { components: { i: { snapshotGb: usageFigure(1, 2.5, 5, 'given') } } },
      ['custom image: 2.5 GB-month x 0.06 = 0.15'],
      '0.15',
    ],
    [
      'three buckets share one subscription',
      { 'digitalocean_spaces_bucket.a': {}, 'digitalocean_spaces_bucket.b': {}, 'digitalocean_spaces_bucket.c': {} },
      {},
      ['Spaces subscription: 1 month x 5 = 5.00'],
      '5.00',
    ],
    [
      'storage and transfer of buckets: (400 - 250) x 0.02, (2048 - 1024) x 0.01',
      { 'digitalocean_spaces_bucket.a': {} },
      {
        components: { a: { objectStorageGb: usageFigure(400, 400, 400, 'given'), objectEgressGb: usageFigure(2048, 2048, 2048, 'given') } },
      },
      [
        'Spaces storage beyond the subscription: 150 GB-month x 0.02 = 3.00',
        'Spaces subscription: 1 month x 5 = 5.00',
        'Spaces transfer beyond the subscription: 1024 GB x 0.01 = 10.24',
      ],
      '18.24',
    ],
    [
      'two droplets bring 4000 GB each; 9000 GB leave: 1000 x 0.01',
      { 'digitalocean_droplet.app': { count: 2, size: 's-2vcpu-4gb' } },
      { total: { egressGb: usageFigure(9000, 9000, 9000, 'given') } },
      [
        'droplet s-2vcpu-4gb: 1 month x 24 = 24.00',
        'outbound transfer beyond the pool: 1000 GB x 0.01 = 10.00',
        'droplet s-2vcpu-4gb: 1 month x 24 = 24.00',
      ],
      '58.00',
    ],
    [
      'the first uptime check is free, further ones cost 1',
      { 'digitalocean_uptime_check.a': {}, 'digitalocean_uptime_check.b': {}, 'digitalocean_uptime_check.c': {} },
      {},
      ['uptime check: 1 month x 1 = 1.00', 'uptime check: 1 month x 1 = 1.00'],
      '2.00',
    ],
    [
      'a reserved address without a droplet',
      { 'digitalocean_reserved_ip.ip': { region: 'fra1' } },
      {},
      ['reserved IP without a droplet: 1 month x 5 = 5.00'],
      '5.00',
    ],
    [
      'the same under its former name',
      { 'digitalocean_floating_ip.ip': {} },
      {},
      ['reserved IP without a droplet: 1 month x 5 = 5.00'],
      '5.00',
    ],
    [
      'two registries of the basic subscription, 25 GB: 5 + (25 - 5) x 0.02',
      {
        'digitalocean_container_registries.a': { subscription_tier_slug: 'basic' },
        'digitalocean_container_registries.b': { subscription_tier_slug: 'basic' },
      },
      { total: { registryGb: usageFigure(25, 25, 25, 'given') } },
      [
        'container registry storage beyond the subscription: 10 GB-month x 0.02 = 0.20',
        'container registry subscription, basic: 1 month x 5 = 5.00',
        'container registry storage beyond the subscription: 10 GB-month x 0.02 = 0.20',
      ],
      '5.40',
    ],
    [
      'the professional registry',
      { 'digitalocean_container_registry.r': { subscription_tier_slug: 'professional' } },
      {},
      ['container registry subscription, professional: 1 month x 20 = 20.00'],
      '20.00',
    ],
    [
      'a highly available cluster of 3 nodes: 40 + 3 x 48',
      { 'digitalocean_kubernetes_cluster.k': { ha: true, node_pool: { size: 's-4vcpu-8gb', node_count: 3 } } },
      {},
      ['control plane, highly available: 1 month x 40 = 40.00', 'nodes s-4vcpu-8gb: 3 month x 48 = 144.00'],
      '184.00',
    ],
    [
      'a scaled GPU pool of 1 to 3: 2 x 730 x 1.57',
      { 'digitalocean_kubernetes_node_pool.p': { size: 'gpu-l40sx1-48gb', auto_scale: true, min_nodes: 1, max_nodes: 3 } },
      {},
      ['nodes gpu-l40sx1-48gb: 1460 hour x 1.57 = 2292.20'],
      '2292.20',
    ],
    [
      'an app: 2 x 12 + 1 to 3 workers x 5 (2) + development database 7',
      {
        'digitalocean_app.a': {
          spec: {
            service: { name: 'web', instance_size_slug: 'apps-s-1vcpu-1gb', instance_count: 2 },
            worker: [
              { name: 'jobs', instance_size_slug: 'apps-s-1vcpu-0.5gb', autoscaling: { min_instance_count: 1, max_instance_count: 3 } },
            ],
            database: { name: 'dev' },
          },
        },
      },
      {},
      [
        'development database dev: 1 month x 7 = 7.00',
        'service web apps-s-1vcpu-1gb: 2 month x 12 = 24.00',
        'worker jobs apps-s-1vcpu-0.5gb: 2 month x 5 = 10.00',
      ],
      '41.00',
    ],
    [
      'four static sites, three of them free',
      {
        'digitalocean_app.a': { spec: { static_site: [{ name: 'x' }, { name: 'y' }] } },
        'digitalocean_app.b': { spec: { static_site: [{ name: 'x' }, { name: 'y' }] } },
      },
      {},
      ['static site: 1 month x 3 = 3.00'],
      '3.00',
    ],
  ])('%s', (_, resources, usage, expected, total) => {
    const answer = bill(resources, usage);
    expect(lines(answer)).toEqual(expected);
    expect(answer.monthly.toFixed(2)).toBe(total);
  });
});

describe('free, with the reason', () => {
  test.each<[string, Resources, string, string]>([
    [
      'an address that a droplet holds',
      { 'digitalocean_reserved_ip.ip': { droplet_id: '${digitalocean_droplet.a.id}' } },
      'digitalocean_reserved_ip.ip',
      'an assigned reserved IP is free',
    ],
    [
      'an address that an assignment names',
      {
        'digitalocean_reserved_ip.ip': {},
        'digitalocean_reserved_ip_assignment.x': { ip_address: '${digitalocean_reserved_ip.ip.ip_address}' },
      },
      'digitalocean_reserved_ip.ip',
      'an assigned reserved IP is free',
    ],
    [
      'the same with the address as its value',
      { 'digitalocean_floating_ip.ip': { ip_address: '192.0.2.1' }, 'digitalocean_floating_ip_assignment.x': { ip_address: '192.0.2.1' } },
      'digitalocean_floating_ip.ip',
      'an assigned reserved IP is free',
    ],
    [
      'the starter registry',
      { 'digitalocean_container_registry.r': { subscription_tier_slug: 'starter' } },
      'digitalocean_container_registry.r',
      'the starter subscription is free',
    ],
    [
      'the first uptime check',
      { 'digitalocean_uptime_check.a': {} },
      'digitalocean_uptime_check.a',
      "an account's first uptime check is free",
    ],
    [
      'a connection pool',
      { 'digitalocean_database_connection_pool.p': {} },
      'digitalocean_database_connection_pool.p',
      'part of its cluster, which is priced itself',
    ],
    ['what is in the state alone', { 'terraform_data.x': {} }, 'terraform_data.x', 'it exists in the Terraform state alone'],
    [
      'an app without anything that is billed',
      { 'digitalocean_app.a': { spec: { database: { production: true } } } },
      'digitalocean_app.a',
      'it runs nothing that is billed',
    ],
  ])('%s', (_, resources, address, reason) => {
    const answer = bill(resources);
    expect(answer.free.filter((one) => one.address === address).map((one) => one.reason)).toEqual([reason]);
    expect(answer.monthly.toFixed(2)).toBe('0.00');
  });
});

describe('unpriced, never zero', () => {
  test.each<[string, Resources, readonly string[]]>([
    [
      'an unknown size',
      { 'digitalocean_droplet.a': { size: 's-4vcpu-9gb' } },
      ['the price book has no price for digitalocean/droplet/s-4vcpu-9gb; the nearest it has is s-4vcpu-8gb'],
    ],
    [
      'an unknown GPU size',
      { 'digitalocean_droplet.a': { size: 'gpu-x' } },
      ['the price book has no price for digitalocean/gpu-droplet/gpu-x'],
    ],
    ['a size that only the apply tells', { 'digitalocean_droplet.a': { size: '${var.size}' } }, ['its size is not known before the apply']],
    ['no size at all', { 'digitalocean_droplet.a': {} }, ['it states no size']],
    ['an odd size', { 'digitalocean_droplet.a': { size: 4 } }, ['its size is 4, which cannot be billed']],
    [
      'an unknown number of droplets',
      { 'digitalocean_droplet.a': { count: '${var.n}', size: 's-1vcpu-1gb' } },
      ['how many of it there will be is not known before the apply'],
    ],
    [
      'backups that only the apply tells',
      { 'digitalocean_droplet.a': { size: 's-1vcpu-1gb', backups: '${var.b}' } },
      ['backups: its backups is not known before the apply'],
    ],
    [
      'a policy that only the apply tells',
      { 'digitalocean_droplet.a': { size: 's-1vcpu-1gb', backups: true, backup_policy: { plan: '${var.b}' } } },
      ['backups: how often it is backed up is not known before the apply'],
    ],
    ['a minus sign', { 'digitalocean_volume.v': { size: -5 } }, ['its size is -5, which cannot be billed']],
    ['a text for a number', { 'digitalocean_volume.v': { size: 'big' } }, ['its size is "big", which cannot be billed']],
    [
      'half a node',
      { 'digitalocean_database_cluster.d': { engine: 'pg', size: 'db-s-1vcpu-1gb', node_count: 1.5 } },
      ['its node_count is 1.5, which cannot be billed'],
    ],
    [
      'an engine without prices',
      { 'digitalocean_database_cluster.d': { engine: 'mongodb', size: 'db-s-2vcpu-2gb', node_count: 3 } },
      ['the price book has no price for digitalocean/managed-mongodb/db-s-2vcpu-2gb'],
    ],
    [
      'an engine that is none',
      { 'digitalocean_database_cluster.d': { engine: 'oracle', size: 'x', node_count: 1 } },
      ['its engine "oracle" is not one of pg, mysql, valkey, redis, mongodb, kafka, opensearch'],
    ],
    [
      'storage beyond a plan whose own storage is not known',
      { 'digitalocean_database_cluster.d': { engine: 'pg', size: 'db-s-1vcpu-1gb', node_count: 1, storage_size_mib: '61440' } },
      ['storage beyond the plan: what db-s-1vcpu-1gb includes of its 60 GiB is not in the catalog'],
    ],
    [
      'a replica of nothing that is here',
      { 'digitalocean_database_replica.r': { cluster_id: 'abc', size: 'db-s-1vcpu-1gb' } },
      ['the cluster it replicates is not in this configuration, so its engine is not known'],
    ],
    [
      'a range the wrong way round',
      { 'digitalocean_kubernetes_node_pool.p': { size: 's-1vcpu-1gb', auto_scale: true, min_nodes: 3, max_nodes: 1 } },
      ['its min_nodes, 3, is above its max_nodes, 1'],
    ],
    ['a pool without a number', { 'digitalocean_kubernetes_node_pool.p': { size: 's-1vcpu-1gb' } }, ['it states no node_count']],
    [
      'a default pool that only the apply tells',
      { 'digitalocean_kubernetes_cluster.k': { dynamic: { node_pool: { for_each: '${var.p}' } } } },
      ['default node pool: its node_pool is not known before the apply'],
    ],
    [
      'a type of load balancer that is none',
      { 'digitalocean_loadbalancer.l': { type: 'LOCAL' } },
      ['its type is "LOCAL", which cannot be billed'],
    ],
    [
      'functions and jobs',
      { 'digitalocean_app.a': { spec: { job: { name: 'nightly' }, function: { name: 'f' }, egress: { type: 'DEDICATED_IP' } } } },
      [
        'dedicated egress address: the price book has no price for it',
        'function f: a function is billed by GB-seconds, which no resource states',
        'job nightly: a job is billed by the seconds it runs, which no resource states',
      ],
    ],
    ['another provider', { 'azurerm_virtual_machine.a': {} }, ['there is no mapping for azurerm_virtual_machine yet']],
  ])('%s', (_, resources, reasons) => {
    expect(bill(resources).unpriced.map((one) => (one.part === undefined ? one.reason : `${one.part}: ${one.reason}`))).toEqual(reasons);
  });

  test('modules that cannot be seen into', () => {
    const unpriced = estimate(graphFromSynthesis({ module: { web: {} } }), book).unpriced;
    expect(unpriced).toEqual([
      {
        component: 'module.web',
        address: 'module.web',
        type: 'module',
        reason: 'a configuration does not hold the resources of its modules; read a plan instead',
      },
    ]);
  });
});
