import { add, all, body, by, type Case, drop, everywhere, moved, removed, rename, set, unmentioned, unset } from './edit';

const world = ['0.0.0.0/0', '::/0'];
const lift = (address: string) => unset(address, 'lifecycle.prevent_destroy');

/** Edits of DigitalOcean's tiers that endanger data. */
export const dangerousOnDigitalOcean: readonly Case[] = [
  // Deleted
  {
    base: 'tier3',
    name: 'database dropped with what hangs on it',
    edit: all(
      drop(
        'digitalocean_database_cluster.database_g1',
        'digitalocean_database_db.database_g1_app',
        'digitalocean_database_user.database_g1_user',
        'digitalocean_database_connection_pool.database_g1_pool*',
        'digitalocean_database_firewall.database_g1_firewall',
        'digitalocean_spaces_bucket_object.configuration_app',
        'digitalocean_monitor_alert.monitoring_database_g1_cpu',
        'digitalocean_monitor_alert.monitoring_database_g1_disk',
      ),
      unmentioned('digitalocean_database_cluster.database_g1'),
    ),
    finds: 'guard/deleted',
    names: 'digitalocean_database_cluster.database_g1',
  },
  {
    base: 'tier3',
    name: 'only the logical database dropped',
    edit: all(
      drop('digitalocean_database_db.database_g1_app', 'digitalocean_spaces_bucket_object.configuration_app'),
      everywhere('${digitalocean_database_db.database_g1_app.name}', 'app'),
    ),
    finds: 'guard/deleted',
    names: 'digitalocean_database_db.database_g1_app',
  },
  {
    base: 'tier1',
    name: 'data volume dropped',
    edit: all(
      drop('digitalocean_volume.database_g1', 'digitalocean_volume_attachment.database_g1_attachment'),
      unmentioned('digitalocean_volume.database_g1'),
    ),
    finds: 'guard/deleted',
    names: 'digitalocean_volume.database_g1',
  },
  {
    base: 'tier1',
    name: 'bucket of uploads dropped',
    edit: all(
      drop(
        'digitalocean_spaces_bucket.storage',
        'digitalocean_spaces_key.storage_app',
        'digitalocean_spaces_bucket_object.configuration_app',
      ),
      unmentioned('digitalocean_spaces_bucket.storage'),
    ),
    finds: 'guard/deleted',
  },
  {
    base: 'tier2',
    name: 'bucket of backups dropped',
    edit: all(drop('digitalocean_spaces_bucket.backup'), unmentioned('digitalocean_spaces_bucket.backup')),
    finds: 'guard/deleted',
  },
  {
    base: 'tier1',
    name: 'DNS zone dropped',
    edit: all(drop('digitalocean_domain.dns', 'digitalocean_record.dns_address'), unmentioned('digitalocean_domain.dns')),
    finds: 'guard/deleted',
  },
  {
    base: 'tier1',
    name: 'reserved address dropped',
    edit: all(
      drop('digitalocean_reserved_ip.app_address', 'digitalocean_record.dns_address'),
      unmentioned('digitalocean_reserved_ip.app_address'),
      by((draft) => void delete draft['output']),
    ),
    finds: 'guard/deleted',
  },
  {
    base: 'tier3',
    name: 'database destroyed by a removed block',
    edit: all(
      drop('digitalocean_database_db.database_g1_app', 'digitalocean_spaces_bucket_object.configuration_app'),
      everywhere('${digitalocean_database_db.database_g1_app.name}', 'app'),
      removed('digitalocean_database_db.database_g1_app', true),
    ),
    finds: 'guard/deleted',
  },
  {
    base: 'tier1',
    name: 'count of the volume set to 0',
    edit: all(
      set('digitalocean_volume.database_g1', 'count', 0),
      drop('digitalocean_volume_attachment.database_g1_attachment'),
      unmentioned('digitalocean_volume.database_g1'),
    ),
    finds: 'guard/deleted',
  },
  {
    base: 'tier1',
    name: 'count of the bucket set to 0',
    edit: all(
      set('digitalocean_spaces_bucket.backup', 'count', 0),
      drop('digitalocean_spaces_key.backup_writer', 'digitalocean_spaces_bucket_object.configuration_app'),
      unmentioned('digitalocean_spaces_bucket.backup'),
    ),
    finds: 'guard/deleted',
  },
  {
    base: 'tier2',
    name: 'for_each of the bucket emptied',
    edit: all(set('digitalocean_spaces_bucket.backup', 'for_each', {}), unmentioned('digitalocean_spaces_bucket.backup')),
    finds: 'guard/deleted',
  },
  {
    base: 'tier1',
    name: 'server that holds the data dropped',
    edit: all(
      drop(
        'digitalocean_droplet.app_g1_1',
        'digitalocean_volume_attachment.database_g1_attachment',
        'digitalocean_spaces_bucket_object.configuration_app',
      ),
      unset('digitalocean_reserved_ip.app_address', 'droplet_id'),
      unmentioned('digitalocean_droplet.app_g1_1'),
    ),
    finds: 'guard/deleted',
    names: 'digitalocean_droplet.app_g1_1',
  },
  // Replaced
  {
    base: 'tier3',
    name: 'database gets another name',
    edit: set('digitalocean_database_cluster.database_g1', 'name', 'another'),
    finds: 'guard/replaced',
    names: 'digitalocean_database_cluster.database_g1',
  },
  {
    base: 'tier3',
    name: 'database gets another engine',
    edit: set('digitalocean_database_cluster.database_g1', 'engine', 'mysql'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier3',
    name: 'database goes to another project',
    edit: set('digitalocean_database_cluster.database_g1', 'project_id', '11111111-2222-4333-8444-555555555555'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier3',
    name: 'network gets another range, and everything in it goes',
    edit: set('digitalocean_vpc.network', 'ip_range', '10.99.0.0/16'),
    finds: 'guard/replaced',
    names: 'digitalocean_database_cluster.database_g1',
  },
  {
    base: 'tier3',
    name: 'network gets another region',
    edit: set('digitalocean_vpc.network', 'region', 'ams3'),
    finds: 'guard/replaced',
    names: 'digitalocean_database_cluster.database_g1',
  },
  {
    base: 'tier2',
    name: 'logical database renamed',
    edit: set('digitalocean_database_db.database_g1_app', 'name', 'coach'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier1',
    name: 'volume in another region',
    edit: set('digitalocean_volume.database_g1', 'region', 'ams3'),
    finds: 'guard/replaced',
  },
  { base: 'tier1', name: 'volume renamed', edit: set('digitalocean_volume.database_g1', 'name', 'data'), finds: 'guard/replaced' },
  {
    base: 'tier1',
    name: 'volume with another file system',
    edit: set('digitalocean_volume.database_g1', 'initial_filesystem_type', 'xfs'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier1',
    name: 'volume from a snapshot',
    edit: set('digitalocean_volume.database_g1', 'snapshot_id', 'ab12cd34-0000-4000-8000-000000000000'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier1',
    name: 'volume with a description',
    edit: set('digitalocean_volume.database_g1', 'description', 'the data'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier2',
    name: 'bucket in another region',
    edit: set('digitalocean_spaces_bucket.storage', 'region', 'ams3'),
    finds: 'guard/replaced',
  },
  { base: 'tier1', name: 'zone of another domain', edit: set('digitalocean_domain.dns', 'name', 'other.example'), finds: 'guard/replaced' },
  {
    base: 'tier2',
    name: 'reserved address in another region',
    edit: set('digitalocean_reserved_ip.app_address', 'region', 'ams3'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier1',
    name: 'server that holds the data in another region',
    edit: set('digitalocean_droplet.app_g1_1', 'region', 'ams3'),
    finds: 'guard/replaced',
  },
  {
    base: 'tier1',
    name: 'a tag replaces the volume by replace_triggered_by',
    edit: all(
      set('digitalocean_volume.database_g1', 'lifecycle', { replace_triggered_by: ['digitalocean_tag.app_tag'] }),
      set('digitalocean_tag.app_tag', 'name', 'app2'),
    ),
    finds: 'guard/replaced',
  },
  { base: 'tier3', name: 'region of everything', edit: everywhere('"fra1"', '"ams3"'), finds: 'guard/replaced' },
  // Moved without a word
  {
    base: 'tier3',
    name: 'database renamed in the code',
    edit: rename('digitalocean_database_cluster.database_g1', 'postgres_g1'),
    finds: 'guard/moved',
    names: 'digitalocean_database_cluster.database_g1',
  },
  { base: 'tier1', name: 'volume renamed in the code', edit: rename('digitalocean_volume.database_g1', 'data_g1'), finds: 'guard/moved' },
  {
    base: 'tier1',
    name: 'bucket renamed in the code',
    edit: rename('digitalocean_spaces_bucket.storage', 'uploads'),
    finds: 'guard/moved',
  },
  {
    base: 'tier3',
    name: 'next generation without a promotion',
    edit: all(everywhere('database_g1', 'database_g2'), everywhere('database-g1', 'database-g2')),
    finds: 'guard/moved',
  },
  { base: 'tier2', name: 'zone renamed in the code', edit: rename('digitalocean_domain.dns', 'zone'), finds: 'guard/moved' },
  {
    base: 'tier1',
    name: 'moved block to the wrong place',
    edit: all(
      rename('digitalocean_volume.database_g1', 'data_g1'),
      moved('digitalocean_volume.database_g1', 'digitalocean_volume.data_g2'),
    ),
    finds: 'guard/moved',
  },
  // Unprotected
  {
    base: 'tier3',
    name: 'prevent_destroy of the database lifted',
    edit: lift('digitalocean_database_cluster.database_g1'),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier1',
    name: 'prevent_destroy of the volume lifted',
    edit: unset('digitalocean_volume.database_g1', 'lifecycle'),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier2',
    name: 'prevent_destroy of the bucket switched off',
    edit: set('digitalocean_spaces_bucket.storage', 'lifecycle.prevent_destroy', false),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier2',
    name: 'versioning switched off',
    edit: set('digitalocean_spaces_bucket.storage', 'versioning.enabled', false),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier1',
    name: 'versioning taken out',
    edit: unset('digitalocean_spaces_bucket.backup', 'versioning'),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier1',
    name: 'old versions kept for a day',
    edit: set('digitalocean_spaces_bucket.backup', 'lifecycle_rule.0.noncurrent_version_expiration.days', 1),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier2',
    name: 'old versions kept for two weeks instead of a month',
    edit: set('digitalocean_spaces_bucket.storage', 'lifecycle_rule.0.noncurrent_version_expiration.days', 14),
    finds: 'guard/unprotected',
  },
  {
    base: 'tier3',
    name: 'environment made disposable',
    edit: by((draft) => {
      for (const group of Object.values(draft.resource)) for (const one of Object.values(group)) delete one['lifecycle'];
    }),
    finds: 'guard/disposable',
  },
  // Emptied
  {
    base: 'tier1',
    name: 'bucket that may be deleted with its objects',
    edit: set('digitalocean_spaces_bucket.backup', 'force_destroy', true),
    finds: 'guard/emptied',
  },
  {
    base: 'tier2',
    name: 'objects deleted after a month',
    edit: set('digitalocean_spaces_bucket.storage', 'lifecycle_rule.0.expiration', { days: 30 }),
    finds: 'guard/emptied',
  },
  {
    base: 'tier1',
    name: 'a second rule deletes objects',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_spaces_bucket.backup')['lifecycle_rule'] as unknown[]).push({
          enabled: true,
          expiration: { days: 7 },
        }),
    ),
    finds: 'guard/emptied',
  },
  // Shrunk
  {
    base: 'tier3',
    name: 'database gets a smaller size',
    edit: set('digitalocean_database_cluster.database_g1', 'size', 'db-s-1vcpu-2gb'),
    finds: 'guard/shrunk',
  },
  {
    base: 'tier1',
    name: 'volume gets smaller',
    edit: set('digitalocean_volume.database_g1', 'size', 5),
    finds: 'guard/shrunk',
    unplanned: 'the provider refuses to plan it',
  },
  // Public
  {
    base: 'tier3',
    name: 'trusted sources dropped',
    edit: drop('digitalocean_database_firewall.database_g1_firewall'),
    finds: 'guard/public',
    names: 'digitalocean_database_firewall.database_g1_firewall',
  },
  {
    base: 'tier3',
    name: 'everybody is a trusted source',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_database_firewall.database_g1_firewall')['rule'] as unknown[]).push({
          type: 'ip_addr',
          value: '0.0.0.0/0',
        }),
    ),
    finds: 'guard/public',
  },
  {
    base: 'tier3',
    name: 'firewall of the servers dropped',
    edit: all(drop('digitalocean_firewall.inference_firewall'), unset('digitalocean_droplet.inference_g1_1', 'depends_on')),
    finds: 'guard/public',
    names: 'digitalocean_firewall.inference_firewall',
  },
  {
    base: 'tier1',
    name: 'SSH open to the world',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_firewall.app_firewall')['inbound_rule'] as unknown[]).push({
          protocol: 'tcp',
          port_range: '22',
          source_addresses: world,
        }),
    ),
    finds: 'guard/public',
  },
  {
    base: 'tier1',
    name: 'PostgreSQL open to the world',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_firewall.app_firewall')['inbound_rule'] as unknown[]).push({
          protocol: 'tcp',
          port_range: '5432',
          source_addresses: world,
        }),
    ),
    finds: 'guard/public',
  },
  {
    base: 'tier3',
    name: 'inference open to the world',
    edit: set('digitalocean_firewall.inference_firewall', 'inbound_rule.0.source_addresses', world),
    finds: 'guard/public',
  },
  {
    base: 'tier1',
    name: 'half of the world twice',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_firewall.app_firewall')['inbound_rule'] as unknown[]).push({
          protocol: 'tcp',
          port_range: '1-65535',
          source_addresses: ['0.0.0.0/1', '128.0.0.0/1'],
        }),
    ),
    finds: 'guard/public',
  },
  {
    base: 'tier1',
    name: 'a second firewall opens a port',
    edit: add('digitalocean_firewall.more', {
      name: 'more',
      tags: ['${digitalocean_tag.app_tag.name}'],
      inbound_rule: [{ protocol: 'tcp', port_range: '6379', source_addresses: world }],
    }),
    finds: 'guard/public',
  },
  {
    base: 'tier2',
    name: 'bucket of uploads readable for everybody',
    edit: set('digitalocean_spaces_bucket.storage', 'acl', 'public-read'),
    finds: 'guard/public',
  },
  {
    base: 'tier1',
    name: 'a policy opens the backups',
    edit: add('digitalocean_spaces_bucket_policy.open', {
      region: 'fra1',
      bucket: '${digitalocean_spaces_bucket.backup.name}',
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::x/*"}]}',
    }),
    finds: 'guard/public',
  },
  // What no plan calls dangerous
  {
    base: 'tier3',
    name: 'recorded tier changed by hand',
    edit: set('terraform_data.recorded_tier', 'triggers_replace', 'tier4'),
    finds: 'guard/recorded-tier',
  },
  {
    base: 'tier3',
    name: 'recorded generations changed by hand',
    edit: set('terraform_data.recorded_generations', 'triggers_replace', 'database=2'),
    finds: 'guard/recorded-generations',
  },
  { base: 'tier3', name: 'record of the tier dropped', edit: drop('terraform_data.recorded_tier'), finds: 'guard/recorded-tier' },
];

/** Edits that a team makes every day. */
export const harmlessOnDigitalOcean: readonly Case[] = [
  { base: 'tier1', name: 'nothing', edit: all() },
  { base: 'tier3', name: 'a new image of the app', edit: everywhere('deadlock-coach:1.4.2', 'deadlock-coach:1.5.0') },
  { base: 'tier3', name: 'a setting of the app', edit: everywhere('LOG_LEVEL', 'LOG_FORMAT') },
  {
    base: 'tier1',
    name: 'a tag more',
    edit: by((draft) => void (body(draft, 'digitalocean_volume.database_g1')['tags'] as unknown[]).push('cost-centre:7')),
  },
  {
    base: 'tier3',
    name: 'tags of the database',
    edit: by((draft) => void (body(draft, 'digitalocean_database_cluster.database_g1')['tags'] as unknown[]).push('cost-centre:7')),
  },
  { base: 'tier1', name: 'a bigger server', edit: set('digitalocean_droplet.app_g1_1', 'size', 's-4vcpu-8gb') },
  {
    base: 'tier3',
    name: 'bigger app servers',
    edit: all(set('digitalocean_droplet.app_g1_1', 'size', 's-8vcpu-16gb'), set('digitalocean_droplet.app_g1_2', 'size', 's-8vcpu-16gb')),
  },
  {
    base: 'tier3',
    name: 'network of the balancer left to the provider',
    edit: unset('digitalocean_loadbalancer.load-balancer', 'vpc_uuid'),
  },
  { base: 'tier3', name: 'a bigger database', edit: set('digitalocean_database_cluster.database_g1', 'size', 'db-s-6vcpu-16gb') },
  { base: 'tier3', name: 'a third node of the database', edit: set('digitalocean_database_cluster.database_g1', 'node_count', 3) },
  { base: 'tier3', name: 'a second node of the cache', edit: set('digitalocean_database_cluster.cache_g1', 'node_count', 2) },
  { base: 'tier1', name: 'a bigger volume', edit: set('digitalocean_volume.database_g1', 'size', 50) },
  {
    base: 'tier3',
    name: 'more storage of the database',
    edit: set('digitalocean_database_cluster.database_g1', 'storage_size_mib', 204_800),
  },
  {
    base: 'tier3',
    name: 'another maintenance window',
    edit: set('digitalocean_database_cluster.database_g1', 'maintenance_window.0.day', 'monday'),
  },
  { base: 'tier3', name: 'a new version of PostgreSQL', edit: set('digitalocean_database_cluster.database_g1', 'version', '18') },
  {
    base: 'tier3',
    name: 'another eviction of the cache',
    edit: set('digitalocean_database_cluster.cache_g1', 'eviction_policy', 'allkeys_lru'),
  },
  {
    base: 'tier2',
    name: 'old versions kept longer',
    edit: set('digitalocean_spaces_bucket.storage', 'lifecycle_rule.0.noncurrent_version_expiration.days', 90),
  },
  {
    base: 'tier2',
    name: 'broken uploads removed sooner',
    edit: set('digitalocean_spaces_bucket.storage', 'lifecycle_rule.0.abort_incomplete_multipart_upload_days', 1),
  },
  { base: 'tier1', name: 'versioning switched on', edit: set('digitalocean_spaces_bucket.configuration', 'versioning', { enabled: true }) },
  {
    base: 'tier1',
    name: 'configuration bucket no longer emptied',
    edit: set('digitalocean_spaces_bucket.configuration', 'force_destroy', false),
  },
  { base: 'tier1', name: 'backups of the server', edit: set('digitalocean_droplet.app_g1_1', 'backups', true) },
  {
    base: 'tier2',
    name: 'protection of the certificate',
    edit: set('digitalocean_certificate.frontend_certificate', 'lifecycle.prevent_destroy', true),
  },
  { base: 'tier1', name: 'a lower threshold of an alert', edit: set('digitalocean_monitor_alert.monitoring_cpu', 'value', 70) },
  { base: 'tier1', name: 'another recipient of an alert', edit: everywhere('ops@deadlock-coach.example', 'oncall@deadlock-coach.example') },
  { base: 'tier1', name: 'an alert dropped', edit: drop('digitalocean_monitor_alert.monitoring_memory') },
  {
    base: 'tier1',
    name: 'another path of the uptime check',
    edit: set('digitalocean_uptime_check.monitoring_uptime', 'target', 'https://app.deadlock-coach.example/ready'),
  },
  {
    base: 'tier1',
    name: 'uptime check from more places',
    edit: by((draft) => void (body(draft, 'digitalocean_uptime_check.monitoring_uptime')['regions'] as unknown[]).push('se_asia')),
  },
  {
    base: 'tier1',
    name: 'a record more',
    edit: add('digitalocean_record.dns_www', {
      domain: '${digitalocean_domain.dns.name}',
      name: 'www',
      type: 'CNAME',
      value: '@',
      ttl: 300,
    }),
  },
  { base: 'tier1', name: 'a shorter TTL', edit: set('digitalocean_record.dns_address', 'ttl', 60) },
  { base: 'tier3', name: 'a record of another type', edit: set('digitalocean_record.dns_assets', 'ttl', 60) },
  { base: 'tier1', name: 'a closed port', edit: unset('digitalocean_firewall.app_firewall', 'inbound_rule.0') },
  {
    base: 'tier1',
    name: 'SSH for one address',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_firewall.app_firewall')['inbound_rule'] as unknown[]).push({
          protocol: 'tcp',
          port_range: '22',
          source_addresses: ['203.0.113.7/32'],
        }),
    ),
  },
  {
    base: 'tier3',
    name: 'a trusted source more',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_database_firewall.database_g1_firewall')['rule'] as unknown[]).push({
          type: 'ip_addr',
          value: '203.0.113.7',
        }),
    ),
  },
  {
    base: 'tier3',
    name: 'inference may reach the database',
    edit: by(
      (draft) =>
        void (body(draft, 'digitalocean_database_firewall.database_g1_firewall')['rule'] as unknown[]).push({
          type: 'tag',
          value: '${digitalocean_tag.inference_tag.name}',
        }),
    ),
  },
  {
    base: 'tier1',
    name: 'rules of the firewall in another order',
    edit: by((draft) => void (body(draft, 'digitalocean_firewall.app_firewall')['inbound_rule'] as unknown[]).reverse()),
  },
  { base: 'tier3', name: 'name of the firewall', edit: set('digitalocean_firewall.app_firewall', 'name', 'app') },
  {
    base: 'tier3',
    name: 'a firewall more',
    edit: add('digitalocean_firewall.more', {
      name: 'more',
      tags: ['${digitalocean_tag.app_tag.name}'],
      inbound_rule: [{ protocol: 'tcp', port_range: '9100', source_addresses: ['10.0.0.0/8'] }],
    }),
  },
  {
    base: 'tier3',
    name: 'health check more often',
    edit: set('digitalocean_loadbalancer.load-balancer', 'healthcheck.check_interval_seconds', 5),
  },
  { base: 'tier3', name: 'a bigger balancer', edit: set('digitalocean_loadbalancer.load-balancer', 'size_unit', 3) },
  {
    base: 'tier3',
    name: 'a third app server',
    edit: by((draft) => {
      const server = structuredClone(body(draft, 'digitalocean_droplet.app_g1_2'));
      const droplets = draft.resource['digitalocean_droplet'] ?? {};
      droplets['app_g1_3'] = { ...server, name: 'app-3' };
    }),
  },
  {
    base: 'tier3',
    name: 'one app server less',
    edit: all(
      drop('digitalocean_droplet.app_g1_2'),
      unmentioned('digitalocean_droplet.app_g1_2'),
      everywhere('digitalocean_droplet.app_g1_2', 'digitalocean_droplet.app_g1_1'),
    ),
  },
  {
    base: 'tier2',
    name: 'user data of a server that ignores it',
    edit: set('digitalocean_droplet.app_g1_1', 'user_data', '#cloud-config\npackages: [jq]\n'),
  },
  { base: 'tier2', name: 'image of a server that ignores it', edit: set('digitalocean_droplet.app_g1_1', 'image', 'ubuntu-26-04-x64') },
  { base: 'tier2', name: 'keys of a server that ignores them', edit: set('digitalocean_droplet.app_g1_1', 'ssh_keys', ['12:34']) },
  { base: 'tier2', name: 'a longer cache of the CDN', edit: set('digitalocean_cdn.frontend', 'ttl', 7200) },
  { base: 'tier3', name: 'a bigger pool', edit: set('digitalocean_database_connection_pool.database_g1_pool*', 'size', 60) },
  {
    base: 'tier3',
    name: 'a user more',
    edit: add('digitalocean_database_user.reporting', { cluster_id: '${digitalocean_database_cluster.database_g1.id}', name: 'reporting' }),
  },
  {
    base: 'tier3',
    name: 'a database more',
    edit: add('digitalocean_database_db.reporting', { cluster_id: '${digitalocean_database_cluster.database_g1.id}', name: 'reporting' }),
  },
  {
    base: 'tier3',
    name: 'a read replica',
    edit: add('digitalocean_database_replica.reader', {
      cluster_id: '${digitalocean_database_cluster.database_g1.id}',
      name: 'reader',
      region: 'fra1',
      size: 'db-s-4vcpu-8gb',
    }),
  },
  {
    base: 'tier3',
    name: 'a configuration of the database',
    edit: add('digitalocean_database_postgresql_config.more', {
      cluster_id: '${digitalocean_database_cluster.database_g1.id}',
      idle_in_transaction_session_timeout: 60_000,
    }),
  },
  {
    base: 'tier1',
    name: 'a bucket more',
    edit: add('digitalocean_spaces_bucket.more', { name: 'coach-more', region: 'fra1', acl: 'private' }),
  },
  { base: 'tier1', name: 'a volume more', edit: add('digitalocean_volume.more', { name: 'more', region: 'fra1', size: 10 }) },
  { base: 'tier1', name: 'name of the project', edit: set('digitalocean_project.network_project', 'name', 'coach') },
  { base: 'tier1', name: 'description of the network', edit: set('digitalocean_vpc.network', 'description', 'ours') },
  {
    base: 'tier1',
    name: 'a key for the bucket',
    edit: add('digitalocean_spaces_key.more', {
      name: 'more',
      grant: [{ bucket: '${digitalocean_spaces_bucket.storage.name}', permission: 'read' }],
    }),
  },
  {
    base: 'tier3',
    name: 'database moved with a moved block',
    edit: all(
      rename('digitalocean_database_cluster.database_g1', 'postgres_g1'),
      moved('digitalocean_database_cluster.database_g1', 'digitalocean_database_cluster.postgres_g1'),
    ),
  },
  {
    base: 'tier1',
    name: 'volume moved with a moved block',
    edit: all(
      rename('digitalocean_volume.database_g1', 'data_g1'),
      moved('digitalocean_volume.database_g1', 'digitalocean_volume.data_g1'),
    ),
  },
  {
    base: 'tier1',
    name: 'volume moved through two names',
    edit: all(
      rename('digitalocean_volume.database_g1', 'data_g1'),
      moved('digitalocean_volume.database_g1', 'digitalocean_volume.between'),
      moved('digitalocean_volume.between', 'digitalocean_volume.data_g1'),
    ),
  },
  {
    base: 'tier2',
    name: 'count of 1 where there was none',
    edit: by((draft) => {
      const text = JSON.stringify(draft).replaceAll('digitalocean_spaces_bucket.backup.', 'digitalocean_spaces_bucket.backup[0].');
      Object.assign(draft, JSON.parse(text));
      body(draft, 'digitalocean_spaces_bucket.backup')['count'] = 1;
    }),
  },
  {
    base: 'tier3',
    name: 'numbers as texts, a block as a list',
    edit: all(
      set('digitalocean_database_cluster.database_g1', 'node_count', '2'),
      set('digitalocean_spaces_bucket.storage', 'versioning', [{ enabled: true }]),
    ),
  },
  {
    base: 'tier3',
    name: 'a name out of a variable with the same value',
    edit: all(
      by((draft) => void (draft['variable'] = { ...(draft['variable'] as object), region: { default: 'fra1' } })),
      set('digitalocean_database_cluster.database_g1', 'region', '${var.region}'),
    ),
  },
  {
    base: 'tier3',
    name: 'comments and outputs',
    edit: by((draft) => {
      draft['output'] = { ...(draft['output'] as object), more: { value: '${digitalocean_vpc.network.id}' } };
      body(draft, 'digitalocean_vpc.network')['//'] = { metadata: { path: 'elsewhere' } };
    }),
  },
  // The provider keeps the network of a cluster that names none, which its schema knows and the behaviour table does not: a false alarm.
  {
    base: 'tier3',
    name: 'network of the database no longer named',
    edit: unset('digitalocean_database_cluster.database_g1', 'private_network_uuid'),
  },
  { base: 'tier2', name: 'a description of an alert', edit: set('digitalocean_monitor_alert.monitoring_disk', 'description', 'disk') },
  {
    base: 'tier2',
    name: 'database forgotten on purpose',
    edit: all(
      drop('digitalocean_spaces_bucket.backup'),
      unmentioned('digitalocean_spaces_bucket.backup'),
      removed('digitalocean_spaces_bucket.backup'),
    ),
  },
];
