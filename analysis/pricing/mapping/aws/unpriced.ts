import { unpricedType } from '../results';
import type { Mapping } from '../types';

const noPrice = 'the price book has no price for it';

/** Names without `aws_`, by the reason why their cost is not known. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  [noPrice]: [
    'apprunner_service', 'bedrock_provisioned_model_throughput', 'dax_cluster', 'dms_replication_config', 'dms_replication_instance', 'docdb_cluster', 'docdb_cluster_instance', 'dsql_cluster', 'ec2_host', 'emr_cluster', 'fsx_lustre_file_system',
    'fsx_ontap_file_system', 'fsx_openzfs_file_system', 'fsx_windows_file_system', 'glue_job', 'keyspaces_table', 'lightsail_instance', 'mq_broker', 'msk_replicator', 'mskconnect_connector', 'neptune_cluster', 'neptune_cluster_instance',
    'opensearchserverless_collection', 'redshift_cluster', 'redshiftserverless_workgroup', 's3_directory_bucket', 'sagemaker_endpoint', 'sagemaker_notebook_instance', 'timestreamwrite_table', 'transfer_server', 'vpc_ipam', 'vpc_route_server',
    'workspaces_workspace', 'cloudwatch_composite_alarm', 'cloudwatch_metric_stream', 'cloudwatch_event_endpoint', 'route53_traffic_policy_instance', 'route53_resolver_firewall_rule_group', 'globalaccelerator_custom_routing_accelerator',
    'ec2_transit_gateway_connect', 'networkmanager_core_network', 'memorydb_multi_region_cluster', 'rds_shard_group', 'kinesis_video_stream', 'kinesisanalyticsv2_application', 'grafana_license_association', 'elastic_beanstalk_environment',
    'efs_replication_configuration', 'kms_custom_key_store', 'storagegateway_gateway', 'location_map', 'appsync_graphql_api', 'athena_workgroup', 'codepipeline', 'kendra_index', 'macie2_account', 'detective_graph', 'backup_logically_air_gapped_vault',
  ],
  'how many servers its jobs need is not stated': ['batch_compute_environment', 'ec2_fleet', 'spot_fleet_request'],
  'it costs the hours that its servers leave unused, which no resource states': ['ec2_capacity_reservation', 'ec2_capacity_block_reservation'],
  'a prepayment: it lowers the price of servers that are priced at the list here': ['rds_reserved_instance', 'elasticache_reserved_cache_node'],
  'copies of databases are billed for what they hold, which no resource states, and the price book has no price for it': ['db_snapshot', 'db_snapshot_copy', 'db_cluster_snapshot', 'rds_cluster_snapshot_copy', 'db_instance_automated_backups_replication', 'rds_export_task', 'memorydb_snapshot', 'fsx_backup'],
  'it is billed by what it checks or records, which no resource states': ['config_configuration_recorder', 'config_conformance_pack', 'inspector2_enabler', 'securityhub_account', 'securityhub_standards_subscription', 'guardduty_detector_feature', 'guardduty_malware_protection_plan', 'cloudwatch_contributor_insight_rule', 'cloudwatch_log_anomaly_detector', 'internetmonitor_monitor'],
  'it is billed by its calls, and the price book has no price for them': ['scheduler_schedule', 'pipes_pipe', 'cloudwatch_event_api_destination', 'dynamodb_contributor_insights', 'dynamodb_kinesis_streaming_destination', 'dynamodb_table_export', 'kinesis_stream_consumer', 'service_discovery_service', 'cloudfront_realtime_log_config', 'cloudfront_field_level_encryption_config', 'cloudfront_monitoring_subscription', 'db_proxy_endpoint'],
  'a copy in another region is billed by its own writes and storage, which no resource states': ['dynamodb_global_table', 'dynamodb_table_replica'],
  'a stack of CloudFormation: what it makes is not in Terraform': ['cloudformation_stack', 'cloudformation_stack_set'],
};

/** Types whose cost is not known. */
export const unpricedTypes: readonly Mapping[] = Object.entries(reasons).flatMap(([reason, names]) => names.map((name) => unpricedType(`aws_${name}`, reason)));
