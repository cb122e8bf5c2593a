import type { CdkTfJson } from '../../../../analysis/graph';

const region = 'eu-central-1';
const trust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const deny =
  '{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::shop-uploads/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}';

/** Terraform for AWS as another team writes it: no tier of ours, plain addresses, the provider that is the real one. */
export const foreignAws: CdkTfJson = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
  provider: {
    aws: [
      {
        region,
        access_key: 'none',
        secret_key: 'none',
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: 'true',
        skip_region_validation: true,
      },
      {
        alias: 'ireland',
        region: 'eu-west-1',
        access_key: 'none',
        secret_key: 'none',
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: 'true',
        skip_region_validation: true,
      },
    ],
  },
  resource: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24', availability_zone: `${region}a` },
      b: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.2.0/24', availability_zone: `${region}b` },
    },
    aws_db_subnet_group: { main: { name: 'main', subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } },
    aws_security_group: {
      web: { name: 'web', vpc_id: '${aws_vpc.main.id}' },
      database: { name: 'database', vpc_id: '${aws_vpc.main.id}' },
    },
    aws_vpc_security_group_ingress_rule: {
      web: { security_group_id: '${aws_security_group.web.id}', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '0.0.0.0/0' },
      database: {
        security_group_id: '${aws_security_group.database.id}',
        ip_protocol: 'tcp',
        from_port: 5432,
        to_port: 5432,
        cidr_ipv4: '10.0.0.0/16',
      },
    },
    aws_cloudtrail: {
      main: {
        name: 'main',
        s3_bucket_name: '${aws_s3_bucket.trail.id}',
        is_multi_region_trail: true,
        enable_log_file_validation: true,
        lifecycle: { prevent_destroy: true },
      },
    },
    aws_s3_bucket_object_lock_configuration: {
      trail: { bucket: '${aws_s3_bucket.trail.id}', rule: { default_retention: { mode: 'GOVERNANCE', days: 365 } } },
    },
    aws_kms_key: { data: { description: 'data', enable_key_rotation: true, deletion_window_in_days: 30 } },
    aws_db_instance: {
      orders: {
        identifier: 'orders',
        engine: 'postgres',
        engine_version: '16.4',
        instance_class: 'db.m7g.large',
        allocated_storage: 100,
        db_name: 'orders',
        username: 'app',
        manage_master_user_password: true,
        storage_encrypted: true,
        kms_key_id: '${aws_kms_key.data.arn}',
        backup_retention_period: 14,
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: 'orders-last',
        multi_az: true,
        publicly_accessible: false,
        db_subnet_group_name: '${aws_db_subnet_group.main.name}',
        vpc_security_group_ids: ['${aws_security_group.database.id}'],
        lifecycle: { prevent_destroy: true },
      },
    },
    aws_elasticache_replication_group: {
      sessions: {
        replication_group_id: 'sessions',
        description: 'sessions',
        engine: 'valkey',
        engine_version: '8.0',
        node_type: 'cache.t4g.small',
        num_cache_clusters: 2,
        automatic_failover_enabled: true,
        at_rest_encryption_enabled: true,
        transit_encryption_enabled: true,
        snapshot_retention_limit: 7,
      },
    },
    aws_s3_bucket: {
      uploads: { bucket: 'shop-uploads', force_destroy: false },
      trail: { bucket: 'shop-trail', object_lock_enabled: true },
    },
    aws_s3_bucket_versioning: { uploads: { bucket: '${aws_s3_bucket.uploads.id}', versioning_configuration: { status: 'Enabled' } } },
    aws_s3_bucket_public_access_block: {
      uploads: {
        bucket: '${aws_s3_bucket.uploads.id}',
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      uploads: {
        bucket: '${aws_s3_bucket.uploads.id}',
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: '${aws_kms_key.data.arn}' } }],
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      uploads: {
        bucket: '${aws_s3_bucket.uploads.id}',
        rule: [{ id: 'old', status: 'Enabled', filter: {}, noncurrent_version_expiration: { noncurrent_days: 90 } }],
      },
    },
    aws_s3_bucket_policy: { uploads: { bucket: '${aws_s3_bucket.uploads.id}', policy: deny } },
    aws_dynamodb_table: {
      carts: {
        name: 'carts',
        billing_mode: 'PAY_PER_REQUEST',
        hash_key: 'id',
        attribute: [{ name: 'id', type: 'S' }],
        deletion_protection_enabled: true,
        point_in_time_recovery: { enabled: true },
      },
    },
    aws_sqs_queue: { jobs: { name: 'jobs', message_retention_seconds: 1_209_600, sqs_managed_sse_enabled: true } },
    aws_kinesis_stream: {
      events: { name: 'events', shard_count: 2, retention_period: 48, encryption_type: 'KMS', kms_key_id: 'alias/aws/kinesis' },
    },
    aws_secretsmanager_secret: { token: { name: 'token', recovery_window_in_days: 30 } },
    aws_efs_file_system: { shared: { creation_token: 'shared', encrypted: true } },
    aws_efs_backup_policy: { shared: { file_system_id: '${aws_efs_file_system.shared.id}', backup_policy: { status: 'ENABLED' } } },
    aws_ebs_volume: { data: { availability_zone: `${region}a`, size: 100, encrypted: true, type: 'gp3' } },
    aws_route53_zone: { main: { name: 'shop.example', force_destroy: false } },
    aws_eip: { out: { domain: 'vpc' } },
    aws_ecr_repository: { app: { name: 'app', image_tag_mutability: 'IMMUTABLE', force_delete: false } },
    aws_cloudwatch_log_group: { app: { name: '/shop/app', retention_in_days: 365 } },
    aws_iam_role: { cluster: { name: 'cluster', assume_role_policy: trust } },
    aws_eks_cluster: {
      main: {
        name: 'main',
        role_arn: '${aws_iam_role.cluster.arn}',
        version: '1.33',
        vpc_config: {
          subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
          endpoint_public_access: false,
          endpoint_private_access: true,
        },
      },
    },
    aws_lb: {
      main: {
        name: 'main',
        internal: false,
        load_balancer_type: 'application',
        subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
        security_groups: ['${aws_security_group.web.id}'],
        enable_deletion_protection: true,
      },
    },
    aws_instance: {
      worker: {
        ami: 'ami-0123456789abcdef0',
        instance_type: 'm7g.large',
        subnet_id: '${aws_subnet.a.id}',
        vpc_security_group_ids: ['${aws_security_group.web.id}'],
        user_data: '#!/bin/sh\ntrue\n',
      },
    },
  },
};
