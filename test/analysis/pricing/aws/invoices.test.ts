import { bill, gaps, given, lines } from './support';
import type { Resources } from './support';

/** Each invoice is worked out by hand from the list prices of the book; the comments are the working. */
describe('AWS invoices, to the cent', () => {
  const threeTier: Resources = {
    'aws_vpc.main': { cidr_block: '10.0.0.0/16' },
    'aws_lb.web': { subnets: ['subnet-a', 'subnet-b'] },
    'aws_launch_template.app': {
      instance_type: 'm7g.large',
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ volume_size: 30, volume_type: 'gp3' }] }],
    },
    'aws_autoscaling_group.app': {
      min_size: 2,
      desired_capacity: 3,
      max_size: 6,
      launch_template: [{ id: '${aws_launch_template.app.id}' }],
    },
    'aws_nat_gateway.nat': { allocation_id: '${aws_eip.nat.id}' },
    'aws_eip.nat': {},
    'aws_db_instance.main': {
      engine: 'postgres',
      engine_version: '16.4',
      instance_class: 'db.m7g.large',
      multi_az: true,
      storage_type: 'gp3',
      allocated_storage: 200,
    },
    'aws_elasticache_replication_group.cache': { engine: 'valkey', node_type: 'cache.t4g.small', num_cache_clusters: 2 },
    'aws_s3_bucket.uploads': {},
    'aws_cloudwatch_log_group.app': {},
    'aws_cloudwatch_metric_alarm.cpu': { count: 2, metric_name: 'CPUUtilization', period: 300 },
    'aws_secretsmanager_secret.database': {},
    'aws_route53_zone.main': { name: 'example.com' },
  };
  const threeTierUsage = {
    total: given({
      egressGb: 1000,
      loadBalancerGb: 400,
      natGb: 200,
      objectStorageGb: 500,
      logsGb: 50,
      logStorageGb: 100,
      dnsQueriesMillion: 5,
    }),
  };

  test('a web application in three tiers', () => {
    const answer = bill(threeTier, threeTierUsage);
    expect(lines(answer)).toEqual([
      'instance m7g.large: 2190 hour x 0.0816 = 178.70', // 3 servers x 730 h; 178.704
      'root volume gp3: 90 GB-month x 0.08 = 7.20', // 3 x 30 GB
      'traffic to the internet, first 10,240 GB: 1000 GB x 0.09 = 90.00',
      'logs kept: 100 GB-month x 0.03 = 3.00',
      'logs written: 50 GB x 0.5 = 25.00',
      'valkey node cache.t4g.small: 1460 hour x 0.0256 = 37.38', // 2 x 730 h; 37.376
      'alarm: 1 month x 0.1 = 0.10',
      'alarm: 1 month x 0.1 = 0.10',
      'secret: 1 month x 0.4 = 0.40',
      'database db.m7g.large, multi-az: 730 hour x 0.336 = 245.28',
      'storage gp3, multi-az: 200 GB-month x 0.23 = 46.00',
      'hosted zones, first 25: 1 month x 0.5 = 0.50',
      'queries: 5 million-requests x 0.4 = 2.00',
      'public IPv4 address: 730 hour x 0.005 = 3.65', // of the NAT gateway
      'NAT gateway: 730 hour x 0.045 = 32.85',
      'data through the gateway: 200 GB x 0.045 = 9.00',
      'storage, first 51,200 GB-month: 500 GB-month x 0.023 = 11.50',
      'application load balancer: 730 hour x 0.0225 = 16.43', // 16.425
      'capacity units, one for each GB: 400 LCU-hour x 0.008 = 3.20',
      'public IPv4 address: 1460 hour x 0.005 = 7.30', // one in each of two zones
    ]);
    expect(answer.monthly.toFixed(2)).toBe('719.59');
    // 2 servers: 1460 x 0.0816 = 119.14 and 60 x 0.08 = 4.80; 6 servers: 4380 x 0.0816 = 357.41 and 180 x 0.08 = 14.40.
    expect([answer.low, answer.high].map((one) => one.toFixed(2))).toEqual(['657.63', '905.50']);
    expect(gaps(answer)).toEqual([]);
    expect(answer.free.map((one) => one.address)).toEqual(['aws_launch_template.app', 'aws_vpc.main']);
  });

  test('the same with commitments of one year: servers 2190 x 0.050342 = 110.25, cache 1460 x 0.0176 = 25.70', () => {
    const answer = bill(threeTier, threeTierUsage);
    expect(
      answer.lines.filter((line) => line.committed !== undefined).map((line) => `${line.name} ${line.committed?.typical.toFixed(2)}`),
    ).toEqual(['instance m7g.large 110.25', 'valkey node cache.t4g.small 25.70']);
    expect(answer.committed.typical.toFixed(2)).toBe('639.46'); // 719.59 - 178.70 + 110.25 - 37.38 + 25.70
  });

  test('nodes that are there only while jobs run, by how many run on average', () => {
    const nodes = { instance_types: ['g6.2xlarge'], disk_size: 200, scaling_config: [{ min_size: 0, desired_size: 0, max_size: 2 }] };
    const cost = (own: object, instances: number) =>
      lines(bill({ 'aws_eks_node_group.batch': { ...nodes, ...own } }, { total: given({ instances }) }));
    expect(cost({}, 0.1)).toEqual([
      'instance g6.2xlarge: 73 hour x 0.9776 = 71.36', // 71.3648
      'node disk gp2: 20 GB-month x 0.1 = 2.00',
    ]);
    expect(cost({ scaling_config: [{ min_size: 0, desired_size: 0, max_size: 0 }] }, 0.1)).toEqual([]);
  });

  test('a cluster of EKS', () => {
    const answer = bill(
      {
        'aws_eks_cluster.main': { name: 'main', version: '1.33' },
        'aws_eks_node_group.app': {
          instance_types: ['m6i.large'],
          disk_size: 50,
          scaling_config: [{ min_size: 3, desired_size: 3, max_size: 3 }],
        },
        'aws_eks_node_group.gpu': {
          instance_types: ['g4dn.xlarge'],
          capacity_type: 'SPOT',
          scaling_config: [{ min_size: 0, desired_size: 1, max_size: 4 }],
        },
        'aws_eks_fargate_profile.jobs': {},
        'aws_eks_addon.dns': { addon_name: 'coredns' },
        'aws_nat_gateway.nat': { count: 2 },
        'aws_eip.nat': { count: 2 },
        'aws_ecr_repository.app': {},
        'aws_lb.ingress': { load_balancer_type: 'network', subnets: ['a', 'b', 'c'] },
        'aws_vpc_endpoint.ecr': { vpc_endpoint_type: 'Interface', subnet_ids: ['a', 'b'] },
        'aws_vpc_endpoint.s3': {},
        'aws_kms_key.secrets': {},
      },
      {
        total: given({
          egressGb: 600,
          natGb: 300,
          registryGb: 40,
          loadBalancerGb: 250,
          privateLinkGb: 100,
          podCpuHours: 1000,
          podGbHours: 2000,
          interAzGb: 500,
        }),
      },
    );
    expect(lines(answer)).toEqual([
      'images: 40 GB-month x 0.1 = 4.00',
      'between availability zones, both directions: 500 GB x 0.01 = 5.00', // half of 500 GB, in and out
      'instance m6i.large: 2190 hour x 0.096 = 210.24',
      'node disk gp2: 150 GB-month x 0.1 = 15.00',
      'traffic to the internet, first 10,240 GB: 300 GB x 0.09 = 27.00',
      'data through the endpoint: 100 GB x 0.01 = 1.00',
      'interface endpoint, one in each zone: 1460 hour x 0.01 = 14.60',
      'between availability zones, both directions: 500 GB x 0.01 = 5.00',
      'node disk gp2: 20 GB-month x 0.1 = 2.00',
      'spot instance g4dn.xlarge (a price of one day; it moves, and no list has it): 730 hour x 0.1578 = 115.19', // 115.194
      'traffic to the internet, first 10,240 GB: 300 GB x 0.09 = 27.00',
      'capacity units, one for each GB: 250 LCU-hour x 0.006 = 1.50',
      'network load balancer: 730 hour x 0.0225 = 16.43',
      'public IPv4 address: 2190 hour x 0.005 = 10.95',
      'memory of pods: 2000 GB-hour x 0.004445 = 8.89',
      'vCPU hours of pods: 1000 vCPU-hour x 0.04048 = 40.48',
      'control plane: 730 hour x 0.1 = 73.00',
      'public IPv4 address: 730 hour x 0.005 = 3.65',
      'public IPv4 address: 730 hour x 0.005 = 3.65',
      'NAT gateway: 730 hour x 0.045 = 32.85',
      'data through the gateway: 150 GB x 0.045 = 6.75',
      'NAT gateway: 730 hour x 0.045 = 32.85',
      'data through the gateway: 150 GB x 0.045 = 6.75',
      'key: 1 month x 1 = 1.00',
    ]);
    // 73 + 225.24 + 117.19 + 49.37 + 79.20 + 7.30 + 4 + 28.88 + 15.60 + 1 + 2 x 5 + 2 x 27
    expect(answer.monthly.toFixed(2)).toBe('664.78');
    expect(gaps(answer)).toEqual([]);
  });

  test('a database in four shards, each with a replica', () => {
    const shard = {
      engine: 'postgres',
      engine_version: '16.4',
      instance_class: 'db.r7g.xlarge',
      multi_az: true,
      storage_type: 'gp3',
      allocated_storage: 1000,
      iops: 15_000,
    };
    const answer = bill(
      {
        'aws_db_instance.shard': { for_each: ['a', 'b', 'c', 'd'].reduce((all, name) => ({ ...all, [name]: name }), {}), ...shard },
        'aws_db_instance.replica': {
          for_each: ['a', 'b', 'c', 'd'].reduce((all, name) => ({ ...all, [name]: name }), {}),
          instance_class: 'db.r7g.xlarge',
          replicate_source_db: '${aws_db_instance.shard["a"].identifier}',
          storage_type: 'gp3',
        },
        'aws_db_proxy.router': { name: 'router' },
        'aws_db_proxy_target.router': {
          db_proxy_name: '${aws_db_proxy.router.name}',
          db_instance_identifier: '${aws_db_instance.shard["a"].identifier}',
        },
        'aws_db_parameter_group.main': { family: 'postgres16' },
      },
      { total: given({ backupGb: 2000 }) },
    );
    // A shard: 697.88 + 230.00 + 120.00 = 1,047.88; a replica: 348.94 + 115.00 = 463.94; backups of each: 250 x 0.095 = 23.75.
    expect([...new Set(lines(answer))]).toEqual([
      'backups beyond the size of the storage: 250 GB-month x 0.095 = 23.75',
      'read replica db.r7g.xlarge, single-az: 730 hour x 0.478 = 348.94',
      'storage gp3, single-az: 1000 GB-month x 0.115 = 115.00',
      'vCPUs of the database: 2920 vCPU-hour x 0.015 = 43.80', // 4 x 730
      'IOPS beyond 12000: 3000 IOPS-month x 0.04 = 120.00',
      'database db.r7g.xlarge, multi-az: 730 hour x 0.956 = 697.88',
      'storage gp3, multi-az: 1000 GB-month x 0.23 = 230.00',
    ]);
    expect(answer.monthly.toFixed(2)).toBe('6281.08'); // 4 x 1,047.88 + 4 x 463.94 + 8 x 23.75 + 43.80
    expect(gaps(answer)).toEqual([]);
  });

  test('a site that a CDN serves', () => {
    const answer = bill(
      {
        'aws_cloudfront_distribution.site': {
          origin: [{ domain_name: '${aws_s3_bucket.site.bucket_regional_domain_name}', origin_id: 's3' }],
          viewer_certificate: [{ acm_certificate_arn: '${aws_acm_certificate.site.arn}', ssl_support_method: 'sni-only' }],
        },
        'aws_s3_bucket.site': {},
        'aws_s3_bucket.logs': {},
        'aws_wafv2_web_acl.site': { scope: 'CLOUDFRONT', rule: [{ name: 'common' }, { name: 'bad-inputs' }, { name: 'rate' }] },
        'aws_cloudfront_function.headers': { runtime: 'cloudfront-js-2.0' },
        'aws_route53_zone.main': { name: 'example.com' },
        'aws_acm_certificate.site': { domain_name: 'example.com' },
      },
      {
        resources: {
          'aws_cloudfront_distribution.site': given({ objectEgressGb: 60_000, cdnEuropeGb: 20_000, cdnRequestsMillion: 900 }),
          'aws_s3_bucket.site': given({ objectStorageGb: 80_000, objectReadsMillion: 50 }),
          'aws_s3_bucket.logs': given({ objectInfrequentGb: 500 }),
        },
        total: given({ requestsMillion: 900, cdnFunctionMillion: 900, dnsQueriesMillion: 100 }),
      },
    );
    expect(lines(answer)).toEqual([
      'invocations: 900 million-requests x 0.1 = 90.00',
      'storage, infrequent access: 500 GB-month x 0.0125 = 6.25',
      'hosted zones, first 25: 1 month x 0.5 = 0.50',
      'queries: 100 million-requests x 0.4 = 40.00',
      'HTTPS requests, at the rate of North America: 90000 10k-requests x 0.01 = 900.00',
      'traffic to Europe, first 10,240 GB: 10240 GB x 0.085 = 870.40',
      'traffic to Europe, next 40,960 GB: 9760 GB x 0.08 = 780.80',
      'traffic to North America, first 10,240 GB: 10240 GB x 0.085 = 870.40',
      'traffic to North America, next 40,960 GB: 40960 GB x 0.08 = 3276.80',
      'traffic to North America, next 102,400 GB: 8800 GB x 0.06 = 528.00',
      'reads: 50000 1k-requests x 0.0004 = 20.00',
      'storage, first 51,200 GB-month: 51200 GB-month x 0.023 = 1177.60',
      'storage, next 460,800 GB-month: 28800 GB-month x 0.022 = 633.60',
      'requests: 900 million-requests x 0.6 = 540.00',
      'rules: 3 month x 1 = 3.00',
      'web firewall: 1 month x 5 = 5.00',
    ]);
    // 90 + 6.25 + 40.50 + 900 + 1,651.20 + 4,675.20 + 20 + 1,811.20 + 548; the bucket of the site sends nothing to the internet itself.
    expect(answer.monthly.toFixed(2)).toBe('9742.35');
    expect(gaps(answer)).toEqual([]);
  });

  test('an API of functions', () => {
    const answer = bill(
      {
        'aws_apigatewayv2_api.api': { protocol_type: 'HTTP' },
        'aws_lambda_function.api': { architectures: ['arm64'], memory_size: 512 },
        'aws_lambda_function.worker': { memory_size: 1024 },
        'aws_lambda_provisioned_concurrency_config.worker': {
          function_name: '${aws_lambda_function.worker.function_name}',
          provisioned_concurrent_executions: 2,
          qualifier: '1',
        },
        'aws_dynamodb_table.items': { billing_mode: 'PAY_PER_REQUEST', point_in_time_recovery: [{ enabled: true }] },
        'aws_sqs_queue.jobs': {},
        'aws_cloudwatch_event_bus.domain': { name: 'domain' },
        'aws_cloudwatch_log_group.api': {},
        'aws_cloudwatch_metric_alarm.errors': { period: 10 },
        'aws_secretsmanager_secret.key': {},
        'aws_iam_role.lambda': {},
      },
      {
        resources: {
          'aws_lambda_function.api': given({ lambdaRequestsMillion: 400, lambdaMs: 120 }),
          'aws_lambda_function.worker': given({ lambdaRequestsMillion: 10, lambdaMs: 500 }),
        },
        total: given({
          apiRequestsMillion: 400,
          egressGb: 2000,
          readUnitsMillion: 800,
          writeUnitsMillion: 200,
          storageGb: 300,
          messagesMillion: 30,
          eventsMillion: 10,
          logsGb: 200,
          logStorageGb: 600,
          secretCallsMillion: 1,
        }),
      },
    );
    expect(lines(answer)).toEqual([
      'calls of HTTP APIs, first 300 million-requests: 300 million-requests x 1 = 300.00',
      'calls of HTTP APIs, over 300 million-requests: 100 million-requests x 0.9 = 90.00',
      'traffic to the internet, first 10,240 GB: 2000 GB x 0.09 = 180.00',
      'logs kept: 600 GB-month x 0.03 = 18.00',
      'logs written: 200 GB x 0.5 = 100.00',
      'duration of functions, Arm, first 7,500,000,000 GB-second: 24000000 GB-second x 0.0000133334 = 320.00', // 400 M x 0.12 s x 0.5 GB; 320.0016
      'requests: 400 million-requests x 0.2 = 80.00',
      'events: 10 million-events x 1 = 10.00',
      'alarm, high resolution: 1 month x 0.3 = 0.30',
      'point in time recovery: 300 GB-month x 0.2 = 60.00',
      'read units: 800 million-requests x 0.125 = 100.00',
      'storage: 300 GB-month x 0.25 = 75.00',
      'write units: 200 million-requests x 0.625 = 125.00',
      'requests: 30 million-requests x 0.4 = 12.00',
      'calls: 100 10k-requests x 0.05 = 5.00',
      'secret: 1 month x 0.4 = 0.40',
      'duration of functions, first 6,000,000,000 GB-second: 5000000 GB-second x 0.0000166667 = 83.33', // 10 M x 0.5 s x 1 GB; 83.3335
      'requests: 10 million-requests x 0.2 = 2.00',
      'provisioned concurrency: 5256000 GB-second x 0.0000041667 = 21.90', // 2 x 1 GB x 730 h x 3,600 s; 21.9002
    ]);
    // 390 + 180 + 118 + 400 + 10 + 0.30 + 360 + 12 + 5.40 + 85.33 + 21.90
    expect(answer.monthly.toFixed(2)).toBe('1582.93');
    expect(gaps(answer)).toEqual([]);
  });
});
