import { freeType } from '../results';
import type { Mapping } from '../types';

/** Names without `aws_`, by the reason why they cost nothing. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'networks and their rules are free': [
    'default_network_acl', 'default_route_table', 'default_security_group', 'default_subnet', 'default_vpc', 'default_vpc_dhcp_options', 'ec2_managed_prefix_list', 'ec2_managed_prefix_list_entry',
    'ec2_subnet_cidr_reservation', 'egress_only_internet_gateway', 'internet_gateway', 'internet_gateway_attachment', 'main_route_table_association', 'network_acl', 'network_acl_association', 'network_acl_rule',
    'network_interface', 'network_interface_attachment', 'network_interface_sg_attachment', 'route', 'route_table', 'route_table_association', 'security_group', 'security_group_rule', 'subnet', 'vpc',
    'vpc_block_public_access_exclusion', 'vpc_block_public_access_options', 'vpc_dhcp_options', 'vpc_dhcp_options_association', 'vpc_ipv4_cidr_block_association', 'vpc_ipv6_cidr_block_association',
    'vpc_security_group_egress_rule', 'vpc_security_group_ingress_rule', 'vpc_security_group_vpc_association', 'customer_gateway', 'vpn_gateway', 'vpn_gateway_attachment', 'vpn_gateway_route_propagation', 'vpn_connection_route',
  ],
  'peering is free; traffic through it is billed where it is sent': ['vpc_peering_connection', 'vpc_peering_connection_accepter', 'vpc_peering_connection_options'],
  'a part of an endpoint, which is priced itself': ['vpc_endpoint_connection_accepter', 'vpc_endpoint_connection_notification', 'vpc_endpoint_policy', 'vpc_endpoint_route_table_association', 'vpc_endpoint_security_group_association', 'vpc_endpoint_service', 'vpc_endpoint_service_allowed_principal'],
  'the gateway is free; what is attached to it is priced itself': [
    'ec2_transit_gateway', 'ec2_transit_gateway_peering_attachment_accepter', 'ec2_transit_gateway_route', 'ec2_transit_gateway_route_table', 'ec2_transit_gateway_route_table_association',
    'ec2_transit_gateway_route_table_propagation', 'ec2_transit_gateway_vpc_attachment_accepter', 'dx_gateway', 'dx_gateway_association', 'ec2_client_vpn_authorization_rule', 'ec2_client_vpn_route',
  ],
  'a link between resources that are priced themselves': [
    'autoscaling_attachment', 'autoscaling_traffic_source_attachment', 'ebs_encryption_by_default', 'ebs_default_kms_key', 'eip_association', 'elb_attachment', 'alb_target_group_attachment', 'lb_target_group_attachment', 'volume_attachment', 'wafv2_web_acl_association',
    'ram_principal_association', 'ram_resource_association', 'ram_resource_share', 'ram_resource_share_accepter',
  ],
  'a description; the servers that are made from it are priced where they run': ['launch_configuration', 'launch_template', 'placement_group', 'key_pair'],
  'scaling itself is free': ['appautoscaling_policy', 'appautoscaling_scheduled_action', 'appautoscaling_target', 'autoscaling_group_tag', 'autoscaling_lifecycle_hook', 'autoscaling_notification', 'autoscaling_policy', 'autoscaling_schedule'],
  'a part of its load balancer, which is priced itself': ['alb_listener', 'alb_listener_certificate', 'alb_listener_rule', 'alb_target_group', 'lb_listener', 'lb_listener_certificate', 'lb_listener_rule', 'lb_ssl_negotiation_policy', 'lb_target_group', 'lb_trust_store'],
  'identities and permissions are free': [
    'iam_access_key', 'iam_account_alias', 'iam_account_password_policy', 'iam_group', 'iam_group_membership', 'iam_group_policies_exclusive', 'iam_group_policy', 'iam_group_policy_attachment', 'iam_instance_profile',
    'iam_openid_connect_provider', 'iam_policy', 'iam_policy_attachment', 'iam_role', 'iam_role_policies_exclusive', 'iam_role_policy', 'iam_role_policy_attachment', 'iam_role_policy_attachments_exclusive', 'iam_saml_provider',
    'iam_server_certificate', 'iam_service_linked_role', 'iam_user', 'iam_user_group_membership', 'iam_user_login_profile', 'iam_user_policy', 'iam_user_policy_attachment', 'iam_user_ssh_key', 'iam_virtual_mfa_device',
    'organizations_account', 'organizations_organization', 'organizations_organizational_unit', 'organizations_policy', 'organizations_policy_attachment', 'account_alternate_contact', 'rolesanywhere_profile', 'rolesanywhere_trust_anchor',
  ],
  'public certificates are free': ['acm_certificate', 'acm_certificate_validation'],
  'records are free; their queries are billed with the zone': ['route53_record', 'route53_records_exclusive', 'route53_zone_association', 'route53_vpc_association_authorization', 'route53_delegation_set', 'route53_hosted_zone_dnssec', 'route53_key_signing_key', 'route53_query_log', 'route53_resolver_rule', 'route53_resolver_rule_association'],
  'a setting of its bucket': [
    's3_account_public_access_block', 's3_bucket_accelerate_configuration', 's3_bucket_acl', 's3_bucket_cors_configuration', 's3_bucket_lifecycle_configuration', 's3_bucket_logging', 's3_bucket_notification',
    's3_bucket_object_lock_configuration', 's3_bucket_ownership_controls', 's3_bucket_policy', 's3_bucket_public_access_block', 's3_bucket_replication_configuration', 's3_bucket_request_payment_configuration',
    's3_bucket_server_side_encryption_configuration', 's3_bucket_versioning', 's3_bucket_website_configuration', 's3_access_point',
  ],
  'what a bucket keeps is billed with the bucket': ['s3_bucket_object', 's3_object', 's3_object_copy'],
  'a setting of its database, which is priced itself': [
    'db_event_subscription', 'db_instance_role_association', 'db_option_group', 'db_parameter_group', 'db_proxy_default_target_group', 'db_proxy_target', 'db_subnet_group', 'rds_cluster_endpoint', 'rds_cluster_parameter_group',
    'rds_cluster_role_association', 'rds_certificate', 'elasticache_parameter_group', 'elasticache_subnet_group', 'elasticache_user', 'elasticache_user_group', 'elasticache_user_group_association', 'memorydb_acl', 'memorydb_parameter_group',
    'memorydb_subnet_group', 'memorydb_user', 'dynamodb_resource_policy', 'dynamodb_tag', 'dynamodb_table_item', 'opensearch_domain_policy', 'opensearch_domain_saml_options', 'msk_cluster_policy', 'msk_configuration', 'msk_scram_secret_association',
    'kinesis_resource_policy', 'dms_certificate', 'dms_endpoint', 'dms_event_subscription', 'dms_replication_subnet_group', 'dms_replication_task', 'dms_s3_endpoint',
  ],
  'a group of clusters that are priced themselves': ['rds_global_cluster', 'elasticache_global_replication_group'],
  'a part of its cluster, which is priced itself': ['eks_access_entry', 'eks_access_policy_association', 'eks_addon', 'eks_identity_provider_config', 'eks_pod_identity_association', 'ecs_account_setting_default', 'ecs_capacity_provider', 'ecs_cluster', 'ecs_cluster_capacity_providers', 'ecs_tag'],
  'a description; the tasks that are made from it are priced where they run': ['ecs_task_definition', 'batch_job_definition', 'batch_job_queue', 'batch_scheduling_policy'],
  'a setting of its registry': ['ecr_lifecycle_policy', 'ecr_pull_through_cache_rule', 'ecr_registry_policy', 'ecr_registry_scanning_configuration', 'ecr_replication_configuration', 'ecr_repository_creation_template', 'ecr_repository_policy', 'ecrpublic_repository_policy'],
  'a part of its function, whose calls are billed': ['lambda_alias', 'lambda_code_signing_config', 'lambda_event_source_mapping', 'lambda_function_event_invoke_config', 'lambda_function_recursion_config', 'lambda_function_url', 'lambda_invocation', 'lambda_layer_version', 'lambda_layer_version_permission', 'lambda_permission', 'lambda_runtime_management_config'],
  'a part of its API, whose calls are billed': [
    'api_gateway_account', 'api_gateway_api_key', 'api_gateway_authorizer', 'api_gateway_base_path_mapping', 'api_gateway_client_certificate', 'api_gateway_deployment', 'api_gateway_domain_name', 'api_gateway_gateway_response',
    'api_gateway_integration', 'api_gateway_integration_response', 'api_gateway_method', 'api_gateway_method_response', 'api_gateway_method_settings', 'api_gateway_model', 'api_gateway_request_validator', 'api_gateway_resource',
    'api_gateway_rest_api_policy', 'api_gateway_usage_plan', 'api_gateway_usage_plan_key', 'api_gateway_vpc_link', 'apigatewayv2_api_mapping', 'apigatewayv2_authorizer', 'apigatewayv2_deployment', 'apigatewayv2_domain_name',
    'apigatewayv2_integration', 'apigatewayv2_integration_response', 'apigatewayv2_model', 'apigatewayv2_route', 'apigatewayv2_route_response', 'apigatewayv2_stage', 'apigatewayv2_vpc_link',
  ],
  'a setting of its distribution': ['cloudfront_cache_policy', 'cloudfront_continuous_deployment_policy', 'cloudfront_key_group', 'cloudfront_origin_access_control', 'cloudfront_origin_access_identity', 'cloudfront_origin_request_policy', 'cloudfront_public_key', 'cloudfront_response_headers_policy', 'cloudfront_vpc_origin', 'cloudfrontkeyvaluestore_key', 'cloudfrontkeyvaluestore_keys_exclusive'],
  'a part of its accelerator, which is priced itself': ['globalaccelerator_endpoint_group', 'globalaccelerator_listener', 'globalaccelerator_cross_account_attachment'],
  'a part of its firewall, which is priced itself': ['wafv2_api_key', 'wafv2_ip_set', 'wafv2_regex_pattern_set', 'wafv2_web_acl_logging_configuration', 'networkfirewall_firewall_policy', 'networkfirewall_rule_group', 'networkfirewall_logging_configuration', 'shield_protection', 'shield_protection_group'],
  'a setting of its key or secret, which is priced itself': ['kms_alias', 'kms_ciphertext', 'kms_grant', 'kms_key_policy', 'secretsmanager_secret_policy', 'secretsmanager_secret_rotation', 'secretsmanager_secret_version'],
  'a part of its queue, topic or bus, which is priced itself': [
    'sqs_queue_policy', 'sqs_queue_redrive_allow_policy', 'sqs_queue_redrive_policy', 'sns_platform_application', 'sns_sms_preferences', 'sns_topic_data_protection_policy', 'sns_topic_policy', 'cloudwatch_event_bus_policy',
    'cloudwatch_event_connection', 'cloudwatch_event_permission', 'cloudwatch_event_rule', 'cloudwatch_event_target', 'schemas_registry', 'schemas_registry_policy', 'schemas_schema', 'scheduler_schedule_group', 'sfn_activity', 'sfn_alias',
  ],
  'a part of its logs, which are priced themselves': ['cloudwatch_log_account_policy', 'cloudwatch_log_destination', 'cloudwatch_log_destination_policy', 'cloudwatch_log_index_policy', 'cloudwatch_log_resource_policy', 'cloudwatch_log_stream', 'cloudwatch_log_subscription_filter', 'cloudwatch_query_definition'],
  'logs of a network are billed where they are written': ['flow_log'],
  'a plan; what it keeps is billed with its vault': ['backup_framework', 'backup_global_settings', 'backup_plan', 'backup_region_settings', 'backup_report_plan', 'backup_selection', 'backup_vault_lock_configuration', 'backup_vault_notifications', 'backup_vault_policy', 'efs_backup_policy', 'dlm_lifecycle_policy'],
  'a part of its file system, which is priced itself': ['efs_access_point', 'efs_file_system_policy', 'efs_mount_target'],
  "an account's first two budgets are free, further ones 0.02 USD a day only with actions": ['budgets_budget'],
  'watching costs is free': ['ce_anomaly_monitor', 'ce_anomaly_subscription', 'ce_cost_allocation_tag', 'ce_cost_category'],
  'settings and documents are free': ['ssm_association', 'ssm_default_patch_baseline', 'ssm_document', 'ssm_maintenance_window', 'ssm_maintenance_window_target', 'ssm_maintenance_window_task', 'ssm_patch_baseline', 'ssm_patch_group', 'ssm_resource_data_sync', 'ssm_service_setting', 'resourcegroups_group', 'resourcegroups_resource', 'servicequotas_service_quota', 'ec2_tag', 'ec2_instance_state', 'rds_instance_state', 'ec2_instance_metadata_defaults', 'ec2_serial_console_access', 'spot_datafeed_subscription'],
  'a part of its user pool, whose users are billed': ['cognito_identity_pool', 'cognito_identity_pool_roles_attachment', 'cognito_identity_provider', 'cognito_managed_user_pool_client', 'cognito_resource_server', 'cognito_user', 'cognito_user_group', 'cognito_user_in_group', 'cognito_user_pool_client', 'cognito_user_pool_domain', 'cognito_user_pool_ui_customization'],
  'a part of its workspace, which is priced itself': ['prometheus_alert_manager_definition', 'prometheus_rule_group_namespace', 'grafana_role_association', 'grafana_workspace_api_key', 'grafana_workspace_saml_configuration', 'grafana_workspace_service_account', 'grafana_workspace_service_account_token', 'xray_group', 'xray_sampling_rule', 'synthetics_group', 'synthetics_group_association'],
  'a part of its mails, which are priced themselves': ['ses_configuration_set', 'ses_domain_dkim', 'ses_domain_identity_verification', 'ses_domain_mail_from', 'ses_email_identity', 'ses_event_destination', 'ses_identity_notification_topic', 'ses_identity_policy', 'ses_template', 'sesv2_configuration_set', 'sesv2_configuration_set_event_destination', 'sesv2_contact_list', 'sesv2_email_identity_feedback_attributes', 'sesv2_email_identity_mail_from_attributes', 'sesv2_email_identity_policy'],
};

/** Types that never cost anything of their own. */
export const freeTypes: readonly Mapping[] = Object.entries(reasons).flatMap(([reason, names]) => names.map((name) => freeType(`aws_${name}`, reason)));
