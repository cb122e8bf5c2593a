import type { Target } from './figures';

/**
 * What the keys of an Infracost usage file become here, by resource type. Nested keys are written with dots. Names and units are
 * those of infracost/infracost, infracost-usage-example.yml (2026-08-21). Requests there are single ones, here millions.
 */
export type InfracostKeys = Readonly<Record<string, Readonly<Record<string, Target>>>>;

const million = 1e-6;

const loadBalancer = { processed_bytes_gb: { key: 'loadBalancerGb' } } as const;
const instances = { instances: { key: 'instances' } } as const;
const cloudRun = { monthly_requests: { key: 'requestsMillion', factor: million } } as const;
const natGateway = { monthly_data_processed_gb: { key: 'natGb' } } as const;
const transit = { monthly_data_processed_gb: { key: 'transitGb' } } as const;
const snapshots = { snapshot_storage_size_gb: { key: 'backupGb' } } as const;
const registry = { storage_gb: { key: 'registryGb' } } as const;

export const infracostKeys: InfracostKeys = {
  aws_alb: loadBalancer,
  aws_api_gateway_rest_api: { monthly_requests: { key: 'apiRequestsMillion', factor: million } },
  aws_apigatewayv2_api: {
    monthly_requests: { key: 'apiRequestsMillion', factor: million },
    monthly_messages: { key: 'messagesMillion', factor: million },
    monthly_connection_mins: { key: 'connectionMinutesMillion', factor: million },
  },
  aws_autoscaling_group: instances,
  aws_backup_vault: {
    monthly_ebs_snapshot_gb: { key: 'snapshotGb' },
    monthly_efs_warm_backup_gb: { key: 'fileBackupGb' },
    monthly_rds_snapshot_gb: { key: 'backupGb' },
    monthly_dynamodb_backup_gb: { key: 'tableBackupGb' },
  },
  aws_cloudfront_distribution: {
    'monthly_data_transfer_to_internet_gb.us': { key: 'objectEgressGb' },
    'monthly_data_transfer_to_internet_gb.europe': { key: 'cdnEuropeGb' },
    'monthly_data_transfer_to_internet_gb.south_africa': { key: 'cdnAfricaMiddleEastGb' },
    'monthly_data_transfer_to_internet_gb.south_america': { key: 'cdnSouthAmericaGb' },
    'monthly_data_transfer_to_internet_gb.japan': { key: 'cdnJapanGb' },
    'monthly_data_transfer_to_internet_gb.australia': { key: 'cdnAustraliaGb' },
    'monthly_data_transfer_to_internet_gb.asia_pacific': { key: 'cdnAsiaGb' },
    'monthly_data_transfer_to_internet_gb.india': { key: 'cdnIndiaGb' },
    'monthly_data_transfer_to_origin_gb.us': { key: 'cdnOriginGb' },
    'monthly_https_requests.us': { key: 'cdnRequestsMillion', factor: million },
    monthly_invalidation_requests: { key: 'cdnInvalidationPaths' },
  },
  aws_cloudtrail: { monthly_data_events: { key: 'eventsMillion', factor: million } },
  aws_cloudwatch_event_bus: { monthly_custom_events: { key: 'eventsMillion', factor: million } },
  aws_cloudwatch_log_group: {
    monthly_data_ingested_gb: { key: 'logsGb' },
    storage_gb: { key: 'logStorageGb' },
    monthly_data_scanned_gb: { key: 'logSearchGb' },
  },
  aws_config_config_rule: { monthly_rule_evaluations: { key: 'evaluations' } },
  aws_codebuild_project: { monthly_build_mins: { key: 'buildMinutes' } },
  aws_db_instance: { additional_backup_storage_gb: { key: 'backupGb' } },
  aws_dynamodb_table: {
    monthly_write_request_units: { key: 'writeUnitsMillion', factor: million },
    monthly_read_request_units: { key: 'readUnitsMillion', factor: million },
    storage_gb: { key: 'storageGb' },
  },
  aws_ec2_transit_gateway_vpc_attachment: transit,
  aws_ecr_repository: registry,
  aws_efs_file_system: { storage_gb: { key: 'storageGb' }, infrequent_access_storage_gb: { key: 'infrequentGb' } },
  aws_eks_node_group: instances,
  aws_elasticache_cluster: snapshots,
  aws_elasticache_replication_group: snapshots,
  aws_elb: { monthly_data_processed_gb: { key: 'loadBalancerGb' } },
  aws_instance: { monthly_cpu_credit_hrs: { key: 'cpuHours' } },
  aws_grafana_workspace: { editors_administrator_licenses: { key: 'users' } },
  aws_kinesis_firehose_delivery_stream: { monthly_data_ingested_gb: { key: 'ingestGb' } },
  aws_kinesis_stream: {
    monthly_on_demand_data_in_gb: { key: 'ingestGb' },
    monthly_on_demand_data_out_gb: { key: 'outGb' },
    monthly_provisioned_put_units: { key: 'messagesMillion', factor: million },
  },
  aws_kms_key: { monthly_requests: { key: 'kmsRequestsMillion', factor: million } },
  aws_lambda_function: { monthly_requests: { key: 'lambdaRequestsMillion', factor: million }, request_duration_ms: { key: 'lambdaMs' } },
  aws_lb: loadBalancer,
  aws_nat_gateway: natGateway,
  aws_networkfirewall_firewall: { monthly_data_processed_gb: { key: 'privateLinkGb' } },
  aws_rds_cluster: {
    storage_gb: { key: 'auroraStorageGb' },
    backup_snapshot_size_gb: { key: 'backupGb' },
  },
  aws_rds_cluster_instance: { capacity_units_per_hr: { key: 'acu' } },
  aws_route53_zone: { monthly_standard_queries: { key: 'dnsQueriesMillion', factor: million } },
  aws_s3_bucket: {
    'standard.storage_gb': { key: 'objectStorageGb' },
    'standard.monthly_tier_1_requests': { key: 'objectWritesMillion', factor: million },
    'standard.monthly_tier_2_requests': { key: 'objectReadsMillion', factor: million },
    'standard_infrequent_access.storage_gb': { key: 'objectInfrequentGb' },
    'standard_infrequent_access.monthly_data_retrieval_gb': { key: 'objectRetrievalGb' },
    'one_zone_infrequent_access.storage_gb': { key: 'objectOneZoneGb' },
    'glacier_flexible_retrieval.storage_gb': { key: 'objectArchiveGb' },
    'glacier_deep_archive.storage_gb': { key: 'objectDeepArchiveGb' },
  },
  aws_secretsmanager_secret: { monthly_requests: { key: 'secretCallsMillion', factor: million } },
  aws_sfn_state_machine: { monthly_transitions: { key: 'stepsMillion', factor: million } },
  aws_sns_topic: { monthly_requests: { key: 'messagesMillion', factor: million } },
  aws_sqs_queue: { monthly_requests: { key: 'messagesMillion', factor: million } },
  aws_vpc_endpoint: { monthly_data_processed_gb: { key: 'privateLinkGb' } },
  aws_vpn_connection: transit,
  aws_wafv2_web_acl: { monthly_requests: { key: 'requestsMillion', factor: million } },
  google_artifact_registry_repository: registry,
  google_cloud_run_service: cloudRun,
  google_cloud_run_v2_service: cloudRun,
  google_compute_router_nat: natGateway,
  google_container_registry: registry,
  google_pubsub_topic: { monthly_message_data_tb: { key: 'ingestGb', factor: 1024 } },
  google_sql_database_instance: { backup_storage_gb: { key: 'backupGb' } },
  google_storage_bucket: {
    storage_gb: { key: 'objectStorageGb' },
    monthly_class_a_operations: { key: 'objectWritesMillion', factor: million },
    monthly_class_b_operations: { key: 'objectReadsMillion', factor: million },
    monthly_data_retrieval_gb: { key: 'objectRetrievalGb' },
  },
  google_compute_snapshot: { storage_gb: { key: 'snapshotGb' } },
};
