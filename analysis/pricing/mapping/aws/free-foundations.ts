/** Names without `aws_`, by the reason why they cost nothing: networks, identities, servers and buckets. */
export const freeFoundations: Readonly<Record<string, readonly string[]>> = {
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
};
