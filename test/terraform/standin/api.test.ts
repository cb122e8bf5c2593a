import type { ValueMap } from '../../../terraform/standin/values';
import { Cloud, listed } from './cloud';
import { PUBLIC_KEY, type Arguments } from './fixture';

const droplet = { name: 'app', region: 'fra1', size: 's-2vcpu-4gb', image: 'ubuntu-24-04-x64' };
const cluster = { name: 'pg', engine: 'pg', version: '17', size: 'db-s-1vcpu-1gb', region: 'fra1', node_count: 1 };
const kafka = { ...cluster, name: 'kafka', engine: 'kafka', version: '3.8', size: 'gd-2vcpu-8gb', node_count: 3 };
const topicOf = (a: Account) => ({
  cluster_id: a.id('database_cluster', kafka),
  name: 'orders',
  partition_count: 6,
  replication_factor: 3,
});
const vpc = { name: 'net', region: 'fra1', ip_range: '10.10.0.0/16' };
const bucket = { name: 'acme-assets', region: 'fra1' };

/** Short names in tables: `make('droplet', ...)`. */
class Account extends Cloud {
  add(type: string, args: Arguments): ValueMap {
    return this.make(`digitalocean_${type}`, listed(`digitalocean_${type}`, args));
  }
  id(type: string, args: Arguments): string {
    return String(this.add(type, args)['id']);
  }
}

type Refused = readonly [what: string, attempt: (account: Account) => unknown, message: string];

const refused: readonly Refused[] = [
  [
    'an unknown size',
    (a) => a.add('droplet', { ...droplet, size: 's-99' }),
    '422 You specified an invalid size for Droplet creation: "s-99".',
  ],
  [
    'an unknown region',
    (a) => a.add('droplet', { ...droplet, region: 'fra9' }),
    '422 You specified an invalid region for Droplet creation: "fra9".',
  ],
  [
    'an unknown image',
    (a) => a.add('droplet', { ...droplet, image: 'ubuntu-12-04-x64' }),
    '422 You specified an invalid image for Droplet creation: "ubuntu-12-04-x64".',
  ],
  [
    'a GPU size where it is not sold',
    (a) => a.add('droplet', { ...droplet, size: 'gpu-h100x1-80gb' }),
    '422 Size "gpu-h100x1-80gb" is not available in region "fra1".',
  ],
  [
    'a key that is not there',
    (a) => a.add('droplet', { ...droplet, ssh_keys: ['7'] }),
    '422 7 are invalid key identifiers for Droplet creation.',
  ],
  [
    'a VPC of another region',
    (a) => a.add('droplet', { ...droplet, vpc_uuid: a.id('vpc', { ...vpc, region: 'nyc3' }) }),
    '422 VPC "net" is in nyc3, and the Droplet is in fra1: both must be in the same region.',
  ],
  ['a VPC that is not there', (a) => a.add('droplet', { ...droplet, vpc_uuid: 'x' }), '422 VPC "x" was not found.'],
  [
    'a backup hour between the slots',
    (a) => a.add('droplet', { ...droplet, backups: true, backup_policy: { plan: 'daily', hour: 5 } }),
    '422 hour of a backup policy must be one of 0, 4, 8, 12, 16, 20, got 5.',
  ],
  [
    'a backup policy without backups',
    (a) => a.add('droplet', { ...droplet, backups: false, backup_policy: { plan: 'daily', hour: 4 } }),
    '422 backup_policy can only be set when backups are enabled',
  ],
  [
    'a smaller disk',
    (a) => a.edit('digitalocean_droplet', a.add('droplet', droplet), { size: 's-1vcpu-1gb' }),
    '422 This size is not available because it has a smaller disk (25 GB, the Droplet has 80 GB).',
  ],
  [
    'a key twice',
    (a) => [a.add('ssh_key', { name: 'a', public_key: PUBLIC_KEY }), a.add('ssh_key', { name: 'b', public_key: PUBLIC_KEY })],
    '422 SSH Key is already in use on your account.',
  ],
  [
    'what is no key',
    (a) => a.add('ssh_key', { name: 'a', public_key: 'hello' }),
    '422 Key invalid, key should be of the format `type key [comment]`.',
  ],
  [
    'a volume name twice',
    (a) => [a.add('volume', { name: 'v', region: 'fra1', size: 1 }), a.add('volume', { name: 'v', region: 'fra1', size: 1 })],
    '409 a volume named "v" already exists in this region',
  ],
  [
    'a volume larger than any',
    (a) => a.add('volume', { name: 'v', region: 'fra1', size: 20_000 }),
    '422 size must be between 1 and 16384 GiB, got 20000.',
  ],
  [
    'a volume of another region',
    (a) => attach(a, 'nyc3'),
    '422 The volume "v" is in nyc3, and the Droplet is in fra1: both must be in the same region.',
  ],
  [
    'a volume of another droplet',
    (a) => [attach(a, 'fra1'), attachTo(a, a.add('droplet', droplet), first(a, 'volume'))],
    /^422 The volume "v" is already attached to Droplet \d+\.$/.source,
  ],
  [
    'a second address',
    (a) => twoAddresses(a),
    /^422 Droplet \d+ already has the reserved IP 198\.\d+\.\d+\.\d+: a Droplet can have one\.$/.source,
  ],
  [
    'an address of another region',
    (a) => address(a, 'nyc3', a.add('droplet', droplet)),
    '422 The reserved IP is in nyc3, and the Droplet is in fra1: both must be in the same region.',
  ],
  [
    'a VPC name twice',
    (a) => [a.add('vpc', vpc), a.add('vpc', { ...vpc, ip_range: '10.20.0.0/16' })],
    '409 a VPC named "net" already exists in your account',
  ],
  [
    'an overlapping range',
    (a) => [a.add('vpc', vpc), a.add('vpc', { ...vpc, name: 'b', ip_range: '10.10.128.0/20' })],
    '422 This range/size overlaps with another VPC network in your account: "net" has 10.10.0.0/16.',
  ],
  [
    'a public range',
    (a) => a.add('vpc', { ...vpc, ip_range: '8.8.0.0/16' }),
    '422 ip_range 8.8.0.0/16 is not a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16).',
  ],
  [
    'a range too small',
    (a) => a.add('vpc', { ...vpc, ip_range: '10.0.0.0/29' }),
    '422 ip_range 10.0.0.0/29: the prefix must be from /16 to /28.',
  ],
  [
    'a firewall rule from nowhere',
    (a) => a.add('firewall', { name: 'f', inbound_rule: { protocol: 'icmp' } }),
    '422 invalid inbound rule: it must have at least one source.',
  ],
  [
    'a firewall for a droplet that is not there',
    (a) => a.add('firewall', { name: 'f', droplet_ids: [7], inbound_rule: { protocol: 'icmp', source_addresses: ['::/0'] } }),
    '404 Droplet 7 was not found.',
  ],
  [
    'https without a certificate',
    (a) => a.add('loadbalancer', balancer({ entry_protocol: 'https', entry_port: 443 })),
    '422 forwarding rule https:443 needs a certificate or tls_passthrough.',
  ],
  [
    'a certificate that is not there',
    (a) => a.add('loadbalancer', balancer({ certificate_name: 'c' })),
    '404 certificate "c" was not found.',
  ],
  ['a certificate name twice', (a) => [certificate(a), certificate(a)], '422 a certificate named "cert" already exists in your account'],
  [
    'a certificate without a key',
    (a) => a.add('certificate', { name: 'c' }),
    '422 `private_key` is required for when type is `custom` or empty',
  ],
  [
    'a record of no domain',
    (a) => a.add('record', { domain: 'a.test', type: 'A', name: '@', value: '192.0.2.1' }),
    '404 The domain "a.test" was not found.',
  ],
  [
    'a CNAME without its dot',
    (a) => a.add('record', { domain: a.id('domain', { name: 'a.test' }), type: 'CNAME', name: 'w', value: 'b.test' }),
    '422 Data needs to end with a dot (.), got "b.test".',
  ],
  [
    'a CDN of no bucket',
    (a) => a.add('cdn', { origin: 'x.fra1.digitaloceanspaces.com' }),
    '422 origin "x.fra1.digitaloceanspaces.com" is not a Space of this account.',
  ],
  [
    'a CDN with a name and no certificate',
    (a) => a.add('cdn', { origin: a.add('spaces_bucket', bucket)['bucket_domain_name'], custom_domain: 'cdn.a.test' }),
    '422 custom_domain "cdn.a.test" needs a certificate.',
  ],
  [
    'a project name twice',
    (a) => [a.add('project', { name: 'p' }), a.add('project', { name: 'p' })],
    '409 a project named "p" already exists',
  ],
  [
    'a firewall in a project',
    (a) => a.add('project', { name: 'p', resources: ['do:firewall:1'] }),
    '422 "do:firewall:1" cannot be a resource of a project: it must be do:kind:id, with kind one of dbaas, domain, droplet, floatingip, reservedip, loadbalancer, space, volume, kubernetes, vpc, app.',
  ],
  [
    'a bucket name twice',
    (a) => [a.add('spaces_bucket', bucket), a.add('spaces_bucket', { ...bucket, region: 'nyc3' })],
    '409 BucketAlreadyExists: "acme-assets"',
  ],
  [
    'a bucket name with capitals',
    (a) => a.add('spaces_bucket', { ...bucket, name: 'Acme' }),
    '400 InvalidBucketName: "Acme" must be 3 to 63 lowercase letters, digits and hyphens.',
  ],
  ['an object of no bucket', (a) => a.add('spaces_bucket_object', { region: 'fra1', bucket: 'x', key: 'k' }), '404 NoSuchBucket: "x".'],
  [
    'a key for no bucket',
    (a) => a.add('spaces_key', { name: 'k', grant: [{ bucket: 'x', permission: 'read' }] }),
    '400 bucket "x" was not found.',
  ],
  [
    'a key with an unknown permission',
    (a) => a.add('spaces_key', { name: 'k', grant: [{ bucket: 'x', permission: 'write' }] }),
    '400 permission "write" must be read, readwrite or fullaccess.',
  ],
  [
    'an alert on a droplet that is not there',
    (a) => a.add('monitor_alert', { type: 'v1/insights/droplet/cpu', entities: ['7'] }),
    '422 entity "7" is not a Droplet of this account.',
  ],
  [
    'an alert on a database that is not there',
    (a) => a.add('monitor_alert', { type: 'v1/dbaas/alerts/disk_utilization_alerts', entities: ['7'] }),
    '422 entity "7" is not a database cluster of this account.',
  ],
  [
    'an alert on a balancer that is not there',
    (a) => a.add('monitor_alert', { type: 'v1/insights/lbaas/connection_utilization_percent', entities: ['7'] }),
    '422 entity "7" is not a load balancer of this account.',
  ],
  [
    'an uptime check from nowhere',
    (a) => a.add('uptime_check', { name: 'c', target: 'https://a.test', regions: ['mars'] }),
    '422 region "mars" of an uptime check must be one of us_east, us_west, eu_west, se_asia.',
  ],
  [
    'a database name twice',
    (a) => [a.add('database_cluster', cluster), a.add('database_cluster', cluster)],
    '409 a database cluster named "pg" already exists',
  ],
  ['an unknown database size', (a) => a.add('database_cluster', { ...cluster, size: 'db-huge' }), '422 invalid size "db-huge"'],
  ['an unknown database region', (a) => a.add('database_cluster', { ...cluster, region: 'fra9' }), '422 invalid region "fra9"'],
  [
    'a region without databases',
    (a) => a.add('database_cluster', { ...cluster, region: 'sfo1' }),
    '422 engine pg is not available in region "sfo1".',
  ],
  [
    'an unknown version',
    (a) => a.add('database_cluster', { ...cluster, version: '9' }),
    /^422 invalid version "9" for engine pg: it must be one of .*17.*\.$/.source,
  ],
  [
    'a standby under 2 GB',
    (a) => a.add('database_cluster', { ...cluster, node_count: 2 }),
    '422 num_nodes is 2, and size "db-s-1vcpu-1gb" cannot have standby nodes: they need at least 2 GB of memory.',
  ],
  ['more than three nodes', (a) => a.add('database_cluster', { ...cluster, node_count: 4 }), '422 num_nodes must be from 1 to 3, got 4.'],
  [
    'a replica smaller than its primary',
    (a) =>
      a.add('database_replica', {
        cluster_id: a.id('database_cluster', { ...cluster, size: 'db-s-2vcpu-4gb' }),
        name: 'r',
        size: 'db-s-1vcpu-1gb',
      }),
    '422 size "db-s-1vcpu-1gb" is smaller than the primary\'s "db-s-2vcpu-4gb".',
  ],
  [
    'a replica of a cache',
    (a) => a.add('database_replica', { cluster_id: a.id('database_cluster', { ...cluster, engine: 'valkey', version: '8' }), name: 'r' }),
    '422 engine valkey has no read replicas.',
  ],
  [
    'a number of brokers that is not sold',
    (a) => a.add('database_cluster', { ...kafka, node_count: 4 }),
    '422 num_nodes must be one of 3, 6, 9, 15 for engine kafka, got 4.',
  ],
  [
    'six brokers with shared CPUs',
    (a) => a.add('database_cluster', { ...kafka, node_count: 6, size: 'db-s-2vcpu-4gb' }),
    '422 size "db-s-2vcpu-4gb" is not sold with 6 nodes for engine kafka.',
  ],
  [
    'a topic of another engine',
    (a) => a.add('database_kafka_topic', { cluster_id: a.id('database_cluster', cluster), name: 'orders' }),
    "422 the cluster's engine is pg, and this configuration is for kafka.",
  ],
  [
    'more copies than brokers',
    (a) => a.add('database_kafka_topic', { ...topicOf(a), replication_factor: 4 }),
    '422 replication_factor is 4, and the cluster has 3 nodes.',
  ],
  [
    'more written copies than copies',
    (a) => a.add('database_kafka_topic', { ...topicOf(a), config: [{ min_insync_replicas: 4 }] }),
    '422 min_insync_replicas is 4, and replication_factor 3.',
  ],
  [
    'fewer partitions than before',
    (a) => a.edit('digitalocean_database_kafka_topic', a.add('database_kafka_topic', topicOf(a)), { partition_count: 3 }),
    '422 partition_count can only be increased: it is 6, got 3.',
  ],
  [
    'rights to topics of another engine',
    (a) =>
      a.add('database_user', {
        cluster_id: a.id('database_cluster', cluster),
        name: 'app',
        settings: [{ acl: [{ topic: 'orders', permission: 'produce' }] }],
      }),
    '422 users of engine pg have no ACLs for topics.',
  ],
  [
    'pools over the limit',
    (a) => [pool(a, 'one', 20), pool(a, 'two', 3)],
    '422 size is 3, and the cluster has 2 of its 22 connections left for pools.',
  ],
  [
    'a pool of an unknown user',
    (a) => a.add('database_connection_pool', { ...poolOf(a), user: 'x' }),
    '404 user "x" was not found in the cluster.',
  ],
  [
    'a pool of an unknown database',
    (a) => a.add('database_connection_pool', { ...poolOf(a), db_name: 'x' }),
    '404 database "x" was not found in the cluster.',
  ],
  [
    'a size that its pools outgrow',
    (a) => shrunk(a),
    '422 size "db-s-1vcpu-1gb" has 22 connections, and the pools of this cluster use 40.',
  ],
  [
    'IPv6 as a trusted source',
    (a) => a.add('database_firewall', { cluster_id: a.id('database_cluster', cluster), rule: [{ type: 'ip_addr', value: '2001:db8::1' }] }),
    '422 trusted source "2001:db8::1": IPv6 is not supported.',
  ],
  [
    'a configuration for another engine',
    (a) => a.add('database_valkey_config', { cluster_id: a.id('database_cluster', cluster) }),
    "422 the cluster's engine is pg, and this configuration is for valkey or redis.",
  ],
  ['a database of no cluster', (a) => a.add('database_db', { cluster_id: 'x', name: 'd' }), '404 The database cluster "x" was not found.'],
  [
    'to delete a bucket that holds something',
    (a) => a.remove('digitalocean_spaces_bucket', filled(a)),
    '409 BucketNotEmpty: "acme-assets" holds 1 object, and force_destroy is not set.',
  ],
  ['to delete a VPC with members', (a) => inside(a), '403 Can not delete VPC with members: "app" is in it.'],
  ['to delete a certificate in use', (a) => usedCertificate(a), '403 Make sure the certificate is not in use before deleting it'],
  [
    'to delete a volume that is attached',
    (a) => [attach(a, 'fra1'), a.remove('digitalocean_volume', first(a, 'volume'))],
    /^409 volume "v" is attached to Droplet \d+\.$/.source,
  ],
];

test.each(refused)('the API refuses %s', (_, attempt, message) => {
  const pattern = message.startsWith('^') ? new RegExp(message) : new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  expect(() => attempt(new Account())).toThrow(pattern);
});

function first(account: Account, type: string): ValueMap {
  return Object.values(account.account.objects[`digitalocean_${type}`] ?? {})[0] ?? {};
}

function attach(account: Account, region: string): ValueMap {
  return attachTo(account, account.add('droplet', droplet), account.add('volume', { name: 'v', region, size: 1 }));
}

function attachTo(account: Account, server: ValueMap, volume: ValueMap): ValueMap {
  return account.add('volume_attachment', { droplet_id: Number(server['id']), volume_id: volume['id'] });
}

function address(account: Account, region: string, server: ValueMap): ValueMap {
  return account.add('reserved_ip_assignment', { droplet_id: Number(server['id']), ip_address: account.id('reserved_ip', { region }) });
}

function twoAddresses(account: Account): void {
  const server = account.add('droplet', droplet);
  address(account, 'fra1', server);
  address(account, 'fra1', server);
}

function balancer(rule: Arguments): Arguments {
  return {
    name: 'lb',
    region: 'fra1',
    forwarding_rule: [{ entry_protocol: 'http', entry_port: 80, target_protocol: 'http', target_port: 80, ...rule }],
  };
}

function certificate(account: Account): ValueMap {
  return account.add('certificate', { name: 'cert', type: 'lets_encrypt', domains: ['a.test'] });
}

function usedCertificate(account: Account): void {
  const made = certificate(account);
  account.add('loadbalancer', balancer({ entry_protocol: 'https', certificate_name: 'cert' }));
  account.remove('digitalocean_certificate', made);
}

function inside(account: Account): void {
  const network = account.add('vpc', vpc);
  account.add('droplet', { ...droplet, vpc_uuid: network['id'] });
  account.remove('digitalocean_vpc', network);
}

function poolOf(account: Account, size = 'db-s-1vcpu-1gb'): Arguments {
  const id = first(account, 'database_cluster')['id'] ?? account.id('database_cluster', { ...cluster, size });
  return { cluster_id: id, name: 'pool', mode: 'transaction', size: 1, db_name: 'defaultdb', user: 'doadmin' };
}

function pool(account: Account, name: string, size: number): ValueMap {
  return account.add('database_connection_pool', { ...poolOf(account), name, size });
}

function shrunk(account: Account): void {
  account.add('database_connection_pool', { ...poolOf(account, 'db-s-2vcpu-4gb'), size: 40 });
  account.edit('digitalocean_database_cluster', first(account, 'database_cluster'), { size: 'db-s-1vcpu-1gb' });
}

function filled(account: Account): ValueMap {
  const made = account.add('spaces_bucket', bucket);
  account.add('spaces_bucket_object', { region: 'fra1', bucket: 'acme-assets', key: 'a', content: 'x' });
  return made;
}

describe('what the API makes', () => {
  const account = new Account();
  const server = account.add('droplet', { ...droplet, ipv6: true });
  const database = account.add('database_cluster', { ...cluster, size: 'db-s-2vcpu-4gb' });

  test('a droplet has a number, an address, and what its size brings', () => {
    expect(server['id']).toMatch(/^\d{9}$/);
    expect(server['ipv4_address']).toMatch(/^198\.1[89]\.\d+\.\d+$/);
    expect([server['urn'], server['vcpus'], server['memory'], server['disk']]).toEqual([`do:droplet:${String(server['id'])}`, 2, 4096, 80]);
  });
  test('a database can be reached by its own address and by the private one', () => {
    const { host, password } = database as Record<string, string>;
    expect(database['uri']).toBe(`postgresql://doadmin:${password}@${host}:25060/defaultdb?sslmode=require`);
    expect(database['private_uri']).toBe(`postgresql://doadmin:${password}@private-${host}:25060/defaultdb?sslmode=require`);
    expect(database['urn']).toBe(`do:dbaas:${String(database['id'])}`);
  });
  test('a pool has the port of the pooler and its own name as database', () => {
    const made = account.add('database_connection_pool', { ...poolOf(account), cluster_id: database['id'], name: 'app' });
    expect([made['port'], String(made['uri']).endsWith(':25061/app?sslmode=require')]).toEqual([25061, true]);
  });
  test('a reserved IP is named by itself, and a domain by its name', () => {
    const ip = account.add('reserved_ip', { region: 'fra1' });
    expect([ip['id'], ip['urn']]).toEqual([ip['ip_address'], `do:reservedip:${String(ip['ip_address'])}`]);
    expect(account.id('domain', { name: 'a.test' })).toBe('a.test');
  });
  test('a bucket has its names, and a key its secret', () => {
    const made = account.add('spaces_bucket', bucket);
    expect([made['bucket_domain_name'], made['endpoint'], made['urn']]).toEqual([
      'acme-assets.fra1.digitaloceanspaces.com',
      'fra1.digitaloceanspaces.com',
      'do:space:acme-assets',
    ]);
    const key = account.add('spaces_key', { name: 'k', grant: [{ bucket: 'acme-assets', permission: 'read' }] });
    expect([key['id'], String(key['secret_key']).length]).toEqual([key['access_key'], 43]);
    expect(account.add('cdn', { origin: made['bucket_domain_name'] })['endpoint']).toBe('acme-assets.fra1.cdn.digitaloceanspaces.com');
  });
  test('a VPC without a range gets a free one', () => {
    expect([
      account.add('vpc', { name: 'x', region: 'fra1' })['ip_range'],
      account.add('vpc', { name: 'y', region: 'fra1' })['ip_range'],
    ]).toEqual(['10.100.0.0/20', '10.100.16.0/20']);
  });
  test('the same history gives the same objects, and a new object of the same name a new id', () => {
    const [one, two] = [new Account(), new Account()];
    const made = one.add('droplet', droplet);
    expect(two.add('droplet', droplet)).toEqual(made);
    one.remove('digitalocean_droplet', made);
    expect(one.add('droplet', droplet)['id']).not.toBe(made['id']);
  });
  test('an attached volume is seen from both sides, until it is detached', () => {
    const cloud = new Account();
    const attachment = attach(cloud, 'fra1');
    expect([first(cloud, 'volume')['droplet_ids'], first(cloud, 'droplet')['volume_ids']]).toEqual([
      [Number(first(cloud, 'droplet')['id'])],
      [first(cloud, 'volume')['id']],
    ]);
    cloud.remove('digitalocean_volume_attachment', attachment);
    expect([first(cloud, 'volume')['droplet_ids'], first(cloud, 'droplet')['volume_ids']]).toEqual([[], []]);
  });
  test('a bucket with force_destroy goes with everything in it', () => {
    const cloud = new Account();
    cloud.remove('digitalocean_spaces_bucket', { ...filled(cloud), force_destroy: true });
    expect([first(cloud, 'spaces_bucket'), first(cloud, 'spaces_bucket_object')]).toEqual([{}, {}]);
  });
  test('keys that others put into a bucket count', () => {
    const cloud = new Account();
    const made = cloud.add('spaces_bucket', bucket);
    cloud.account = { ...cloud.account, contents: { 'acme-assets': ['wal/0001', 'wal/0002'] } };
    expect(() => cloud.remove('digitalocean_spaces_bucket', made)).toThrow('holds 2 objects');
  });
  test('every region that a GPU size is known in takes it', () => {
    expect(() => account.add('droplet', { ...droplet, name: 'gpu', size: 'gpu-h100x1-80gb', region: 'tor1' })).not.toThrow();
  });
});
