import { freeType, unpricedType } from '../results';
import type { Mapping } from '../types';

/** Names without `google_`, by the reason why they cost nothing. */
const free: Readonly<Record<string, readonly string[]>> = {
  'networks and their rules are free': ['compute_firewall', 'compute_network', 'compute_network_peering', 'compute_route', 'compute_router', 'compute_router_interface', 'compute_router_peer', 'compute_shared_vpc_host_project', 'compute_shared_vpc_service_project', 'compute_subnetwork', 'service_networking_connection', 'compute_ha_vpn_gateway', 'compute_external_vpn_gateway', 'compute_vpn_gateway'],
  'identities and permissions are free': ['project_iam_binding', 'project_iam_member', 'project_iam_policy', 'project_iam_custom_role', 'service_account', 'service_account_iam_binding', 'service_account_iam_member', 'service_account_key', 'storage_bucket_iam_binding', 'storage_bucket_iam_member', 'secret_manager_secret_iam_member', 'iam_workload_identity_pool', 'iam_workload_identity_pool_provider', 'project_service', 'project', 'folder', 'pubsub_topic_iam_member', 'cloud_run_v2_service_iam_member', 'cloud_run_service_iam_member', 'artifact_registry_repository_iam_member', 'kms_crypto_key_iam_member'],
  'a part of its load balancer, whose rules are priced': ['compute_backend_service', 'compute_health_check', 'compute_http_health_check', 'compute_managed_ssl_certificate', 'compute_network_endpoint_group', 'compute_region_backend_service', 'compute_region_health_check', 'compute_region_network_endpoint_group', 'compute_ssl_certificate', 'compute_ssl_policy', 'compute_target_http_proxy', 'compute_target_https_proxy', 'compute_target_pool', 'compute_target_tcp_proxy', 'compute_url_map', 'certificate_manager_certificate', 'certificate_manager_certificate_map', 'certificate_manager_certificate_map_entry', 'certificate_manager_dns_authorization'],
  'a description; the machines that are made from it are priced where they run': ['compute_instance_template', 'compute_region_instance_template', 'compute_instance_group', 'compute_resource_policy'],
  'scaling itself is free': ['compute_autoscaler', 'compute_region_autoscaler'],
  'a link between resources that are priced themselves': ['compute_attached_disk', 'compute_disk_resource_policy_attachment'],
  'a part of its database, which is priced itself': ['sql_database', 'sql_user', 'sql_ssl_cert', 'alloydb_backup', 'alloydb_user'],
  'records are free; their queries are billed with the zone': ['dns_record_set', 'dns_policy'],
  'a part of its bucket, which is priced itself': ['storage_bucket_object', 'storage_bucket_acl', 'storage_default_object_acl', 'storage_notification', 'storage_hmac_key'],
  'its versions are priced': ['secret_manager_secret', 'kms_key_ring', 'kms_crypto_key_version'],
  'watching is free': ['monitoring_alert_policy', 'monitoring_dashboard', 'monitoring_notification_channel', 'monitoring_uptime_check_config', 'billing_budget', 'logging_metric', 'logging_project_sink'],
  'a cluster of a fleet is priced itself': ['gke_hub_feature', 'gke_hub_membership'],
  'it keeps a card or machine, which is priced where it runs': ['compute_reservation'],
};

const noPrice = 'the price book has no price for it';

/** The same for those whose cost is not known. */
const unknown: Readonly<Record<string, readonly string[]>> = {
  [noPrice]: [
    'bigquery_dataset', 'bigquery_table', 'bigquery_reservation', 'bigtable_instance', 'spanner_instance', 'memorystore_instance', 'filestore_instance', 'composer_environment', 'dataflow_job', 'dataproc_cluster', 'managed_kafka_cluster',
    'vertex_ai_endpoint', 'vertex_ai_index_endpoint', 'vpc_access_connector', 'compute_interconnect_attachment', 'cloud_scheduler_job', 'cloud_tasks_queue', 'workflows_workflow', 'app_engine_application', 'firestore_database', 'redis_cluster_user_created_connections',
    'memcache_instance', 'notebooks_instance', 'workbench_instance', 'cloudbuild_trigger', 'eventarc_trigger', 'backup_dr_backup_vault', 'compute_region_security_policy', 'cloud_run_v2_job',
  ],
  'a prepayment: it lowers the price of machines that are priced at the list here': ['compute_region_commitment'],
};

/** Types that never cost anything of their own. */
export const freeTypes: readonly Mapping[] = Object.entries(free).flatMap(([reason, names]) => names.map((name) => freeType(`google_${name}`, reason)));

/** Types whose cost is not known. */
export const unpricedTypes: readonly Mapping[] = Object.entries(unknown).flatMap(([reason, names]) => names.map((name) => unpricedType(`google_${name}`, reason)));
