import type { CdkTfJson, JsonObject } from '../../../analysis/graph';
import { guardStack } from '../../../analysis/review';

/** An edit of the resource's arguments, or another resource that comes, goes or changes beside it. */
type Edit = { readonly set: JsonObject } | { readonly without: string } | { readonly beside: JsonObject };

/** A kind of thing that holds something, on one platform, and what endangers it there. */
interface Row {
  readonly kind: string;
  readonly type: string;
  readonly values: JsonObject;
  /** Helpers that stand beside it. */
  readonly beside?: JsonObject;
  /** What forces another, empty one. */
  readonly replaced: JsonObject;
  /** Each way in which a protection goes; or why there is none but `prevent_destroy`. */
  readonly unprotected: readonly Edit[] | string;
  readonly emptied: Edit | string;
  readonly shrunk: Edit | string;
  readonly public: Edit | string;
  /** Of a copy, whose data are elsewhere too. @default 'high' */
  readonly severity?: 'medium';
}

const it = 'it';
const ref = (type: string, attribute = 'id'): string => `\${${type}.${it}.${attribute}}`;
const noProtection = 'the provider has no protection of its own';
const notEmptied = 'nothing empties it but its deletion';
const noSize = 'it has no size';
const notReachable = 'it is not reached by a network';
const world = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
const open = { set: { policy: world } } as const;
const cluster = { engine: 'pg', name: 'it', region: 'fra1', size: 'db-s-4vcpu-8gb', node_count: 2 };
const trusted = {
  digitalocean_database_firewall: { it: { cluster_id: ref('digitalocean_database_cluster'), rule: [{ type: 'tag', value: 'app' }] } },
};
const block = { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true };
const bucketSettings = {
  aws_s3_bucket_versioning: { it: { bucket: ref('aws_s3_bucket'), versioning_configuration: { status: 'Enabled' } } },
  aws_s3_bucket_public_access_block: { it: { bucket: ref('aws_s3_bucket'), ...block } },
};

const rows: readonly Row[] = [
  {
    kind: 'database',
    type: 'digitalocean_database_cluster',
    values: cluster,
    beside: trusted,
    replaced: { name: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: { set: { size: 'db-s-1vcpu-2gb' } },
    public: { beside: {} },
  },
  {
    kind: 'replica',
    type: 'digitalocean_database_replica',
    values: { cluster_id: 'c', name: 'it', region: 'fra1', size: 'db-s-4vcpu-8gb' },
    replaced: { name: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: { set: { size: 'db-s-2vcpu-4gb' } },
    public: 'its trusted sources are those of the cluster',
  },
  {
    kind: 'volume',
    type: 'digitalocean_volume',
    values: { name: 'it', region: 'fra1', size: 100 },
    replaced: { region: 'ams3' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: { set: { size: 50 } },
    public: notReachable,
  },
  {
    kind: 'bucket',
    type: 'digitalocean_spaces_bucket',
    values: { name: 'it', region: 'fra1', acl: 'private', versioning: [{ enabled: true }] },
    replaced: { region: 'ams3' },
    unprotected: [{ set: { versioning: [{ enabled: false }] } }, { without: 'versioning' }],
    emptied: { set: { force_destroy: true } },
    shrunk: noSize,
    public: { set: { acl: 'public-read' } },
  },
  {
    kind: 'cache kept as data',
    type: 'digitalocean_database_cluster',
    values: { ...cluster, engine: 'valkey', eviction_policy: 'noeviction' },
    beside: trusted,
    replaced: { name: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: { set: { size: 'db-s-2vcpu-4gb' } },
    public: { beside: {} },
  },
  {
    kind: 'stream',
    type: 'digitalocean_database_kafka_topic',
    values: { cluster_id: 'c', name: 'it', replication_factor: 3, config: [{ retention_ms: 604_800_000 }] },
    replaced: { name: 'other' },
    unprotected: [{ set: { config: [{ retention_ms: 1000 }] } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'its cluster is what is reached',
  },
  {
    kind: 'cluster with volumes',
    type: 'digitalocean_kubernetes_cluster',
    values: {
      name: 'it',
      region: 'fra1',
      version: '1.33',
      ha: true,
      control_plane_firewall: [{ enabled: true, allowed_addresses: ['10.0.0.1'] }],
      node_pool: [{ size: 's', node_count: 2 }],
    },
    replaced: { region: 'ams3' },
    unprotected: [{ set: { ha: false } }, { set: { destroy_all_associated_resources: true } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: { set: { control_plane_firewall: [{ enabled: false, allowed_addresses: [] }] } },
  },
  {
    kind: 'DNS zone',
    type: 'digitalocean_domain',
    values: { name: 'a.example' },
    replaced: { name: 'b.example' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: noSize,
    public: 'every zone is public',
  },
  {
    kind: 'reserved address',
    type: 'digitalocean_reserved_ip',
    values: { region: 'fra1' },
    replaced: { region: 'ams3' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: noSize,
    public: notReachable,
  },

  {
    kind: 'database',
    type: 'aws_db_instance',
    values: {
      identifier: 'it',
      allocated_storage: 100,
      deletion_protection: true,
      backup_retention_period: 14,
      storage_encrypted: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'last',
      publicly_accessible: false,
    },
    replaced: { db_name: 'other' },
    unprotected: [
      { set: { deletion_protection: false } },
      { without: 'deletion_protection' },
      { set: { backup_retention_period: 7 } },
      { set: { backup_retention_period: 0 } },
      { set: { skip_final_snapshot: true } },
      { without: 'final_snapshot_identifier' },
    ],
    emptied: notEmptied,
    shrunk: { set: { allocated_storage: 50 } },
    public: { set: { publicly_accessible: true } },
  },
  {
    kind: 'replica',
    type: 'aws_db_instance',
    values: {
      identifier: 'it',
      replicate_source_db: 'source',
      allocated_storage: 100,
      publicly_accessible: false,
      backup_retention_period: 7,
    },
    replaced: { kms_key_id: 'other' },
    unprotected: [{ set: { backup_retention_period: 1 } }],
    emptied: notEmptied,
    shrunk: { set: { allocated_storage: 50 } },
    public: { set: { publicly_accessible: true } },
  },
  {
    kind: 'replica of a cluster',
    type: 'aws_rds_cluster_instance',
    values: { identifier: 'it', cluster_identifier: 'c', engine: 'aurora-postgresql', publicly_accessible: false },
    replaced: { engine: 'aurora-mysql' },
    unprotected: 'the cluster has them',
    emptied: notEmptied,
    shrunk: noSize,
    public: { set: { publicly_accessible: true } },
    severity: 'medium',
  },
  {
    kind: 'database of a cluster',
    type: 'aws_rds_cluster',
    values: {
      cluster_identifier: 'it',
      deletion_protection: true,
      backup_retention_period: 14,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'last',
      allocated_storage: 100,
    },
    replaced: { database_name: 'other' },
    unprotected: [{ set: { deletion_protection: false } }, { set: { backup_retention_period: 1 } }, { set: { skip_final_snapshot: true } }],
    emptied: notEmptied,
    shrunk: { set: { allocated_storage: 50 } },
    public: 'its nodes are what is reached',
  },
  {
    kind: 'volume',
    type: 'aws_ebs_volume',
    values: { availability_zone: 'eu-central-1a', size: 100, encrypted: true, final_snapshot: true },
    replaced: { availability_zone: 'eu-central-1b' },
    unprotected: [{ set: { final_snapshot: false } }],
    emptied: notEmptied,
    shrunk: { set: { size: 50 } },
    public: notReachable,
  },
  {
    kind: 'bucket',
    type: 'aws_s3_bucket',
    values: { bucket: 'it' },
    beside: bucketSettings,
    replaced: { bucket: 'other' },
    unprotected: [
      { beside: { aws_s3_bucket_public_access_block: bucketSettings.aws_s3_bucket_public_access_block } },
      {
        beside: {
          ...bucketSettings,
          aws_s3_bucket_versioning: { it: { bucket: ref('aws_s3_bucket'), versioning_configuration: { status: 'Suspended' } } },
        },
      },
    ],
    emptied: { set: { force_destroy: true } },
    shrunk: noSize,
    public: { beside: { aws_s3_bucket_versioning: bucketSettings.aws_s3_bucket_versioning } },
  },
  {
    kind: 'cache kept as data',
    type: 'aws_elasticache_replication_group',
    values: {
      replication_group_id: 'it',
      description: 'it',
      node_type: 'cache.m7g.xlarge',
      snapshot_retention_limit: 7,
      num_node_groups: 2,
      at_rest_encryption_enabled: true,
    },
    replaced: { replication_group_id: 'other' },
    unprotected: [{ set: { snapshot_retention_limit: 1 } }],
    emptied: notEmptied,
    shrunk: { set: { node_type: 'cache.m7g.large' } },
    public: 'ElastiCache has no public addresses',
  },
  {
    kind: 'cache kept as data, in shards',
    type: 'aws_elasticache_replication_group',
    values: { replication_group_id: 'it', description: 'it', snapshot_retention_limit: 7, num_node_groups: 2 },
    replaced: { replication_group_id: 'other' },
    unprotected: [{ set: { snapshot_retention_limit: 0 } }],
    emptied: notEmptied,
    shrunk: { set: { num_node_groups: 1 } },
    public: 'ElastiCache has no public addresses',
  },
  {
    kind: 'queue',
    type: 'aws_sqs_queue',
    values: { name: 'it', message_retention_seconds: 1_209_600, sqs_managed_sse_enabled: true },
    replaced: { name: 'other' },
    unprotected: [
      { set: { message_retention_seconds: 60 } },
      { without: 'message_retention_seconds' },
      { set: { sqs_managed_sse_enabled: false } },
    ],
    emptied: notEmptied,
    shrunk: noSize,
    public: open,
  },
  {
    kind: 'stream',
    type: 'aws_kinesis_stream',
    values: { name: 'it', retention_period: 168, encryption_type: 'KMS', kms_key_id: 'k' },
    replaced: { name: 'other' },
    unprotected: [{ set: { retention_period: 24 } }, { without: 'retention_period' }, { set: { encryption_type: 'NONE' } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'who may read it says IAM',
  },
  {
    kind: 'KMS key',
    type: 'aws_kms_key',
    values: { deletion_window_in_days: 30, enable_key_rotation: true, policy: '{"Statement":[]}' },
    replaced: { customer_master_key_spec: 'RSA_4096' },
    unprotected: [{ set: { deletion_window_in_days: 7 } }],
    emptied: { set: { is_enabled: false } },
    shrunk: noSize,
    public: open,
  },
  {
    kind: 'secret',
    type: 'aws_secretsmanager_secret',
    values: { name: 'it', recovery_window_in_days: 30 },
    replaced: { name: 'other' },
    unprotected: [{ set: { recovery_window_in_days: 0 } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: {
      beside: { aws_secretsmanager_secret_policy: { it: { secret_arn: ref('aws_secretsmanager_secret', 'arn'), policy: world } } },
    },
  },
  {
    kind: 'cluster with volumes',
    type: 'aws_eks_cluster',
    values: {
      name: 'it',
      role_arn: 'r',
      vpc_config: { endpoint_public_access: false, subnet_ids: ['s'] },
      encryption_config: { resources: ['secrets'], provider: { key_arn: 'k' } },
      deletion_protection: true,
    },
    replaced: { name: 'other' },
    unprotected: [{ set: { deletion_protection: false } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: { set: { vpc_config: { endpoint_public_access: true, subnet_ids: ['s'] } } },
  },
  {
    kind: 'DNS zone',
    type: 'aws_route53_zone',
    values: { name: 'a.example' },
    replaced: { name: 'b.example' },
    unprotected: noProtection,
    emptied: { set: { force_destroy: true } },
    shrunk: noSize,
    public: 'a private zone is another zone',
  },
  {
    kind: 'reserved address',
    type: 'aws_eip',
    values: { domain: 'vpc' },
    replaced: { network_border_group: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: noSize,
    public: notReachable,
  },

  {
    kind: 'database',
    type: 'google_sql_database_instance',
    values: {
      name: 'it',
      region: 'europe-west3',
      database_version: 'POSTGRES_16',
      settings: {
        tier: 't',
        disk_size: 100,
        ip_configuration: { ipv4_enabled: false },
        backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
      },
    },
    replaced: { region: 'europe-west1' },
    unprotected: [
      { set: { deletion_protection: false } },
      {
        set: {
          settings: { tier: 't', disk_size: 100, ip_configuration: { ipv4_enabled: false }, backup_configuration: { enabled: false } },
        },
      },
    ],
    emptied: notEmptied,
    shrunk: {
      set: {
        settings: {
          tier: 't',
          disk_size: 50,
          ip_configuration: { ipv4_enabled: false },
          backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
        },
      },
    },
    public: {
      set: {
        settings: {
          tier: 't',
          disk_size: 100,
          ip_configuration: { ipv4_enabled: true },
          backup_configuration: { enabled: true, point_in_time_recovery_enabled: true },
        },
      },
    },
  },
  {
    kind: 'volume',
    type: 'google_compute_disk',
    values: { name: 'it', zone: 'a', size: 100 },
    replaced: { zone: 'b' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: { set: { size: 50 } },
    public: notReachable,
  },
  {
    kind: 'bucket',
    type: 'google_storage_bucket',
    values: { name: 'it', location: 'EU', versioning: { enabled: true }, public_access_prevention: 'enforced' },
    replaced: { location: 'US' },
    unprotected: [{ set: { versioning: { enabled: false } } }],
    emptied: { set: { force_destroy: true } },
    shrunk: noSize,
    public: { set: { public_access_prevention: 'inherited' } },
  },
  {
    kind: 'distributed database',
    type: 'google_spanner_database',
    values: { instance: 'i', name: 'it', enable_drop_protection: true },
    replaced: { name: 'other' },
    unprotected: [{ set: { deletion_protection: false } }, { set: { enable_drop_protection: false } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'who may read it says IAM',
  },
  {
    kind: 'database cluster',
    type: 'google_alloydb_cluster',
    values: { cluster_id: 'it', location: 'europe-west3', deletion_protection: true, automated_backup_policy: { enabled: true } },
    replaced: { location: 'europe-west1' },
    unprotected: [
      { set: { deletion_protection: false } },
      { set: { automated_backup_policy: { enabled: false } } },
      { set: { continuous_backup_config: { enabled: false } } },
    ],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'its nodes are what is reached',
  },
  {
    kind: 'node of a database cluster',
    type: 'google_alloydb_instance',
    values: { cluster: 'c', instance_id: 'it', instance_type: 'PRIMARY', network_config: { enable_public_ip: false } },
    replaced: { instance_id: 'other' },
    unprotected: 'the cluster has them',
    emptied: notEmptied,
    shrunk: noSize,
    public: { set: { network_config: { enable_public_ip: true } } },
    severity: 'medium',
  },
  {
    kind: 'queue',
    type: 'google_pubsub_subscription',
    values: { name: 'it', topic: 't', message_retention_duration: '604800s' },
    replaced: { topic: 'other' },
    unprotected: [{ set: { message_retention_duration: '600s' } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'who may read it says IAM',
  },
  {
    kind: 'key',
    type: 'google_kms_crypto_key',
    values: { name: 'it', key_ring: 'r' },
    replaced: { name: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: noSize,
    public: 'who may use it says IAM',
  },
  {
    kind: 'secret',
    type: 'google_secret_manager_secret',
    values: { secret_id: 'it', replication: { auto: {} }, deletion_protection: true },
    replaced: { secret_id: 'other' },
    unprotected: [{ set: { deletion_protection: false } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: 'who may read it says IAM',
  },
  {
    kind: 'cluster with volumes',
    type: 'google_container_cluster',
    values: {
      name: 'it',
      location: 'europe-west3',
      private_cluster_config: { enable_private_endpoint: true },
      master_authorized_networks_config: { cidr_blocks: [{ cidr_block: '10.0.0.0/8' }] },
    },
    replaced: { location: 'europe-west1' },
    unprotected: [{ set: { deletion_protection: false } }],
    emptied: notEmptied,
    shrunk: noSize,
    public: { without: 'master_authorized_networks_config' },
  },
  {
    kind: 'DNS zone',
    type: 'google_dns_managed_zone',
    values: { name: 'it', dns_name: 'a.example.' },
    replaced: { dns_name: 'b.example.' },
    unprotected: noProtection,
    emptied: { set: { force_destroy: true } },
    shrunk: noSize,
    public: 'a private zone is another zone',
  },
  {
    kind: 'reserved address',
    type: 'google_compute_global_address',
    values: { name: 'it' },
    replaced: { name: 'other' },
    unprotected: noProtection,
    emptied: notEmptied,
    shrunk: noSize,
    public: notReachable,
  },
  {
    kind: 'volume',
    type: 'kubernetes_persistent_volume_claim_v1',
    values: {
      metadata: { name: 'it' },
      spec: { access_modes: ['ReadWriteOnce'], storage_class_name: 's', resources: { requests: { storage: '10Gi' } } },
    },
    replaced: { metadata: { name: 'other' } },
    unprotected: 'its class and its volume have them',
    emptied: notEmptied,
    shrunk: { set: { spec: { access_modes: ['ReadWriteOnce'], storage_class_name: 's', resources: { requests: { storage: '5Gi' } } } } },
    public: notReachable,
  },
];

const withIt = (
  { type, beside = {} }: Row,
  values: JsonObject | undefined,
  more: JsonObject = {},
  others: JsonObject = beside,
): CdkTfJson => ({ ...more, resource: { ...others, ...(values === undefined ? {} : { [type]: { [it]: values } }) } }) as CdkTfJson;

function found(row: Row, head: CdkTfJson, values = row.values): readonly (readonly [string, string])[] {
  return guardStack({ stack: 's', base: withIt(row, values), head }).findings.map(({ id, severity }) => [id, severity]);
}

function edited(row: Row, edit: Edit): CdkTfJson {
  if ('beside' in edit) return withIt(row, row.values, {}, edit.beside);
  if ('set' in edit) return withIt(row, { ...row.values, ...edit.set });
  const { [edit.without]: _gone, ...rest } = row.values;
  return withIt(row, rest);
}

const named = rows.map((row) => [`${row.kind}: ${row.type}`, row] as const);
const protectedOnce = { lifecycle: { prevent_destroy: true } };

describe.each(named)('%s', (_, row) => {
  const severity = row.severity ?? 'high';

  test('deleted, also where its prevent_destroy goes with it', () => {
    expect(found(row, withIt(row, undefined, {}, {}))).toContainEqual(['guard/deleted', severity]);
    expect(found(row, withIt(row, undefined, {}, {}), { ...row.values, ...protectedOnce })).toContainEqual(['guard/deleted', severity]);
  });

  test('replaced', () => expect(found(row, withIt(row, { ...row.values, ...row.replaced }))).toContainEqual(['guard/replaced', severity]));

  test('forgotten', () =>
    expect(
      found(row, withIt(row, undefined, { removed: [{ from: `${row.type}.${it}`, lifecycle: { destroy: false } }] }, {})),
    ).toContainEqual(['guard/forgotten', 'medium']));

  test('moved without a word, and in peace with one', () => {
    const renamed = (more: JsonObject): CdkTfJson =>
      ({
        ...more,
        resource: JSON.parse(JSON.stringify({ ...row.beside }).replaceAll(`${row.type}.${it}.`, `${row.type}.other.`)) as JsonObject,
      }) as CdkTfJson;
    const head = (more: JsonObject = {}): CdkTfJson => {
      const json = renamed(more);
      return { ...json, resource: { ...(json['resource'] as JsonObject), [row.type]: { other: row.values } } } as CdkTfJson;
    };
    expect(found(row, head())).toContainEqual(['guard/moved', 'high']);
    expect(found(row, head({ moved: [{ from: `${row.type}.${it}`, to: `${row.type}.other` }] }))).toEqual([]);
  });

  test('unprotected: prevent_destroy lifted', () =>
    expect(found(row, withIt(row, row.values), { ...row.values, ...protectedOnce })).toContainEqual(['guard/unprotected', 'high']));

  test('unprotected, each way', () => {
    for (const edit of typeof row.unprotected === 'string' ? [] : row.unprotected)
      expect([edit, found(row, edited(row, edit))]).toEqual([edit, expect.arrayContaining([['guard/unprotected', 'high']])]);
  });

  for (const danger of ['emptied', 'shrunk', 'public'] as const) {
    const edit = row[danger];
    if (typeof edit !== 'string')
      test(`it is ${danger}`, () => expect(found(row, edited(row, edit))).toContainEqual([`guard/${danger}`, 'high']));
  }
});

test('nothing is found where nothing changes', () => {
  for (const row of rows) expect([row.type, found(row, withIt(row, row.values))]).toEqual([row.type, []]);
});

describe('the size of a database', () => {
  const row = rows[0] as Row;
  const size = (slug: string, more: JsonObject = {}) => ({ ...row.values, size: slug, ...more });

  test('a larger one, or one whose disk is stated, is no danger', () => {
    expect(found(row, withIt(row, size('db-s-6vcpu-16gb')))).toEqual([]);
    expect(
      found(row, withIt(row, size('db-s-2vcpu-4gb', { storage_size_mib: 163_840 })), size('db-s-4vcpu-8gb', { storage_size_mib: 163_840 })),
    ).toEqual([]);
  });

  test('a name that nobody knows says nothing', () => expect(found(row, withIt(row, size('db-of-tomorrow')))).toEqual([]));

  test('of a cache that is computed again, less memory is worth a look only', () => {
    const cache = { ...row, values: { ...row.values, engine: 'valkey', eviction_policy: 'allkeys_lru' } };
    expect(found(cache, withIt(cache, { ...cache.values, size: 'db-s-1vcpu-1gb' }))).toEqual([['guard/shrunk', 'medium']]);
  });
});

describe('what a provider keeps when it is left out', () => {
  const network = { ...cluster, private_network_uuid: 'n' };
  const row = rows[0] as Row;

  test('is not replaced', () => expect(found(row, withIt(row, cluster), network)).toEqual([]));
  test('is replaced where it becomes another', () =>
    expect(found(row, withIt(row, { ...cluster, private_network_uuid: 'm' }), network)).toContainEqual(['guard/replaced', 'high']));
  test('is replaced where it was not stated: what it was is not known', () =>
    expect(found(row, withIt(row, network), cluster)).toContainEqual(['guard/replaced', 'high']));
});
