import { cacheClassList as cacheClasses } from '../../../catalog/aws/nodes';
import { copies, type HelperType, more, off, on, ordered, present, type Protection, size, sized, type StatefulType } from './protection';

const memory = sized('node_type', 'memory of a node', (name) => cacheClasses().find((one) => one.class === name)?.memoryGib);
const never = Number.POSITIVE_INFINITY;
const deletion = on('deletion_protection', 'deletion protection');
const finalSnapshot: readonly Protection[] = [
  off('skip_final_snapshot', 'final snapshot'),
  present('final_snapshot_identifier', 'name of the final snapshot'),
];
const retention = more('backup_retention_period', 'days for which backups are kept', 'kept');
const encrypted = on('storage_encrypted', 'encryption of the storage');
const secretly = off('publicly_accessible', 'refusal of public access', false, 'public');
const snapshots = more('snapshot_retention_limit', 'days for which snapshots are kept', 0);

/** Amazon's resources that hold something. Source: hashicorp/aws 5.100.0, docs of each resource. */
export const awsTypes: Readonly<Record<string, StatefulType>> = {
  aws_db_instance: {
    holds: 'a database with its backups',
    protections: [
      deletion,
      ...finalSnapshot,
      retention,
      encrypted,
      secretly,
      off('delete_automated_backups', 'keeping automated backups after a deletion', true, 'weaker'),
      on('multi_az', 'standby in another zone', 'kept', 'weaker'),
      size('allocated_storage', 'storage'),
    ],
  },
  aws_rds_cluster: {
    holds: 'a database cluster with its backups',
    protections: [deletion, ...finalSnapshot, retention, encrypted, size('allocated_storage', 'storage')],
  },
  aws_rds_cluster_instance: { holds: 'a node of a database cluster', kind: 'copy', protections: [secretly] },
  aws_rds_global_cluster: { holds: 'a global database cluster', protections: [deletion, encrypted] },
  aws_db_snapshot: { holds: 'a snapshot of a database' },
  aws_db_cluster_snapshot: { holds: 'a snapshot of a database cluster' },
  aws_docdb_cluster: { holds: 'a document database', protections: [deletion, ...finalSnapshot, retention, encrypted] },
  aws_docdb_cluster_instance: { holds: 'a node of a document database', kind: 'copy' },
  aws_neptune_cluster: { holds: 'a graph database', protections: [deletion, ...finalSnapshot, retention, encrypted] },
  aws_neptune_cluster_instance: { holds: 'a node of a graph database', kind: 'copy', protections: [secretly] },
  aws_dsql_cluster: { holds: 'a distributed database', protections: [on('deletion_protection_enabled', 'deletion protection')] },
  aws_dynamodb_table: {
    holds: 'a table',
    protections: [
      on('deletion_protection_enabled', 'deletion protection'),
      on('point_in_time_recovery.enabled', 'recovery to a point in time', 'kept'),
      on('server_side_encryption.enabled', 'encryption with a key of the account', 'kept', 'weaker'),
      copies('replica.#', 'copies in other regions', 0),
    ],
  },
  aws_keyspaces_table: {
    holds: 'a table',
    protections: [ordered('point_in_time_recovery.status', 'recovery to a point in time', ['DISABLED', 'ENABLED'], 'DISABLED')],
  },
  aws_keyspaces_keyspace: { holds: 'a keyspace' },
  aws_timestreamwrite_table: { holds: 'a time series table' },
  aws_timestreamwrite_database: { holds: 'a time series database' },
  aws_redshift_cluster: {
    holds: 'a warehouse',
    protections: [
      ...finalSnapshot,
      more('automated_snapshot_retention_period', 'days for which snapshots are kept', 'kept'),
      on('encrypted', 'encryption of the storage', 'kept'),
      secretly,
    ],
  },
  aws_redshiftserverless_namespace: { holds: 'a warehouse' },
  aws_elasticache_cluster: { holds: 'a cache', kind: 'cache', protections: [snapshots, memory] },
  aws_elasticache_replication_group: {
    holds: 'a cache',
    kind: 'cache',
    protections: [
      snapshots,
      memory,
      size('num_node_groups', 'shards'),
      on('at_rest_encryption_enabled', 'encryption of the storage', 'kept'),
      on('transit_encryption_enabled', 'encryption on the way', 'kept'),
      copies('num_cache_clusters', 'nodes'),
      copies('replicas_per_node_group', 'replicas of each shard'),
      on('automatic_failover_enabled', 'automatic failover', false, 'weaker'),
    ],
  },
  aws_elasticache_serverless_cache: { holds: 'a cache', kind: 'cache', protections: [snapshots] },
  aws_memorydb_cluster: {
    holds: 'a database in memory',
    protections: [
      snapshots,
      memory,
      size('num_shards', 'shards'),
      present('final_snapshot_name', 'final snapshot'),
      on('tls_enabled', 'encryption on the way', true),
    ],
  },
  aws_dax_cluster: { holds: 'a cache', kind: 'cache' },
  aws_opensearch_domain: {
    holds: 'a search index',
    protections: [
      on('encrypt_at_rest.enabled', 'encryption of the storage', 'kept'),
      on('node_to_node_encryption.enabled', 'encryption between nodes', 'kept'),
      on('domain_endpoint_options.enforce_https', 'enforced HTTPS', 'kept'),
      size('ebs_options.volume_size', 'storage of a node'),
      copies('cluster_config.instance_count', 'nodes'),
    ],
  },
  aws_opensearchserverless_collection: { holds: 'a search index' },
  aws_s3_bucket: {
    holds: 'a bucket with its objects',
    protections: [
      off('force_destroy', 'refusal to delete a bucket that is not empty', false, 'emptied'),
      on('object_lock_enabled', 'object lock', 'kept'),
    ],
  },
  aws_s3_object: { holds: 'an object', kind: 'copy' },
  aws_ebs_volume: {
    holds: 'a volume with its data',
    protections: [on('encrypted', 'encryption', 'kept'), on('final_snapshot', 'final snapshot'), size('size', 'size')],
  },
  aws_ebs_snapshot: { holds: 'a snapshot of a volume' },
  aws_efs_file_system: {
    holds: 'a file system',
    protections: [
      on('encrypted', 'encryption', 'kept'),
      ordered('protection.replication_overwrite', 'protection against overwriting', ['DISABLED', 'ENABLED'], 'kept'),
    ],
  },
  aws_fsx_lustre_file_system: {
    holds: 'a file system',
    protections: [
      more('automatic_backup_retention_days', 'days for which backups are kept', 'kept'),
      off('skip_final_backup', 'final backup', 'kept'),
      size('storage_capacity', 'size'),
    ],
  },
  aws_fsx_openzfs_file_system: {
    holds: 'a file system',
    protections: [
      more('automatic_backup_retention_days', 'days for which backups are kept', 'kept'),
      off('skip_final_backup', 'final backup', 'kept'),
      size('storage_capacity', 'size'),
    ],
  },
  aws_fsx_windows_file_system: {
    holds: 'a file system',
    protections: [
      more('automatic_backup_retention_days', 'days for which backups are kept', 'kept'),
      off('skip_final_backup', 'final backup', 'kept'),
      size('storage_capacity', 'size'),
    ],
  },
  aws_sqs_queue: {
    holds: 'the messages of a queue',
    protections: [
      more('message_retention_seconds', 'seconds for which messages are kept', 345_600),
      on('sqs_managed_sse_enabled', 'encryption', 'kept'),
      present('redrive_policy', 'dead letter queue', 'weaker'),
    ],
  },
  aws_sns_topic: { holds: 'a topic with its subscribers', kind: 'address' },
  aws_kinesis_stream: {
    holds: 'the records of a stream',
    protections: [
      more('retention_period', 'hours for which records are kept', 24),
      ordered('encryption_type', 'encryption', ['NONE', 'KMS'], 'NONE'),
      off('enforce_consumer_deletion', 'refusal to delete a stream with consumers', false),
    ],
  },
  aws_kinesis_firehose_delivery_stream: { holds: 'a delivery stream', kind: 'copy' },
  aws_msk_cluster: {
    holds: 'the records of a Kafka cluster',
    protections: [
      copies('number_of_broker_nodes', 'brokers'),
      size('broker_node_group_info.storage_info.ebs_storage_info.volume_size', 'storage of a broker'),
      ordered('encryption_info.encryption_in_transit.client_broker', 'encryption on the way', ['PLAINTEXT', 'TLS_PLAINTEXT', 'TLS'], 'TLS'),
    ],
  },
  aws_msk_serverless_cluster: { holds: 'the records of a Kafka cluster' },
  aws_mq_broker: { holds: 'the messages of a broker', protections: [secretly] },
  aws_kms_key: {
    holds: 'a key without which its data cannot be read',
    protections: [
      on('is_enabled', 'being enabled', true, 'emptied'),
      on('enable_key_rotation', 'rotation', false, 'weaker'),
      more('deletion_window_in_days', 'days in which a deletion can be taken back', 30),
      off('bypass_policy_lockout_safety_check', 'check against locking everybody out'),
    ],
  },
  aws_kms_replica_key: { holds: 'a key without which its data cannot be read' },
  aws_secretsmanager_secret: {
    holds: 'a secret',
    protections: [more('recovery_window_in_days', 'days in which a deletion can be taken back', 30)],
  },
  aws_secretsmanager_secret_version: { holds: 'the value of a secret', kind: 'copy' },
  aws_ssm_parameter: { holds: 'a parameter', protections: [ordered('type', 'encryption', ['String', 'SecureString'], 'kept')] },
  aws_eks_cluster: {
    holds: 'a cluster with its volumes',
    protections: [present('encryption_config', 'encryption of secrets'), on('deletion_protection', 'deletion protection')],
  },
  aws_ecr_repository: {
    holds: 'a registry with its images',
    protections: [
      off('force_delete', 'refusal to delete a registry that is not empty', false, 'emptied'),
      ordered('image_tag_mutability', 'images that cannot be overwritten', ['MUTABLE', 'IMMUTABLE'], 'MUTABLE', 'weaker'),
    ],
  },
  aws_route53_zone: {
    holds: 'a DNS zone',
    kind: 'address',
    protections: [off('force_destroy', 'refusal to delete a zone that is not empty', false, 'emptied')],
  },
  aws_eip: { holds: 'a reserved address', kind: 'address' },
  aws_globalaccelerator_accelerator: { holds: 'fixed addresses', kind: 'address' },
  aws_cognito_user_pool: {
    holds: 'the accounts of users',
    protections: [ordered('deletion_protection', 'deletion protection', ['INACTIVE', 'ACTIVE'], 'INACTIVE')],
  },
  aws_backup_vault: {
    holds: 'backups',
    protections: [off('force_destroy', 'refusal to delete a vault that is not empty', false, 'emptied')],
  },
  aws_glacier_vault: { holds: 'an archive' },
  aws_cloudwatch_log_group: {
    holds: 'logs',
    protections: [
      more('retention_in_days', 'days for which logs are kept', never, 'emptied'),
      on('skip_destroy', 'keeping logs after a deletion', false, 'weaker'),
    ],
  },
  aws_cloudtrail: {
    holds: 'the audit trail',
    protections: [
      on('enable_logging', 'the audit trail', true),
      on('enable_log_file_validation', 'validation of the audit trail', false),
      on('is_multi_region_trail', 'the audit trail of all regions', false),
    ],
  },
};

/** What protects them. */
export const awsHelpers: Readonly<Record<string, HelperType>> = {
  aws_s3_bucket_versioning: {
    what: 'the versioning',
    refers: 'bucket',
    named: 'bucket',
    deleted: 'unprotected',
    protections: [ordered('versioning_configuration.status', 'versioning', ['Disabled', 'Suspended', 'Enabled'], 'Disabled')],
  },
  aws_s3_bucket_public_access_block: {
    what: 'the block of public access',
    refers: 'bucket',
    named: 'bucket',
    deleted: 'public',
    protections: ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map((path) =>
      on(path, `block of public access (${path})`, false, 'public'),
    ),
  },
  aws_s3_account_public_access_block: {
    what: 'the block of public access of the account',
    refers: 'account_id',
    deleted: 'public',
    protections: ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map((path) =>
      on(path, `block of public access (${path})`, false, 'public'),
    ),
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    what: 'the encryption',
    refers: 'bucket',
    named: 'bucket',
    deleted: 'unprotected',
    protections: [
      ordered('rule.apply_server_side_encryption_by_default.sse_algorithm', 'encryption', ['AES256', 'aws:kms', 'aws:kms:dsse'], 'kept'),
    ],
  },
  aws_s3_bucket_object_lock_configuration: {
    what: 'the object lock',
    refers: 'bucket',
    named: 'bucket',
    deleted: 'unprotected',
    protections: [
      ordered('rule.default_retention.mode', 'object lock', ['GOVERNANCE', 'COMPLIANCE'], 'GOVERNANCE'),
      more('rule.default_retention.days', 'days for which objects are locked', 'kept'),
      more('rule.default_retention.years', 'years for which objects are locked', 'kept'),
    ],
  },
  aws_s3_bucket_lifecycle_configuration: {
    what: 'the lifecycle',
    refers: 'bucket',
    named: 'bucket',
    protections: [
      more('rule.expiration.days', 'days after which objects are deleted', never, 'emptied'),
      more('rule.noncurrent_version_expiration.noncurrent_days', 'days for which old versions are kept', never),
    ],
  },
  aws_s3_bucket_replication_configuration: {
    what: 'the copy in another bucket',
    refers: 'bucket',
    named: 'bucket',
    deleted: 'unprotected',
  },
  aws_s3_bucket_policy: { what: 'the policy', refers: 'bucket', named: 'bucket' },
  aws_s3_bucket_acl: { what: 'the access list', refers: 'bucket', named: 'bucket' },
  aws_s3_bucket_ownership_controls: { what: 'the ownership of objects', refers: 'bucket', named: 'bucket' },
  aws_security_group: { what: 'the security group', refers: 'id' },
  aws_security_group_rule: { what: 'a rule of the security group', refers: 'security_group_id' },
  aws_vpc_security_group_ingress_rule: { what: 'a rule of the security group', refers: 'security_group_id' },
  aws_network_acl: { what: 'the network list', refers: 'subnet_ids', deleted: 'public' },
  aws_backup_plan: {
    what: 'the backup plan',
    refers: 'id',
    deleted: 'unprotected',
    protections: [more('rule.lifecycle.delete_after', 'days for which backups are kept', never)],
  },
  aws_backup_selection: { what: 'what is backed up', refers: 'resources', deleted: 'unprotected' },
  aws_backup_vault_lock_configuration: {
    what: 'the lock of the backups',
    refers: 'backup_vault_name',
    named: 'name',
    deleted: 'unprotected',
    protections: [
      more('min_retention_days', 'days for which backups cannot be deleted', 0),
      more('changeable_for_days', 'days in which the lock can be lifted', 'kept', 'weaker'),
    ],
  },
  aws_backup_vault_policy: { what: 'the policy of the backups', refers: 'backup_vault_name', named: 'name' },
  aws_dlm_lifecycle_policy: {
    what: 'the plan of snapshots',
    refers: 'id',
    deleted: 'unprotected',
    protections: [
      more('policy_details.schedule.retain_rule.count', 'snapshots that are kept', 'kept'),
      ordered('state', 'the plan of snapshots', ['DISABLED', 'ENABLED'], 'ENABLED'),
    ],
  },
  aws_efs_backup_policy: {
    what: 'the backups',
    refers: 'file_system_id',
    deleted: 'unprotected',
    protections: [ordered('backup_policy.status', 'backups', ['DISABLED', 'ENABLED'], 'DISABLED')],
  },
  aws_efs_file_system_policy: { what: 'the policy', refers: 'file_system_id' },
  aws_efs_replication_configuration: { what: 'the copy', refers: 'source_file_system_id', deleted: 'unprotected' },
  aws_db_instance_automated_backups_replication: {
    what: 'the copy of the backups',
    refers: 'source_db_instance_arn',
    deleted: 'unprotected',
  },
  aws_sqs_queue_policy: { what: 'the policy', refers: 'queue_url' },
  aws_sns_topic_policy: { what: 'the policy', refers: 'arn' },
  aws_kms_key_policy: { what: 'the policy', refers: 'key_id' },
  aws_secretsmanager_secret_policy: { what: 'the policy', refers: 'secret_arn' },
  aws_ecr_repository_policy: { what: 'the policy', refers: 'repository', named: 'name' },
  aws_ecr_lifecycle_policy: { what: 'the lifecycle', refers: 'repository', named: 'name' },
  aws_wafv2_web_acl_association: { what: 'the web firewall', refers: 'resource_arn', deleted: 'weaker' },
  aws_volume_attachment: {
    what: 'the attachment',
    refers: 'volume_id',
    protections: [off('force_detach', 'orderly detaching', false, 'weaker')],
  },
};

/** Protections of what holds no data itself. */
export const awsServers: Readonly<Record<string, StatefulType>> = {
  aws_instance: {
    holds: 'a server',
    protections: [
      on('disable_api_termination', 'termination protection'),
      on('root_block_device.encrypted', 'encryption of the disk', 'kept'),
      size('root_block_device.volume_size', 'disk'),
    ],
  },
  aws_lb: {
    holds: 'a load balancer',
    protections: [on('enable_deletion_protection', 'deletion protection'), on('internal', 'being internal', false, 'public')],
  },
  aws_eks_node_group: { holds: 'servers of a cluster' },
  aws_ecs_service: { holds: 'a service' },
  aws_autoscaling_group: {
    holds: 'a group of servers',
    protections: [on('protect_from_scale_in', 'protection from scaling in', false, 'weaker')],
  },
  aws_lambda_function: { holds: 'a function' },
  aws_nat_gateway: { holds: 'a way out' },
};
