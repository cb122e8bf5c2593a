import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapped } from '../../../analysis/pricing';
import { mappingOf, poolOf } from '../../../analysis/pricing/mapping';
import { awsMappings } from '../../../analysis/pricing/mapping/aws';
import { awsPools } from '../../../analysis/pricing/mapping/aws/pools';
import { googleMappings, googlePools } from '../../../analysis/pricing/mapping/google';
import { thirdPartyMappings } from '../../../analysis/pricing/mapping/thirdparty';
import { listBook } from '../../../analysis/pricing';
import { isStale } from '../../../tools/compile';
import { pricingCoverageCompiler } from '../../../tools/compile-pricing-coverage';

const root = join(__dirname, '..', '..', '..');
const known = new Set(readFileSync(join(root, 'analysis/pricing/mapping/resource-types.txt'), 'utf8').split('\n'));

test('the table of what is priced is current', () => expect(isStale(pricingCoverageCompiler, root)).toBe(false));

test('mappings are of types that the providers have', () => {
  expect([...awsMappings, ...googleMappings].map((mapping) => mapping.type).filter((type) => !known.has(type))).toEqual([]);
});

test('no two providers claim one type', () => {
  const types = [...awsMappings, ...googleMappings, ...thirdPartyMappings].map((mapping) => mapping.type);
  expect(new Set(types).size).toBe(types.length);
});

/** What the estimator promises to answer, by area; those that are not priced have a reason. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'compute and scaling': [
    'aws_instance',
    'aws_launch_template',
    'aws_autoscaling_group',
    'aws_spot_instance_request',
    'aws_ebs_volume',
    'aws_ebs_snapshot',
    'aws_ec2_capacity_reservation',
  ],
  databases: [
    'aws_db_instance',
    'aws_db_proxy',
    'aws_rds_cluster',
    'aws_rds_cluster_instance',
    'aws_rds_global_cluster',
    'aws_rds_reserved_instance',
    'aws_elasticache_replication_group',
    'aws_elasticache_cluster',
    'aws_elasticache_serverless_cache',
    'aws_dynamodb_table',
    'aws_opensearch_domain',
    'aws_dms_replication_instance',
    'aws_dms_replication_task',
    'aws_dsql_cluster',
  ],
  containers: [
    'aws_eks_cluster',
    'aws_eks_node_group',
    'aws_eks_fargate_profile',
    'aws_ecs_service',
    'aws_ecs_task_definition',
    'aws_ecr_repository',
  ],
  functions: ['aws_lambda_function', 'aws_lambda_provisioned_concurrency_config', 'aws_api_gateway_rest_api', 'aws_apigatewayv2_api'],
  'storage and delivery': [
    'aws_s3_bucket',
    'aws_cloudfront_distribution',
    'aws_cloudfront_function',
    'aws_efs_file_system',
    'aws_backup_vault',
  ],
  network: [
    'aws_lb',
    'aws_alb',
    'aws_elb',
    'aws_nat_gateway',
    'aws_eip',
    'aws_vpc_endpoint',
    'aws_ec2_transit_gateway',
    'aws_ec2_transit_gateway_vpc_attachment',
    'aws_vpn_connection',
    'aws_route53_zone',
    'aws_route53_record',
    'aws_route53_health_check',
    'aws_globalaccelerator_accelerator',
    'aws_globalaccelerator_endpoint_group',
  ],
  'security and operations': [
    'aws_wafv2_web_acl',
    'aws_kms_key',
    'aws_secretsmanager_secret',
    'aws_ssm_parameter',
    'aws_cloudwatch_metric_alarm',
    'aws_cloudwatch_log_group',
    'aws_cloudwatch_dashboard',
    'aws_budgets_budget',
    'aws_ce_anomaly_monitor',
    'aws_prometheus_workspace',
  ],
  messages: [
    'aws_sns_topic',
    'aws_sqs_queue',
    'aws_cloudwatch_event_bus',
    'aws_msk_cluster',
    'aws_kinesis_stream',
    'aws_kinesis_firehose_delivery_stream',
  ],
  google: [
    'google_compute_instance',
    'google_compute_disk',
    'google_container_cluster',
    'google_container_node_pool',
    'google_sql_database_instance',
    'google_alloydb_instance',
    'google_redis_instance',
    'google_redis_cluster',
    'google_compute_forwarding_rule',
    'google_compute_router_nat',
    'google_storage_bucket',
    'google_pubsub_topic',
    'google_cloud_run_v2_service',
    'google_dns_managed_zone',
    'google_compute_address',
  ],
  others: [
    'cloudflare_zone',
    'cloudflare_workers_script',
    'cloudflare_r2_bucket',
    'datadog_monitor',
    'datadog_integration_aws_account',
    'pagerduty_user',
    'pagerduty_schedule',
    'pinecone_index',
    'kubernetes_deployment_v1',
    'helm_release',
  ],
};

test.each(Object.entries(promised))('%s: every type has an answer', (_, types) =>
  expect(types.filter((type) => !isMapped(type))).toEqual([]),
);

test('what the first rungs of the ladder use on AWS is priced, not only answered', () => {
  const types = [
    'aws_instance',
    'aws_autoscaling_group',
    'aws_ebs_volume',
    'aws_lb',
    'aws_nat_gateway',
    'aws_eip',
    'aws_db_instance',
    'aws_elasticache_replication_group',
    'aws_s3_bucket',
    'aws_cloudfront_distribution',
    'aws_route53_zone',
    'aws_wafv2_web_acl',
    'aws_secretsmanager_secret',
    'aws_eks_cluster',
    'aws_eks_node_group',
    'aws_msk_cluster',
    'aws_globalaccelerator_accelerator',
    'aws_db_proxy',
    'aws_vpc_endpoint',
    'aws_kms_key',
  ];
  expect(types.filter((type) => mappingOf(type)?.always !== undefined)).toEqual([]);
});

test('pools name products that the book has in some region', () => {
  const book = listBook();
  const without = [...awsPools, ...googlePools].filter(({ rule }) => book.regions(rule.product).length === 0);
  expect(without.map((pool) => pool.id)).toEqual([]);
  expect([poolOf('aws/internet-out')?.id, poolOf('aws/none'), poolOf('cloudflare/workers')?.id]).toEqual([
    'aws/internet-out',
    undefined,
    'cloudflare/workers',
  ]);
});

test('every price has a source and a date', () => {
  const odd = listBook().rows.filter(
    (row) => row.source.length < 4 || !/^20\d\d(-\d\d(-\d\d)?)?$/.test(row.asOf) || row.amount.isNegative(),
  );
  expect(odd).toEqual([]);
});
