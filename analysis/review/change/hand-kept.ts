import type { Effect } from '../../../catalog/aws/replacement';

/** What a change replaces, and what is known to change in place, for types that nobody has probed. */
interface Kept {
  readonly replaces: readonly string[];
  readonly inPlace: readonly string[];
}

/**
 * Recalled from the providers' documentation ("Forces new resource", "Changing this forces ...") of google 6.x and kubernetes 2.x,
 * 2026-11; neither read again nor probed. What is in neither list is unknown.
 */
const types: Readonly<Record<string, Kept>> = {
  google_sql_database_instance: {
    replaces: ['name', 'region', 'project', 'master_instance_name', 'encryption_key_name', 'settings.ip_configuration.allocated_ip_range'],
    inPlace: [
      'settings',
      'deletion_protection',
      'database_version',
      'root_password',
      'maintenance_version',
      'replica_configuration',
      'instance_type',
    ],
  },
  google_sql_database: { replaces: ['name', 'instance', 'project'], inPlace: ['charset', 'collation', 'deletion_policy'] },
  google_storage_bucket: {
    replaces: ['name', 'location', 'project', 'custom_placement_config', 'enable_object_retention'],
    inPlace: [
      'versioning',
      'lifecycle_rule',
      'labels',
      'force_destroy',
      'public_access_prevention',
      'uniform_bucket_level_access',
      'retention_policy',
      'soft_delete_policy',
      'storage_class',
      'cors',
      'website',
      'encryption',
      'logging',
      'autoclass',
      'default_event_based_hold',
    ],
  },
  google_compute_disk: {
    replaces: ['name', 'zone', 'project', 'type', 'image', 'snapshot', 'disk_encryption_key', 'physical_block_size_bytes'],
    inPlace: ['size', 'labels', 'resource_policies', 'provisioned_iops', 'provisioned_throughput', 'access_mode'],
  },
  google_compute_address: {
    replaces: ['name', 'region', 'project', 'address', 'address_type', 'purpose', 'network_tier', 'subnetwork'],
    inPlace: ['labels'],
  },
  google_compute_global_address: {
    replaces: ['name', 'project', 'address', 'address_type', 'purpose', 'network', 'prefix_length'],
    inPlace: ['labels'],
  },
  google_dns_managed_zone: {
    replaces: ['name', 'dns_name', 'project', 'visibility'],
    inPlace: ['description', 'labels', 'dnssec_config', 'force_destroy', 'private_visibility_config', 'forwarding_config'],
  },
  google_container_cluster: {
    replaces: [
      'name',
      'location',
      'project',
      'network',
      'subnetwork',
      'cluster_ipv4_cidr',
      'ip_allocation_policy',
      'private_cluster_config.enable_private_nodes',
      'private_cluster_config.master_ipv4_cidr_block',
      'enable_autopilot',
      'node_config',
      'initial_node_count',
      'default_max_pods_per_node',
      'enable_tpu',
      'confidential_nodes',
      'networking_mode',
      'datapath_provider',
    ],
    inPlace: [
      'deletion_protection',
      'min_master_version',
      'release_channel',
      'maintenance_policy',
      'master_authorized_networks_config',
      'resource_labels',
      'addons_config',
      'logging_service',
      'monitoring_service',
      'logging_config',
      'monitoring_config',
      'workload_identity_config',
      'node_locations',
      'remove_default_node_pool',
      'cluster_autoscaling',
      'database_encryption',
      'description',
      'network_policy',
    ],
  },
  google_redis_instance: {
    replaces: [
      'name',
      'region',
      'project',
      'location_id',
      'authorized_network',
      'reserved_ip_range',
      'connect_mode',
      'tier',
      'transit_encryption_mode',
      'customer_managed_key',
      'redis_version',
    ],
    inPlace: [
      'memory_size_gb',
      'labels',
      'display_name',
      'redis_configs',
      'maintenance_policy',
      'persistence_config',
      'auth_enabled',
      'replica_count',
      'deletion_protection',
    ],
  },
  google_logging_project_bucket_config: {
    replaces: ['project', 'location', 'bucket_id'],
    inPlace: ['retention_days', 'locked', 'description', 'enable_analytics', 'cmek_settings', 'index_configs'],
  },
  google_project_iam_audit_config: {
    replaces: ['project', 'service'],
    inPlace: ['audit_log_config'],
  },
  google_spanner_instance: {
    replaces: ['name', 'project', 'config'],
    inPlace: [
      'num_nodes',
      'processing_units',
      'display_name',
      'labels',
      'force_destroy',
      'autoscaling_config',
      'edition',
      'default_backup_schedule_type',
    ],
  },
  google_spanner_database: {
    replaces: ['name', 'instance', 'project', 'database_dialect', 'encryption_config'],
    inPlace: ['deletion_protection', 'version_retention_period', 'enable_drop_protection', 'ddl'],
  },
  google_alloydb_cluster: {
    replaces: ['cluster_id', 'location', 'project', 'network_config.network', 'restore_backup_source', 'restore_continuous_backup_source'],
    inPlace: [
      'deletion_protection',
      'deletion_policy',
      'automated_backup_policy',
      'continuous_backup_config',
      'labels',
      'annotations',
      'display_name',
      'database_version',
      'maintenance_update_policy',
      'initial_user',
      'encryption_config',
      'subscription_type',
      'skip_await_major_version_upgrade',
    ],
  },
  google_alloydb_instance: {
    replaces: ['cluster', 'instance_id', 'instance_type'],
    inPlace: [
      'machine_config',
      'availability_type',
      'database_flags',
      'labels',
      'annotations',
      'display_name',
      'gce_zone',
      'read_pool_config',
      'query_insights_config',
      'client_connection_config',
      'network_config',
      'activation_policy',
    ],
  },
  google_pubsub_topic: {
    replaces: ['name', 'project'],
    inPlace: ['labels', 'message_retention_duration', 'message_storage_policy', 'schema_settings', 'kms_key_name'],
  },
  google_pubsub_subscription: {
    replaces: ['name', 'project', 'topic', 'enable_message_ordering'],
    inPlace: [
      'labels',
      'ack_deadline_seconds',
      'message_retention_duration',
      'retain_acked_messages',
      'expiration_policy',
      'retry_policy',
      'dead_letter_policy',
      'push_config',
    ],
  },
  google_kms_key_ring: { replaces: ['name', 'location', 'project'], inPlace: [] },
  google_kms_crypto_key: {
    replaces: ['name', 'key_ring', 'purpose', 'destroy_scheduled_duration', 'import_only'],
    inPlace: ['labels', 'rotation_period', 'version_template'],
  },
  google_secret_manager_secret: {
    replaces: ['secret_id', 'project', 'replication'],
    inPlace: ['labels', 'annotations', 'expire_time', 'ttl', 'rotation', 'topics', 'version_aliases', 'deletion_protection'],
  },
  google_filestore_instance: {
    replaces: ['name', 'location', 'zone', 'project', 'tier', 'networks', 'kms_key_name', 'file_shares.name'],
    inPlace: ['file_shares', 'labels', 'description', 'deletion_protection_enabled'],
  },
  google_bigquery_dataset: {
    replaces: ['dataset_id', 'location', 'project'],
    inPlace: ['labels', 'description', 'access', 'delete_contents_on_destroy', 'default_table_expiration_ms', 'friendly_name'],
  },
  google_firestore_database: {
    replaces: ['name', 'location_id', 'project'],
    inPlace: ['type', 'deletion_policy', 'delete_protection_state', 'point_in_time_recovery_enablement', 'concurrency_mode'],
  },
  google_compute_instance: {
    replaces: [
      'name',
      'zone',
      'project',
      'boot_disk',
      'network_interface.network',
      'network_interface.subnetwork',
      'scratch_disk',
      'hostname',
      'metadata_startup_script',
      'guest_accelerator',
    ],
    inPlace: [
      'machine_type',
      'labels',
      'metadata',
      'tags',
      'service_account',
      'deletion_protection',
      'attached_disk',
      'allow_stopping_for_update',
      'desired_status',
      'network_interface',
    ],
  },
  google_compute_firewall: {
    replaces: ['name', 'network', 'project', 'direction'],
    inPlace: ['allow', 'deny', 'source_ranges', 'target_tags', 'source_tags', 'priority', 'disabled', 'description', 'log_config'],
  },
  kubernetes_persistent_volume_claim: {
    replaces: [
      'metadata.name',
      'metadata.namespace',
      'spec.access_modes',
      'spec.storage_class_name',
      'spec.volume_name',
      'spec.selector',
      'spec.volume_mode',
    ],
    inPlace: ['metadata.labels', 'metadata.annotations', 'spec.resources', 'wait_until_bound'],
  },
  kubernetes_persistent_volume: { replaces: ['metadata.name'], inPlace: ['metadata.labels', 'metadata.annotations', 'spec'] },
  kubernetes_stateful_set: {
    replaces: [
      'metadata.name',
      'metadata.namespace',
      'spec.service_name',
      'spec.selector',
      'spec.volume_claim_template',
      'spec.pod_management_policy',
    ],
    inPlace: [
      'metadata.labels',
      'metadata.annotations',
      'spec.replicas',
      'spec.template',
      'spec.update_strategy',
      'spec.persistent_volume_claim_retention_policy',
      'wait_for_rollout',
    ],
  },
  kubernetes_deployment: {
    replaces: ['metadata.name', 'metadata.namespace', 'spec.selector'],
    inPlace: ['metadata.labels', 'metadata.annotations', 'spec', 'wait_for_rollout'],
  },
  kubernetes_namespace: { replaces: ['metadata.name'], inPlace: ['metadata.labels', 'metadata.annotations'] },
  kubernetes_secret: {
    replaces: ['metadata.name', 'metadata.namespace', 'type', 'immutable'],
    inPlace: ['metadata.labels', 'metadata.annotations', 'data', 'binary_data'],
  },
  kubernetes_service: { replaces: ['metadata.name', 'metadata.namespace'], inPlace: ['metadata.labels', 'metadata.annotations', 'spec'] },
  kubernetes_network_policy: {
    replaces: ['metadata.name', 'metadata.namespace'],
    inPlace: ['metadata.labels', 'metadata.annotations', 'spec'],
  },
  kubernetes_horizontal_pod_autoscaler: {
    replaces: ['metadata.name', 'metadata.namespace'],
    inPlace: ['metadata.labels', 'metadata.annotations', 'spec'],
  },
  helm_release: {
    replaces: ['name', 'namespace'],
    inPlace: ['chart', 'version', 'values', 'set', 'set_sensitive', 'repository', 'timeout', 'wait', 'atomic', 'create_namespace'],
  },
  cloudflare_zone: { replaces: ['zone', 'name', 'account'], inPlace: ['paused', 'plan', 'type'] },
};

/** What a change does, by what the provider documents. The v1 types of Kubernetes are as those without it. */
export function handKept(type: string, path: string): Effect {
  const plain = type.replace(/^(kubernetes_.*?)_v\d+$/, '$1');
  const kept = Object.hasOwn(types, plain) ? types[plain] : undefined;
  if (kept === undefined) return { kind: 'unknown' };
  if (within(path, kept.replaces)) return { kind: 'replaces' };
  return within(path, kept.inPlace) || kept.replaces.some((one) => one.startsWith(`${path}.`)) ? { kind: 'in-place' } : { kind: 'unknown' };
}

function within(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(`${root}.`));
}
