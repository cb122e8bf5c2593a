/** A resource's arguments, as Terraform JSON has them. */
export type Arguments = Record<string, unknown>;

/** Resources by type and name, as Terraform JSON has them. */
export type Resources = Record<string, Record<string, Arguments>>;

export const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna@example.test';

/** One small resource of each type that tiers 1 to 3 use, tied together as they are there. */
export function everyType(): Resources {
  return {
    digitalocean_vpc: { a: { name: 'net', region: 'fra1', ip_range: '10.10.0.0/16' } },
    digitalocean_ssh_key: { a: { name: 'anna', public_key: PUBLIC_KEY } },
    digitalocean_tag: { a: { name: 'app' } },
    digitalocean_droplet: {
      a: {
        name: 'app-1',
        region: 'fra1',
        size: 's-2vcpu-4gb',
        image: 'ubuntu-24-04-x64',
        vpc_uuid: '${digitalocean_vpc.a.id}',
        ssh_keys: ['${digitalocean_ssh_key.a.id}'],
        tags: ['${digitalocean_tag.a.name}'],
        user_data: '#cloud-config\npackages: [caddy]\n',
        monitoring: true,
        backups: true,
        backup_policy: { plan: 'weekly', weekday: 'SUN', hour: 4 },
        resize_disk: false,
      },
    },
    digitalocean_volume: {
      a: { name: 'data', region: 'fra1', size: 50, initial_filesystem_type: 'ext4', description: 'database', tags: ['app'] },
    },
    digitalocean_volume_attachment: { a: { droplet_id: '${digitalocean_droplet.a.id}', volume_id: '${digitalocean_volume.a.id}' } },
    digitalocean_reserved_ip: { a: { region: 'fra1' } },
    digitalocean_reserved_ip_assignment: {
      a: { droplet_id: '${digitalocean_droplet.a.id}', ip_address: '${digitalocean_reserved_ip.a.ip_address}' },
    },
    digitalocean_firewall: {
      a: {
        name: 'web',
        droplet_ids: ['${digitalocean_droplet.a.id}'],
        inbound_rule: [
          { protocol: 'tcp', port_range: '443', source_addresses: ['0.0.0.0/0', '::/0'] },
          { protocol: 'tcp', port_range: '80', source_load_balancer_uids: ['${digitalocean_loadbalancer.a.id}'] },
          { protocol: 'icmp', source_addresses: ['10.0.0.0/8'] },
        ],
        outbound_rule: [{ protocol: 'tcp', port_range: '1-65535', destination_addresses: ['0.0.0.0/0'] }],
      },
    },
    digitalocean_domain: { a: { name: 'example.test' } },
    digitalocean_record: {
      a: { domain: '${digitalocean_domain.a.id}', type: 'A', name: '@', value: '${digitalocean_loadbalancer.a.ip}', ttl: 300 },
    },
    digitalocean_certificate: { a: { name: 'cert', type: 'lets_encrypt', domains: ['example.test', 'www.example.test'] } },
    digitalocean_loadbalancer: {
      a: {
        name: 'lb',
        region: 'fra1',
        size_unit: 2,
        vpc_uuid: '${digitalocean_vpc.a.id}',
        droplet_tag: 'app',
        redirect_http_to_https: true,
        forwarding_rule: [
          {
            entry_protocol: 'https',
            entry_port: 443,
            target_protocol: 'http',
            target_port: 80,
            certificate_name: '${digitalocean_certificate.a.name}',
          },
          { entry_protocol: 'http', entry_port: 80, target_protocol: 'http', target_port: 80 },
        ],
        healthcheck: { protocol: 'http', port: 80, path: '/healthz' },
      },
    },
    digitalocean_database_cluster: {
      a: {
        name: 'pg',
        engine: 'pg',
        version: '17',
        size: 'db-s-2vcpu-4gb',
        region: 'fra1',
        node_count: 2,
        private_network_uuid: '${digitalocean_vpc.a.id}',
        maintenance_window: { day: 'sunday', hour: '03:00' },
        tags: ['app'],
      },
      cache: {
        name: 'cache',
        engine: 'valkey',
        version: '8',
        size: 'db-s-1vcpu-2gb',
        region: 'fra1',
        node_count: 1,
        eviction_policy: 'allkeys_lru',
      },
    },
    digitalocean_database_db: { a: { cluster_id: '${digitalocean_database_cluster.a.id}', name: 'app' } },
    digitalocean_database_user: { a: { cluster_id: '${digitalocean_database_cluster.a.id}', name: 'app' } },
    digitalocean_database_connection_pool: {
      a: {
        cluster_id: '${digitalocean_database_cluster.a.id}',
        name: 'app',
        mode: 'transaction',
        size: 20,
        db_name: '${digitalocean_database_db.a.name}',
        user: '${digitalocean_database_user.a.name}',
      },
    },
    digitalocean_database_firewall: {
      a: {
        cluster_id: '${digitalocean_database_cluster.a.id}',
        rule: [
          { type: 'droplet', value: '${digitalocean_droplet.a.id}' },
          { type: 'ip_addr', value: '192.0.2.1' },
        ],
      },
    },
    digitalocean_database_replica: {
      a: {
        cluster_id: '${digitalocean_database_cluster.a.id}',
        name: 'replica',
        size: 'db-s-2vcpu-4gb',
        region: 'fra1',
        private_network_uuid: '${digitalocean_vpc.a.id}',
      },
    },
    digitalocean_database_postgresql_config: {
      a: { cluster_id: '${digitalocean_database_cluster.a.id}', idle_in_transaction_session_timeout: 60000, max_parallel_workers: 8 },
    },
    digitalocean_database_valkey_config: {
      a: { cluster_id: '${digitalocean_database_cluster.cache.id}', notify_keyspace_events: 'KEA', timeout: 300 },
    },
    digitalocean_spaces_bucket: {
      a: { name: 'acme-assets', region: 'fra1', acl: 'private', force_destroy: false },
      b: {
        name: 'acme-backups',
        region: 'fra1',
        versioning: { enabled: true },
        lifecycle_rule: [
          {
            id: 'old',
            prefix: 'wal/',
            enabled: true,
            noncurrent_version_expiration: { days: 30 },
            expiration: { days: 90 },
            abort_incomplete_multipart_upload_days: 1,
          },
        ],
      },
    },
    digitalocean_spaces_bucket_object: {
      a: {
        region: 'fra1',
        bucket: '${digitalocean_spaces_bucket.a.name}',
        key: 'release.json',
        content: '{"image":"app:1"}',
        content_type: 'application/json',
      },
    },
    digitalocean_spaces_bucket_policy: {
      a: { region: 'fra1', bucket: '${digitalocean_spaces_bucket.a.name}', policy: '{"Version":"2012-10-17","Statement":[]}' },
    },
    digitalocean_spaces_bucket_cors_configuration: {
      a: {
        region: 'fra1',
        bucket: '${digitalocean_spaces_bucket.a.id}',
        cors_rule: [
          { allowed_headers: ['*'], allowed_methods: ['GET', 'HEAD'], allowed_origins: ['https://example.test'], max_age_seconds: 3000 },
        ],
      },
    },
    digitalocean_spaces_key: { a: { name: 'reader', grant: [{ bucket: '${digitalocean_spaces_bucket.a.name}', permission: 'read' }] } },
    digitalocean_cdn: { a: { origin: '${digitalocean_spaces_bucket.a.bucket_domain_name}', ttl: 3600 } },
    digitalocean_monitor_alert: {
      a: {
        type: 'v1/insights/droplet/cpu',
        compare: 'GreaterThan',
        value: 80,
        window: '5m',
        description: 'CPU is busy',
        entities: ['${digitalocean_droplet.a.id}'],
        alerts: { email: ['ops@example.test'] },
      },
    },
    digitalocean_uptime_check: {
      a: { name: 'site', target: 'https://example.test/healthz', type: 'https', regions: ['eu_west', 'us_east'] },
    },
    digitalocean_uptime_alert: {
      a: {
        name: 'down',
        check_id: '${digitalocean_uptime_check.a.id}',
        type: 'down',
        period: '2m',
        notifications: { email: ['ops@example.test'] },
      },
    },
    digitalocean_project: {
      a: {
        name: 'production',
        environment: 'Production',
        purpose: 'Web Application',
        resources: ['${digitalocean_droplet.a.urn}', '${digitalocean_loadbalancer.a.urn}'],
      },
    },
  };
}
