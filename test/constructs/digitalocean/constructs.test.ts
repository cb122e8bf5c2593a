import { Alerts } from '../../../constructs/digitalocean/alerts';
import { Balancer } from '../../../constructs/digitalocean/balancer';
import { Bucket } from '../../../constructs/digitalocean/bucket';
import { ConfigurationChannel } from '../../../constructs/digitalocean/configuration-channel';
import { DataVolume } from '../../../constructs/digitalocean/data-volume';
import { certificateName } from '../../../constructs/digitalocean/free-certificate';
import { StaticFrontend } from '../../../constructs/digitalocean/frontend';
import { ManagedPostgres } from '../../../constructs/digitalocean/managed-postgres';
import { PostgresReplica } from '../../../constructs/digitalocean/postgres-replica';
import { ServerFirewall, ServerTag } from '../../../constructs/digitalocean/server-firewall';
import { ReservedAddress, ServerGroup } from '../../../constructs/digitalocean/server-group';
import { Valkey } from '../../../constructs/digitalocean/valkey';
import { Zone } from '../../../constructs/digitalocean/zone';
import type { TierStack } from '../../../stacks/tier-stack';
import { made } from './support';

const kept = { prevent_destroy: true };

describe('a bucket', () => {
  test('is private, keeps no versions, and is emptied when it holds no data', () => {
    expect(made((stack, site) => new Bucket(stack, 'config', { site, purpose: 'config', holdsData: false }))).toEqual({
      digitalocean_spaces_bucket: { config: { name: 'coach-config', region: 'fra1', acl: 'private', force_destroy: true } },
    });
  });

  test('that holds data is versioned for as long as asked, and neither emptied nor destroyed', () => {
    expect(
      made(
        (stack, site) =>
          new Bucket(stack, 'storage', { site, purpose: 'storage', holdsData: true, versioned: true, expireVersionsDays: 30 }),
      ),
    ).toEqual({
      digitalocean_spaces_bucket: {
        storage: {
          name: 'coach-storage',
          region: 'fra1',
          acl: 'private',
          force_destroy: false,
          versioning: { enabled: true },
          lifecycle_rule: [{ enabled: true, noncurrent_version_expiration: { days: 30 }, abort_incomplete_multipart_upload_days: 7 }],
          lifecycle: kept,
        },
      },
    });
  });

  test('of a disposable environment may go with all it holds', () => {
    const { digitalocean_spaces_bucket: buckets } = made(
      (stack, site) => new Bucket(stack, 'storage', { site, purpose: 'storage', holdsData: true }),
      { disposable: true },
    );
    expect(buckets?.['storage']).toEqual({ name: 'coach-storage', region: 'fra1', acl: 'private', force_destroy: true });
  });

  test('is opened by a key that opens no other', () => {
    const { digitalocean_spaces_key: keys } = made((stack, site) =>
      new Bucket(stack, 'storage', { site, purpose: 'storage', holdsData: true }).grant('app', 'readwrite'),
    );
    expect(keys).toEqual({
      storage_app: {
        name: 'coach-storage-app',
        grant: [{ bucket: '${digitalocean_spaces_bucket.storage.name}', permission: 'readwrite' }],
      },
    });
  });
});

test('managed PostgreSQL is a cluster, a database, a user, a pool, and admits servers by tag only', () => {
  const found = made(
    (stack, site) =>
      new ManagedPostgres(stack, 'database_g1', {
        site,
        name: 'coach-database-g1',
        size: 'db-s-4vcpu-8gb',
        nodes: 2,
        version: '17',
        poolSize: 80,
        trusted: { tags: ['coach-app'] },
      }),
  );
  expect(found).toEqual({
    digitalocean_database_cluster: {
      database_g1: {
        name: 'coach-database-g1',
        engine: 'pg',
        version: '17',
        size: 'db-s-4vcpu-8gb',
        node_count: 2,
        region: 'fra1',
        private_network_uuid: '${digitalocean_vpc.network.id}',
        project_id: '${digitalocean_project.project.id}',
        maintenance_window: [{ day: 'sunday', hour: '03:00:00' }],
        tags: ['terrace'],
        lifecycle: kept,
      },
    },
    digitalocean_database_db: {
      database_g1_app: { cluster_id: '${digitalocean_database_cluster.database_g1.id}', name: 'app', lifecycle: kept },
    },
    digitalocean_database_user: { database_g1_user: { cluster_id: '${digitalocean_database_cluster.database_g1.id}', name: 'app' } },
    digitalocean_database_connection_pool: {
      database_g1_pool_80: {
        cluster_id: '${digitalocean_database_cluster.database_g1.id}',
        name: 'app-80',
        mode: 'transaction',
        size: 80,
        db_name: '${digitalocean_database_db.database_g1_app.name}',
        user: '${digitalocean_database_user.database_g1_user.name}',
      },
    },
    digitalocean_database_firewall: {
      database_g1_firewall: { cluster_id: '${digitalocean_database_cluster.database_g1.id}', rule: [{ type: 'tag', value: 'coach-app' }] },
    },
  });
});

test('the application reaches managed PostgreSQL by the pool, in the private network', () => {
  const { digitalocean_tag: tags } = made((stack, site) => {
    const { connection } = new ManagedPostgres(stack, 'database_g1', {
      site,
      name: 'n',
      size: 'db-s-1vcpu-2gb',
      nodes: 1,
      version: '17',
      poolSize: 20,
      trusted: { tags: ['coach-app'] },
    });
    const { owner, ...own } = connection;
    const owners = Object.entries(owner).map(([field, reference]) => [`owner-${field}`, reference] as const);
    for (const [field, reference] of [...Object.entries(own), ...owners]) new ServerTag(stack, field, reference);
  });
  expect(Object.fromEntries(Object.entries(tags ?? {}).map(([field, { name }]) => [field, name]))).toEqual({
    host: '${digitalocean_database_connection_pool.database_g1_pool_20.private_host}',
    port: '${digitalocean_database_connection_pool.database_g1_pool_20.port}',
    user: '${digitalocean_database_user.database_g1_user.name}',
    password: '${digitalocean_database_user.database_g1_user.password}',
    name: '${digitalocean_database_connection_pool.database_g1_pool_20.name}',
    'owner-host': '${digitalocean_database_cluster.database_g1.private_host}',
    'owner-port': '${digitalocean_database_cluster.database_g1.port}',
    'owner-database': '${digitalocean_database_db.database_g1_app.name}',
    'owner-user': '${digitalocean_database_cluster.database_g1.user}',
    'owner-password': '${digitalocean_database_cluster.database_g1.password}',
  });
});

test('a read replica stands in the network of its primary, and trusts by a firewall of its own', () => {
  expect(
    made(
      (stack, site) =>
        new PostgresReplica(stack, 'replicas_g1_1', {
          site,
          clusterId: 'cluster',
          name: 'coach-replica',
          size: 'db-s-4vcpu-8gb',
          trusted: { tags: ['coach-app'] },
        }),
    ),
  ).toEqual({
    digitalocean_database_replica: {
      replicas_g1_1: {
        cluster_id: 'cluster',
        name: 'coach-replica',
        region: 'fra1',
        size: 'db-s-4vcpu-8gb',
        private_network_uuid: '${digitalocean_vpc.network.id}',
      },
    },
    digitalocean_database_firewall: {
      replicas_g1_1_firewall: {
        cluster_id: '${digitalocean_database_replica.replicas_g1_1.uuid}',
        rule: [{ type: 'tag', value: 'coach-app' }],
      },
    },
  });
});

test('Valkey may be destroyed, for it holds nothing that cannot be lost, and drops sessions first', () => {
  const { digitalocean_database_cluster: clusters } = made(
    (stack, site) =>
      new Valkey(stack, 'cache_g1', {
        site,
        name: 'coach-cache-g1',
        size: 'db-s-1vcpu-1gb',
        nodes: 1,
        version: '8',
        trusted: { tags: ['coach-app'] },
      }),
  );
  expect(clusters?.['cache_g1']).toMatchObject({ engine: 'valkey', eviction_policy: 'volatile_lru', node_count: 1 });
  expect(clusters?.['cache_g1']).not.toHaveProperty('lifecycle');
});

describe('a server group', () => {
  const firewall = (stack: TierStack) => new ServerFirewall(stack, 'app_firewall', { name: 'coach-app', tag: 'coach-app', open: [] });
  const props = {
    tag: 'coach-app',
    size: 's-2vcpu-4gb',
    image: 'ubuntu-24-04-x64',
    servers: [{ name: 'coach-app-g1-1', userData: '#cloud-config ${HOME}' }],
  };

  test('ignores what would replace a server, and keeps its disk', () => {
    const { digitalocean_droplet: droplets } = made(
      (stack, site) => new ServerGroup(stack, 'app_g1', { site, ...props, firewall: firewall(stack) }),
    );
    expect(droplets).toEqual({
      app_g1_1: {
        name: 'coach-app-g1-1',
        region: 'fra1',
        size: 's-2vcpu-4gb',
        image: 'ubuntu-24-04-x64',
        vpc_uuid: '${digitalocean_vpc.network.id}',
        monitoring: true,
        resize_disk: false,
        graceful_shutdown: true,
        user_data: '#cloud-config $${HOME}',
        tags: ['coach-app', 'terrace'],
        depends_on: ['digitalocean_firewall.app_firewall'],
        lifecycle: { ignore_changes: ['user_data', 'ssh_keys', 'image'] },
      },
    });
  });

  test('that carries data is not destroyed', () => {
    const { digitalocean_droplet: droplets } = made(
      (stack, site) => new ServerGroup(stack, 'app_g1', { site, ...props, firewall: firewall(stack), holdsData: true }),
    );
    expect(droplets?.['app_g1_1']?.['lifecycle']).toEqual({ ...kept, ignore_changes: ['user_data', 'ssh_keys', 'image'] });
  });

  test('has an address that outlives it', () => {
    const { digitalocean_reserved_ip: addresses } = made(
      (stack, site) =>
        new ReservedAddress(stack, 'app_address', {
          site,
          dropletId: new ServerGroup(stack, 'app_g1', { site, ...props, firewall: firewall(stack) }).ids[0] ?? '',
        }),
    );
    expect(addresses).toEqual({ app_address: { region: 'fra1', droplet_id: '${digitalocean_droplet.app_g1_1.id}', lifecycle: kept } });
  });
});

test('a data volume is attached by itself, so that it outlives the server', () => {
  expect(
    made((stack, site) => new DataVolume(stack, 'database_g1', { site, name: 'coach-database-g1', sizeGib: 10 }).attachTo('7')),
  ).toEqual({
    digitalocean_volume: { database_g1: { name: 'coach-database-g1', region: 'fra1', size: 10, tags: ['terrace'], lifecycle: kept } },
    digitalocean_volume_attachment: { database_g1_attachment: { volume_id: '${digitalocean_volume.database_g1.id}', droplet_id: '7' } },
  });
});

test('a firewall opens what is listed to whom it is listed for, and nothing else', () => {
  const { digitalocean_firewall: firewalls } = made((stack) => {
    const tag = new ServerTag(stack, 'app_tag', 'coach-app').name;
    new ServerFirewall(stack, 'app_firewall', {
      name: 'coach-app',
      tag,
      open: [
        { port: 443, admit: { from: 'internet' } },
        { port: 22, admit: { from: 'ranges', cidrs: ['203.0.113.7/32'] } },
        { port: 8081, admit: { from: 'servers', tag } },
        { port: 80, admit: { from: 'balancers', ids: ['lb'] } },
      ],
    });
  });
  expect(firewalls?.['app_firewall']?.['inbound_rule']).toEqual([
    { protocol: 'tcp', port_range: '443', source_addresses: ['0.0.0.0/0', '::/0'] },
    { protocol: 'tcp', port_range: '22', source_addresses: ['203.0.113.7/32'] },
    { protocol: 'tcp', port_range: '8081', source_tags: ['${digitalocean_tag.app_tag.name}'] },
    { protocol: 'tcp', port_range: '80', source_load_balancer_uids: ['lb'] },
  ]);
});

test('a frontend gets a new certificate before the old one goes, because one that is in use cannot be deleted', () => {
  const { digitalocean_certificate: certificates } = made((stack, site) => {
    const zone = new Zone(stack, 'dns', { site, domain: 'app.example.com', ttlSeconds: 300 });
    new StaticFrontend(stack, 'frontend', { site, zone, domain: 'app.example.com', cacheSeconds: 60 });
  });
  expect(certificates?.['frontend_certificate']).toMatchObject({
    name: 'assets-app-example-com',
    lifecycle: { create_before_destroy: true },
  });
});

test('a balancer ends TLS with a certificate that is replaced without a gap, and redirects plain HTTP', () => {
  const found = made((stack, site) => {
    const zone = new Zone(stack, 'dns', { site, domain: 'app.example.com', ttlSeconds: 300 });
    new Balancer(stack, 'load-balancer', {
      site,
      zone,
      domain: 'app.example.com',
      name: 'coach-lb',
      nodes: 2,
      targetTag: 'coach-app',
      targetPort: 80,
      healthPath: '/healthz',
    });
  });
  expect(found['digitalocean_certificate']).toEqual({
    'load-balancer_certificate': {
      name: 'app-example-com',
      type: 'lets_encrypt',
      domains: ['${digitalocean_domain.dns.name}'],
      lifecycle: { create_before_destroy: true },
    },
  });
  expect(found['digitalocean_loadbalancer']?.['load-balancer']).toMatchObject({
    size_unit: 2,
    redirect_http_to_https: true,
    disable_lets_encrypt_dns_records: true,
    droplet_tag: 'coach-app',
    healthcheck: { path: '/healthz', port: 80 },
  });
});

describe('alerts', () => {
  const props = { serverTags: ['coach-app'], target: 'https://app.example.com/healthz', thresholdPercent: 80 };

  test('without anyone to tell are only the check', () => {
    expect(Object.keys(made((stack, site) => new Alerts(stack, 'monitoring', { site, ...props, emails: [] })))).toEqual([
      'digitalocean_uptime_check',
    ]);
  });

  test('watch CPU, memory and disk of the tagged servers, and the address', () => {
    const found = made((stack, site) => new Alerts(stack, 'monitoring', { site, ...props, emails: ['ops@example.com'] }));
    expect(Object.keys(found['digitalocean_monitor_alert'] ?? {})).toEqual(['monitoring_cpu', 'monitoring_memory', 'monitoring_disk']);
    expect(found['digitalocean_monitor_alert']?.['monitoring_cpu']).toMatchObject({
      type: 'v1/insights/droplet/cpu',
      compare: 'GreaterThan',
      value: 80,
      tags: ['coach-app'],
      alerts: { email: ['ops@example.com'] },
    });
    expect(found['digitalocean_uptime_alert']?.['monitoring_down']).toMatchObject({ type: 'down', period: '2m' });
  });
});

test('the channel publishes with the newest key, and keeps the others while they are valid', () => {
  const found = made((stack, site) => {
    const channel = new ConfigurationChannel(stack, 'configuration', { site, keyGenerations: [1, 2] });
    expect(channel.newestKey.generation).toBe(2);
    channel.publish('app', 'releases/app.json', { image: 'app:1' });
  });
  expect(Object.keys(found['digitalocean_spaces_key'] ?? {})).toEqual(['configuration_key_1', 'configuration_key_2']);
  expect(found['digitalocean_spaces_bucket_object']).toEqual({
    configuration_app: {
      region: '${digitalocean_spaces_bucket.configuration.region}',
      bucket: '${digitalocean_spaces_bucket.configuration.name}',
      key: 'releases/app.json',
      content_type: 'application/json',
      content: '{"image":"app:1"}',
    },
  });
});

test('a channel without a key is a programming error', () => {
  expect(() => made((stack, site) => new ConfigurationChannel(stack, 'configuration', { site, keyGenerations: [] }))).toThrow(RangeError);
});

test.each([
  ['a-b.example.com', 'a.b.example.com'],
  ['a.b-c.example', 'a-b.c.example'],
  ['a--b.example', 'a-.b.example'],
])('certificates of %s and %s have different names', (one, other) => {
  expect(certificateName(one)).not.toBe(certificateName(other));
});
