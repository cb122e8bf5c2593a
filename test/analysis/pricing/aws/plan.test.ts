import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromPlan, graphFromSynthesis } from '../../../../analysis/graph';
import type { JsonObject } from '../../../../analysis/graph';
import { estimate, estimateToJson } from '../../../../analysis/pricing';
import { installed } from '../../../support/needs';
import { mirrorConfiguration, providerMirror } from '../../../support/provider-mirror';
import { scratch } from '../../../support/scratch';
import { book, given } from './support';

const version = '5.100.0';
const mirror = providerMirror('hashicorp/aws', version);
const missing = [
  ...(installed('terraform') ? [] : ['terraform']),
  ...(mirror === undefined ? [`a mirror with hashicorp/aws ${version}`] : []),
];
const withProvider: typeof test = missing.length === 0 ? test : (test['skip'] as typeof test);
const title = (what: string): string => (missing.length === 0 ? what : `${what} (skipped: ${missing.join(', ')} not found)`);

/** A web application with most of what teams use, as the provider accepts it. A plan of what does not exist asks no cloud. */
const configuration: JsonObject = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version } } },
  variable: { region: { default: 'us-east-1' }, servers: { default: 3 } },
  provider: {
    aws: [
      {
        region: '${var.region}',
        access_key: 'test',
        secret_key: 'test',
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
      },
      {
        alias: 'europe',
        region: 'eu-west-1',
        access_key: 'test',
        secret_key: 'test',
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
      },
    ],
  },
  resource: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: {
      app: {
        count: 2,
        vpc_id: '${aws_vpc.main.id}',
        cidr_block: '${cidrsubnet("10.0.0.0/16", 8, count.index)}',
        map_public_ip_on_launch: true,
      },
    },
    aws_security_group: { app: { vpc_id: '${aws_vpc.main.id}', name: 'app' } },
    aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_eip: { nat: { domain: 'vpc' }, admin: { domain: 'vpc', instance: '${aws_instance.admin.id}' } },
    aws_nat_gateway: { main: { allocation_id: '${aws_eip.nat.id}', subnet_id: '${aws_subnet.app[0].id}' } },
    aws_vpc_endpoint: {
      ecr: {
        vpc_id: '${aws_vpc.main.id}',
        service_name: 'com.amazonaws.us-east-1.ecr.api',
        vpc_endpoint_type: 'Interface',
        subnet_ids: ['${aws_subnet.app[0].id}', '${aws_subnet.app[1].id}'],
      },
      s3: { vpc_id: '${aws_vpc.main.id}', service_name: 'com.amazonaws.us-east-1.s3' },
    },
    aws_lb: { web: { name: 'web', load_balancer_type: 'application', subnets: ['${aws_subnet.app[0].id}', '${aws_subnet.app[1].id}'] } },
    aws_lb_target_group: { web: { name: 'web', port: 80, protocol: 'HTTP', vpc_id: '${aws_vpc.main.id}' } },
    aws_launch_template: {
      app: {
        name: 'app',
        image_id: 'ami-0123456789abcdef0',
        instance_type: 'm7g.large',
        block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ volume_size: 30, volume_type: 'gp3' }] }],
        monitoring: [{ enabled: true }],
      },
    },
    aws_autoscaling_group: {
      app: {
        name: 'app',
        min_size: 2,
        max_size: 6,
        desired_capacity: '${var.servers}',
        vpc_zone_identifier: ['${aws_subnet.app[0].id}'],
        launch_template: [{ id: '${aws_launch_template.app.id}', version: '$Latest' }],
      },
    },
    aws_instance: {
      admin: { ami: 'ami-0123456789abcdef0', instance_type: 't4g.small', subnet_id: '${aws_subnet.app[0].id}' },
      worker: {
        count: 2,
        ami: 'ami-0123456789abcdef0',
        instance_type: 't4g.medium',
        subnet_id: '${aws_subnet.app[1].id}',
        root_block_device: [{ volume_size: 20, volume_type: 'gp3' }],
      },
      europe: { provider: 'aws.europe', ami: 'ami-0123456789abcdef0', instance_type: 'm7g.large' },
    },
    aws_ebs_volume: {
      data: { for_each: { a: 100, b: 200 }, availability_zone: 'us-east-1a', size: '${each.value}', type: 'gp3', iops: 4000 },
    },
    aws_db_instance: {
      main: {
        identifier: 'main',
        engine: 'postgres',
        engine_version: '16.4',
        instance_class: 'db.m7g.large',
        allocated_storage: 200,
        max_allocated_storage: 500,
        storage_type: 'gp3',
        multi_az: true,
        username: 'app',
        password: 'not-a-secret-1',
        skip_final_snapshot: true,
      },
      replica: {
        identifier: 'replica',
        instance_class: 'db.m7g.large',
        replicate_source_db: '${aws_db_instance.main.identifier}',
        skip_final_snapshot: true,
      },
    },
    aws_rds_cluster: {
      events: {
        cluster_identifier: 'events',
        engine: 'aurora-postgresql',
        master_username: 'app',
        master_password: 'not-a-secret-1',
        storage_type: 'aurora-iopt1',
        skip_final_snapshot: true,
        serverlessv2_scaling_configuration: [{ min_capacity: 1, max_capacity: 8 }],
      },
    },
    aws_rds_cluster_instance: {
      events: { cluster_identifier: '${aws_rds_cluster.events.id}', engine: 'aurora-postgresql', instance_class: 'db.serverless' },
    },
    aws_elasticache_replication_group: {
      cache: { replication_group_id: 'cache', description: 'cache', engine: 'valkey', node_type: 'cache.t4g.small', num_cache_clusters: 2 },
    },
    aws_s3_bucket: { site: { bucket: 'site-of-a-test' } },
    aws_cloudfront_distribution: {
      site: {
        enabled: true,
        origin: [{ domain_name: '${aws_s3_bucket.site.bucket_regional_domain_name}', origin_id: 's3' }],
        default_cache_behavior: [
          {
            allowed_methods: ['GET', 'HEAD'],
            cached_methods: ['GET', 'HEAD'],
            target_origin_id: 's3',
            viewer_protocol_policy: 'redirect-to-https',
            cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
          },
        ],
        restrictions: [{ geo_restriction: [{ restriction_type: 'none' }] }],
        viewer_certificate: [{ cloudfront_default_certificate: true }],
      },
    },
    aws_iam_role: { task: { name: 'task', assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' } },
    aws_ecs_cluster: { main: { name: 'main' } },
    aws_ecs_task_definition: {
      api: {
        family: 'api',
        cpu: '512',
        memory: '1024',
        network_mode: 'awsvpc',
        requires_compatibilities: ['FARGATE'],
        container_definitions: '[{"name":"api","image":"api","essential":true}]',
      },
    },
    aws_ecs_service: {
      api: {
        name: 'api',
        cluster: '${aws_ecs_cluster.main.id}',
        task_definition: '${aws_ecs_task_definition.api.arn}',
        launch_type: 'FARGATE',
        desired_count: 2,
        network_configuration: [{ subnets: ['${aws_subnet.app[0].id}'] }],
      },
    },
    aws_eks_cluster: {
      main: {
        name: 'main',
        role_arn: '${aws_iam_role.task.arn}',
        vpc_config: [{ subnet_ids: ['${aws_subnet.app[0].id}', '${aws_subnet.app[1].id}'] }],
      },
    },
    aws_eks_node_group: {
      app: {
        cluster_name: '${aws_eks_cluster.main.name}',
        node_group_name: 'app',
        node_role_arn: '${aws_iam_role.task.arn}',
        subnet_ids: ['${aws_subnet.app[0].id}'],
        instance_types: ['m6i.large'],
        scaling_config: [{ desired_size: 2, min_size: 1, max_size: 4 }],
      },
    },
    aws_lambda_function: {
      resize: {
        function_name: 'resize',
        role: '${aws_iam_role.task.arn}',
        package_type: 'Image',
        image_uri: 'x.dkr.ecr.us-east-1.amazonaws.com/resize:1',
        memory_size: 512,
        architectures: ['arm64'],
      },
    },
    aws_apigatewayv2_api: { api: { name: 'api', protocol_type: 'HTTP' } },
    aws_dynamodb_table: {
      items: {
        name: 'items',
        billing_mode: 'PAY_PER_REQUEST',
        hash_key: 'id',
        attribute: [{ name: 'id', type: 'S' }],
        point_in_time_recovery: [{ enabled: true }],
      },
    },
    aws_sqs_queue: { jobs: { name: 'jobs' } },
    aws_sns_topic: { alarms: { name: 'alarms' } },
    aws_sns_topic_subscription: { alarms: { topic_arn: '${aws_sns_topic.alarms.arn}', protocol: 'email', endpoint: 'team@example.com' } },
    aws_kms_key: { main: { enable_key_rotation: true } },
    aws_secretsmanager_secret: { database: { name: 'database' } },
    aws_ssm_parameter: { size: { name: '/size', type: 'String', value: 'x' } },
    aws_cloudwatch_log_group: { app: { name: 'app', retention_in_days: 30 } },
    aws_cloudwatch_metric_alarm: {
      cpu: {
        alarm_name: 'cpu',
        comparison_operator: 'GreaterThanThreshold',
        evaluation_periods: 1,
        metric_name: 'CPUUtilization',
        namespace: 'AWS/EC2',
        period: 60,
        statistic: 'Average',
        threshold: 80,
      },
    },
    aws_route53_zone: { main: { name: 'example.com' } },
    aws_wafv2_web_acl: {
      web: {
        name: 'web',
        scope: 'REGIONAL',
        default_action: [{ allow: [{}] }],
        visibility_config: [{ cloudwatch_metrics_enabled: true, metric_name: 'web', sampled_requests_enabled: true }],
        rule: [
          {
            name: 'rate',
            priority: 1,
            action: [{ block: [{}] }],
            statement: [{ rate_based_statement: [{ limit: 1000 }] }],
            visibility_config: [{ cloudwatch_metrics_enabled: true, metric_name: 'rate', sampled_requests_enabled: true }],
          },
        ],
      },
    },
    aws_ecr_repository: { app: { name: 'app' } },
    aws_efs_file_system: { shared: {} },
    aws_kinesis_stream: { events: { name: 'events', shard_count: 2 } },
    aws_globalaccelerator_accelerator: { main: { name: 'main' } },
  },
};

const usage = {
  total: given({
    egressGb: 1000,
    loadBalancerGb: 400,
    natGb: 100,
    objectStorageGb: 500,
    objectEgressGb: 2000,
    logsGb: 50,
    lambdaRequestsMillion: 10,
    lambdaMs: 100,
  }),
};

withProvider(
  title('a plan of the real provider costs what the configuration costs that it was made from'),
  async () => {
    const folder = scratch('aws-plan-');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'mirror.rc'), mirrorConfiguration(mirror ?? ''));
    const environment = {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(folder, 'mirror.rc'),
      CHECKPOINT_DISABLE: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    };
    const terraform = (...args: readonly string[]): Promise<string> =>
      new Promise((done, fail) => {
        execFile('terraform', [...args], { cwd: folder, env: environment, maxBuffer: 1 << 28 }, (error, out, err) =>
          error === null ? done(out) : fail(new Error(out + err)),
        );
      });
    await terraform('init', '-input=false');
    await terraform('plan', '-input=false', '-refresh=false', '-out=plan');
    const planned = estimateToJson(estimate(graphFromPlan(JSON.parse(await terraform('show', '-json', 'plan'))), book, usage));
    const synthesized = estimateToJson(estimate(graphFromSynthesis(configuration), book, usage));
    expect(planned).toEqual(synthesized);
    expect(planned.lines.length).toBeGreaterThan(70);
  },
  180_000,
);

test('what that configuration costs: nothing is unpriced but for what the provider decides', () => {
  const answer = estimate(graphFromSynthesis(configuration), book, usage);
  expect(answer.unpriced.map((one) => `${one.address} ${one.part ?? ''} ${one.reason}`)).toEqual([]);
  expect(answer.monthly.toFixed(2)).toBe('2045.59');
});
