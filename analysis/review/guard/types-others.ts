import { copies, type HelperType, more, off, on, ordered, present, size, type StatefulType } from './protection';

const never = Number.POSITIVE_INFINITY;

/** Google's resources that hold something. Source: hashicorp/google 6.50.0, docs of each resource. `deletion_protection` is on where nothing is said. */
export const googleTypes: Readonly<Record<string, StatefulType>> = {
  google_sql_database_instance: {
    holds: 'a database with its backups',
    protections: [
      on('deletion_protection', 'deletion protection', true),
      on('settings.deletion_protection_enabled', 'deletion protection', false),
      on('settings.backup_configuration.enabled', 'backups'),
      on('settings.backup_configuration.point_in_time_recovery_enabled', 'recovery to a point in time'),
      more('settings.backup_configuration.backup_retention_settings.retained_backups', 'backups that are kept', 'kept'),
      more('settings.backup_configuration.transaction_log_retention_days', 'days of recovery to a point in time', 'kept'),
      off('settings.ip_configuration.ipv4_enabled', 'having no public address', true, 'public'),
      size('settings.disk_size', 'disk'),
      ordered('settings.availability_type', 'standby in another zone', ['ZONAL', 'REGIONAL'], 'ZONAL', 'weaker'),
    ],
  },
  google_sql_database: { holds: 'a database' },
  google_storage_bucket: {
    holds: 'a bucket with its objects',
    protections: [
      off('force_destroy', 'refusal to delete a bucket that is not empty', false, 'emptied'),
      on('versioning.enabled', 'versioning'),
      ordered('public_access_prevention', 'prevention of public access', ['inherited', 'enforced'], 'inherited', 'public'),
      more('retention_policy.retention_period', 'seconds for which objects cannot be deleted', 0),
      more('soft_delete_policy.retention_duration_seconds', 'seconds in which a deletion can be taken back', 604_800),
      on('uniform_bucket_level_access', 'uniform access', false, 'weaker'),
      more('lifecycle_rule.condition.age', 'days after which objects are deleted', never, 'emptied'),
    ],
  },
  google_compute_disk: { holds: 'a disk with its data', protections: [size('size', 'size')] },
  google_compute_region_disk: { holds: 'a disk with its data', protections: [size('size', 'size')] },
  google_compute_snapshot: { holds: 'a snapshot of a disk' },
  google_compute_address: { holds: 'a reserved address', kind: 'address' },
  google_compute_global_address: { holds: 'a reserved address', kind: 'address' },
  google_dns_managed_zone: {
    holds: 'a DNS zone',
    kind: 'address',
    protections: [
      off('force_destroy', 'refusal to delete a zone that is not empty', false, 'emptied'),
      ordered('visibility', 'reach', ['public', 'private'], 'public', 'public'),
    ],
  },
  google_container_cluster: {
    holds: 'a cluster with its volumes',
    protections: [
      on('deletion_protection', 'deletion protection', true),
      ordered('database_encryption.state', 'encryption of secrets', ['DECRYPTED', 'ENCRYPTED'], 'DECRYPTED'),
      on('private_cluster_config.enable_private_endpoint', 'private control plane', false, 'public'),
      present('master_authorized_networks_config', 'list of who may reach the control plane', 'public'),
    ],
  },
  google_redis_instance: {
    holds: 'a cache',
    kind: 'cache',
    protections: [
      on('deletion_protection', 'deletion protection', 'kept'),
      on('auth_enabled', 'password', false),
      size('memory_size_gb', 'memory'),
    ],
  },
  google_spanner_instance: {
    holds: 'a distributed database',
    protections: [off('force_destroy', 'refusal to delete an instance with backups', false)],
  },
  google_spanner_database: {
    holds: 'a distributed database',
    protections: [on('deletion_protection', 'deletion protection', true), on('enable_drop_protection', 'drop protection', false)],
  },
  google_alloydb_cluster: {
    holds: 'a database cluster',
    protections: [
      on('deletion_protection', 'deletion protection', 'kept'),
      on('automated_backup_policy.enabled', 'backups', 'kept'),
      on('continuous_backup_config.enabled', 'recovery to a point in time', true),
    ],
  },
  google_alloydb_instance: {
    holds: 'a node of a database cluster',
    kind: 'copy',
    protections: [off('network_config.enable_public_ip', 'having no public address', false, 'public')],
  },
  google_bigtable_instance: { holds: 'a table store', protections: [on('deletion_protection', 'deletion protection', true)] },
  google_firestore_database: {
    holds: 'a document database',
    protections: [
      ordered('delete_protection_state', 'deletion protection', ['DELETE_PROTECTION_DISABLED', 'DELETE_PROTECTION_ENABLED'], 'kept'),
      ordered(
        'point_in_time_recovery_enablement',
        'recovery to a point in time',
        ['POINT_IN_TIME_RECOVERY_DISABLED', 'POINT_IN_TIME_RECOVERY_ENABLED'],
        'POINT_IN_TIME_RECOVERY_DISABLED',
      ),
    ],
  },
  google_bigquery_dataset: {
    holds: 'a data set',
    protections: [off('delete_contents_on_destroy', 'refusal to delete a data set that is not empty', false, 'emptied')],
  },
  google_bigquery_table: { holds: 'a table', protections: [on('deletion_protection', 'deletion protection', true)] },
  google_pubsub_topic: {
    holds: 'the messages of a topic',
    protections: [more('message_retention_duration', 'seconds for which messages are kept', 'kept')],
  },
  google_pubsub_subscription: {
    holds: 'the messages of a subscription',
    protections: [more('message_retention_duration', 'seconds for which messages are kept', 604_800)],
  },
  google_kms_key_ring: { holds: 'a ring of keys' },
  google_kms_crypto_key: { holds: 'a key without which its data cannot be read' },
  google_secret_manager_secret: { holds: 'a secret', protections: [on('deletion_protection', 'deletion protection', 'kept')] },
  google_filestore_instance: {
    holds: 'a file system',
    protections: [on('deletion_protection_enabled', 'deletion protection', 'kept'), size('file_shares.capacity_gb', 'size')],
  },
  google_logging_project_bucket_config: {
    holds: 'logs',
    protections: [
      more('retention_days', 'days for which logs are kept', 30, 'emptied'),
      on('locked', 'lock on the time for which logs are kept', false),
    ],
  },
  google_project_iam_audit_config: { holds: 'the record of who reads and writes data' },
  google_artifact_registry_repository: { holds: 'a registry with its images' },
};

/** What protects Google's. */
export const googleHelpers: Readonly<Record<string, HelperType>> = {
  google_compute_firewall: { what: 'the firewall', refers: 'network' },
  google_storage_bucket_iam_member: { what: 'who may read the bucket', refers: 'bucket', named: 'name' },
  google_storage_bucket_iam_binding: { what: 'who may read the bucket', refers: 'bucket', named: 'name' },
  google_storage_bucket_acl: { what: 'the access list', refers: 'bucket', named: 'name' },
};

/** What holds something in a Kubernetes cluster. Source: hashicorp/kubernetes 2.38.0; types that end in _v1 are the same. */
export const kubernetesTypes: Readonly<Record<string, StatefulType>> = {
  kubernetes_persistent_volume_claim: { holds: 'a volume with its data', protections: [size('spec.resources.requests.storage', 'size')] },
  kubernetes_persistent_volume: {
    holds: 'a volume with its data',
    protections: [
      ordered('spec.persistent_volume_reclaim_policy', 'keeping the volume when its claim goes', ['Delete', 'Recycle', 'Retain'], 'Delete'),
    ],
  },
  kubernetes_stateful_set: {
    holds: 'pods with their volumes',
    protections: [
      copies('spec.replicas', 'replicas', 1),
      ordered('spec.persistent_volume_claim_retention_policy.when_deleted', 'keeping volumes', ['Delete', 'Retain'], 'Retain'),
      ordered('spec.persistent_volume_claim_retention_policy.when_scaled', 'keeping volumes', ['Delete', 'Retain'], 'Retain'),
    ],
  },
  kubernetes_secret: { holds: 'a secret' },
  kubernetes_storage_class: {
    holds: 'a kind of volume',
    kind: 'copy',
    protections: [ordered('reclaim_policy', 'keeping volumes when their claims go', ['Delete', 'Retain'], 'Delete')],
  },
  kubernetes_namespace: { holds: 'a namespace with everything in it' },
  cloudflare_zone: { holds: 'a DNS zone', kind: 'address' },
  cloudflare_workers_kv_namespace: { holds: 'values at the edge' },
  cloudflare_r2_bucket: { holds: 'a bucket with its objects' },
  cloudflare_d1_database: { holds: 'a database' },
};

/** What protects them. */
export const kubernetesHelpers: Readonly<Record<string, HelperType>> = {
  kubernetes_network_policy: { what: 'the network policy', refers: 'spec', deleted: 'public' },
  kubernetes_pod_disruption_budget: { what: 'the disruption budget', refers: 'spec', deleted: 'weaker' },
};

/** Protections of what holds no data itself. */
export const otherServers: Readonly<Record<string, StatefulType>> = {
  google_compute_instance: { holds: 'a server', protections: [on('deletion_protection', 'deletion protection')] },
  google_container_node_pool: { holds: 'servers of a cluster' },
  google_cloud_run_v2_service: { holds: 'a service', protections: [on('deletion_protection', 'deletion protection', true)] },
  kubernetes_deployment: { holds: 'pods' },
  kubernetes_service: { holds: 'a service' },
  helm_release: { holds: 'what a chart installs' },
};
