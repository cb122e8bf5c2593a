import { awsMappings } from '../../../../analysis/pricing/mapping/aws';
import type { UsageKey } from '../../../../analysis/pricing';
import { bill, gaps, given, lines } from './support';
import type { Resources } from './support';

type Case = readonly [
  name: string,
  resources: Resources,
  usage: Readonly<Partial<Record<UsageKey, number>>>,
  lines: readonly string[],
  total: string,
];

/** Worked out by hand from the book: each line is quantity times price, the total their sum. */
const cases: readonly Case[] = [
  [
    'an instance: 730 x 0.0336, its root volume of 8 GB, monitoring, a public address',
    { 'aws_instance.x': { instance_type: 't4g.medium', monitoring: true, associate_public_ip_address: true } },
    { egressGb: 100 },
    [
      'detailed monitoring: 1 month x 2.1 = 2.10',
      'instance t4g.medium: 730 hour x 0.0336 = 24.53',
      'public IPv4 address: 730 hour x 0.005 = 3.65',
      'root volume gp2: 8 GB-month x 0.1 = 0.80',
      'traffic to the internet, first 10,240 GB: 100 GB x 0.09 = 9.00',
    ],
    '40.08',
  ],
  [
    'an instance whose elastic address takes the place of its own',
    {
      'aws_instance.x': {
        instance_type: 't4g.medium',
        associate_public_ip_address: true,
        root_block_device: [{ volume_size: 20, volume_type: 'gp3' }],
      },
      'aws_eip.x': { instance: '${aws_instance.x.id}' },
    },
    {},
    [
      'public IPv4 address: 730 hour x 0.005 = 3.65',
      'instance t4g.medium: 730 hour x 0.0336 = 24.53',
      'root volume gp3: 20 GB-month x 0.08 = 1.60',
    ],
    '29.78',
  ],
  [
    'an instance in a subnet that gives addresses',
    {
      'aws_instance.x': { instance_type: 't4g.medium', subnet_id: '${aws_subnet.x.id}' },
      'aws_subnet.x': { map_public_ip_on_launch: true },
    },
    {},
    [
      'instance t4g.medium: 730 hour x 0.0336 = 24.53',
      'public IPv4 address: 730 hour x 0.005 = 3.65',
      'root volume gp2: 8 GB-month x 0.1 = 0.80',
    ],
    '28.98',
  ],
  [
    'a spot request',
    { 'aws_spot_instance_request.x': { instance_type: 'm7g.large' } },
    {},
    [
      'root volume gp2: 8 GB-month x 0.1 = 0.80',
      'spot instance m7g.large (a price of one day; it moves, and no list has it): 730 hour x 0.0683 = 49.86',
    ],
    '50.66',
  ],
  [
    'gp3 with 4,000 IOPS and 200 MB/s: 1,000 x 0.005 and 75 x 0.04 beyond what is included',
    { 'aws_ebs_volume.x': { type: 'gp3', size: 100, iops: 4000, throughput: 200 } },
    {},
    [
      'storage IOPS beyond 3,000: 1000 IOPS-month x 0.005 = 5.00',
      'storage gp3: 100 GB-month x 0.08 = 8.00',
      'storage throughput beyond 125 MB/s: 75 MBps-month x 0.04 = 3.00',
    ],
    '16.00',
  ],
  [
    'io2 with 70,000 IOPS: 32,000 x 0.065, 32,000 x 0.0455, 6,000 x 0.032',
    { 'aws_ebs_volume.x': { type: 'io2', size: 1000, iops: 70000 } },
    {},
    [
      'storage io2: 1000 GB-month x 0.125 = 125.00',
      'storage io2 IOPS, first 32,000 IOPS-month: 32000 IOPS-month x 0.065 = 2080.00',
      'storage io2 IOPS, next 32,000 IOPS-month: 32000 IOPS-month x 0.0455 = 1456.00',
      'storage io2 IOPS, over 64,000 IOPS-month: 6000 IOPS-month x 0.032 = 192.00',
    ],
    '3853.00',
  ],
  ['a volume without a type is gp2', { 'aws_ebs_volume.x': { size: 50 } }, {}, ['storage gp2: 50 GB-month x 0.1 = 5.00'], '5.00'],
  [
    'a group of 2 to 10, two fifths of what is above 2 on demand: of 5 servers 2 + 2 of 3',
    {
      'aws_launch_template.t': { instance_type: 'm7g.large' },
      'aws_autoscaling_group.x': {
        min_size: 2,
        desired_capacity: 5,
        max_size: 10,
        mixed_instances_policy: [
          {
            launch_template: [{ launch_template_specification: [{ launch_template_id: '${aws_launch_template.t.id}' }] }],
            instances_distribution: [{ on_demand_base_capacity: 2, on_demand_percentage_above_base_capacity: 40 }],
          },
        ],
      },
    },
    {},
    [
      'instance m7g.large: 2920 hour x 0.0816 = 238.27',
      'root volume gp2: 40 GB-month x 0.1 = 4.00',
      'spot instance m7g.large (a price of one day; it moves, and no list has it): 730 hour x 0.0683 = 49.86',
    ],
    '292.13',
  ],
  [
    'a group of which usage knows how many run on average',
    {
      'aws_launch_template.t': { instance_type: 'm7g.large' },
      'aws_autoscaling_group.x': { min_size: 2, max_size: 10, launch_template: [{ id: '${aws_launch_template.t.id}' }] },
    },
    { instances: 3.5 },
    ['instance m7g.large: 2555 hour x 0.0816 = 208.49', 'root volume gp2: 28 GB-month x 0.1 = 2.80'],
    '211.29',
  ],
  [
    'a group of 2 with 3 prepared: one waits, stopped, and costs its disk',
    {
      'aws_launch_template.t': { instance_type: 'm7g.large' },
      'aws_autoscaling_group.x': {
        min_size: 2,
        max_size: 2,
        launch_template: [{ id: '${aws_launch_template.t.id}' }],
        warm_pool: [{ min_size: 1, max_group_prepared_capacity: 3, pool_state: 'Stopped' }],
      },
    },
    {},
    [
      'instance m7g.large: 1460 hour x 0.0816 = 119.14',
      'root volume gp2: 16 GB-month x 0.1 = 1.60',
      'root volume gp2 of the warm pool: 8 GB-month x 0.1 = 0.80',
    ],
    '121.54',
  ],
  [
    'a group whose warm pool is as large as it may grow, and runs',
    {
      'aws_launch_template.t': { instance_type: 'm7g.large' },
      'aws_autoscaling_group.x': {
        min_size: 1,
        desired_capacity: 1,
        max_size: 3,
        launch_template: [{ id: '${aws_launch_template.t.id}' }],
        warm_pool: [{ max_group_prepared_capacity: -1, pool_state: 'Running' }],
      },
    },
    {},
    [
      'instance m7g.large: 730 hour x 0.0816 = 59.57',
      'instance m7g.large of the warm pool: 1460 hour x 0.0816 = 119.14',
      'root volume gp2: 8 GB-month x 0.1 = 0.80',
      'root volume gp2 of the warm pool: 16 GB-month x 0.1 = 1.60',
    ],
    '181.11',
  ],
  [
    'a classic load balancer',
    { 'aws_elb.x': { subnets: ['a', 'b'] } },
    { loadBalancerGb: 100 },
    [
      'classic load balancer: 730 hour x 0.025 = 18.25',
      'data processed: 100 GB x 0.008 = 0.80',
      'public IPv4 address: 1460 hour x 0.005 = 7.30',
    ],
    '26.35',
  ],
  [
    'an internal load balancer has no public address',
    { 'aws_lb.x': { internal: true, subnets: ['a', 'b'] } },
    {},
    ['application load balancer: 730 hour x 0.0225 = 16.43'],
    '16.43',
  ],
  [
    'a load balancer with addresses of its own',
    { 'aws_lb.x': { load_balancer_type: 'network', subnet_mapping: [{ subnet_id: 'a', allocation_id: 'eip-1' }] } },
    {},
    ['network load balancer: 730 hour x 0.0225 = 16.43'],
    '16.43',
  ],
  [
    'MySQL of the small kind',
    { 'aws_db_instance.x': { engine: 'mysql', instance_class: 'db.t4g.small', allocated_storage: 20 } },
    {},
    ['database db.t4g.small, single-az: 730 hour x 0.032 = 23.36', 'storage gp2, single-az: 20 GB-month x 0.115 = 2.30'],
    '25.66',
  ],
  [
    'gp3 of 399 GB has 3,000 IOPS',
    {
      'aws_db_instance.x': { engine: 'postgres', instance_class: 'db.r7g.large', allocated_storage: 399, storage_type: 'gp3', iops: 4000 },
    },
    {},
    [
      'IOPS beyond 3000: 1000 IOPS-month x 0.02 = 20.00',
      'database db.r7g.large, single-az: 730 hour x 0.239 = 174.47',
      'storage gp3, single-az: 399 GB-month x 0.115 = 45.89',
    ],
    '240.36',
  ],
  [
    'gp3 of 400 GB has 12,000 IOPS',
    {
      'aws_db_instance.x': { engine: 'postgres', instance_class: 'db.r7g.large', allocated_storage: 400, storage_type: 'gp3', iops: 12000 },
    },
    {},
    ['database db.r7g.large, single-az: 730 hour x 0.239 = 174.47', 'storage gp3, single-az: 400 GB-month x 0.115 = 46.00'],
    '220.47',
  ],
  [
    'io1 with 1,200 IOPS',
    {
      'aws_db_instance.x': { engine: 'postgres', instance_class: 'db.r7g.large', allocated_storage: 100, storage_type: 'io1', iops: 1200 },
    },
    {},
    [
      'database db.r7g.large, single-az: 730 hour x 0.239 = 174.47',
      'io1 IOPS: 1200 IOPS-month x 0.1 = 120.00',
      'storage io1, single-az: 100 GB-month x 0.125 = 12.50',
    ],
    '306.97',
  ],
  [
    'extended support of an old version: 2 vCPUs x 730 x 0.10',
    { 'aws_db_instance.x': { engine: 'postgres', engine_version: '12.19', instance_class: 'db.r7g.large', allocated_storage: 20 } },
    {},
    [
      'database db.r7g.large, single-az: 730 hour x 0.239 = 174.47',
      'extended support of version 12.19, first year: 1460 vCPU-hour x 0.1 = 146.00',
      'storage gp2, single-az: 20 GB-month x 0.115 = 2.30',
    ],
    '322.77',
  ],
  [
    'Aurora: storage and its reads and writes',
    { 'aws_rds_cluster.x': { engine: 'aurora-postgresql' } },
    { auroraStorageGb: 100, ioRequestsMillion: 50, backupGb: 20 },
    [
      'backups beyond the size of the storage: 20 GB-month x 0.021 = 0.42',
      'reads and writes: 50 million-requests x 0.2 = 10.00',
      'storage: 100 GB-month x 0.1 = 10.00',
    ],
    '20.42',
  ],
  [
    'Aurora, I/O-Optimized: storage 0.225, no reads and writes, a server 130 % of 0.553 x 730',
    {
      'aws_rds_cluster.x': { engine: 'aurora-postgresql', storage_type: 'aurora-iopt1' },
      'aws_rds_cluster_instance.x': { cluster_identifier: '${aws_rds_cluster.x.id}', instance_class: 'db.r7g.xlarge' },
    },
    { auroraStorageGb: 100 },
    ['storage: 100 GB-month x 0.225 = 22.50', 'Aurora server db.r7g.xlarge, I/O-Optimized: 1 month x 524.797 = 524.80'],
    '547.30',
  ],
  [
    'Aurora Serverless of 0.5 to 8 units: 4.25 x 730 x 0.12',
    {
      'aws_rds_cluster.x': { engine: 'aurora-mysql', serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 8 }] },
      'aws_rds_cluster_instance.x': { cluster_identifier: '${aws_rds_cluster.x.id}', instance_class: 'db.serverless' },
    },
    {},
    ['capacity units: 3102.5 ACU-hour x 0.12 = 372.30'],
    '372.30',
  ],
  [
    'the same where usage knows that 2 are in use',
    {
      'aws_rds_cluster.x': { engine: 'aurora-mysql', serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 8 }] },
      'aws_rds_cluster_instance.x': { cluster_identifier: '${aws_rds_cluster.x.id}', instance_class: 'db.serverless' },
    },
    { acu: 2 },
    ['capacity units: 1460 ACU-hour x 0.12 = 175.20'],
    '175.20',
  ],
  [
    'three shards with two replicas each: 9 nodes',
    {
      'aws_elasticache_replication_group.x': {
        node_type: 'cache.r7g.large',
        engine: 'redis',
        num_node_groups: 3,
        replicas_per_node_group: 2,
        snapshot_retention_limit: 7,
      },
    },
    { backupGb: 100 },
    ['redis-oss node cache.r7g.large: 6570 hour x 0.219 = 1438.83', 'snapshots: 100 GB-month x 0.085 = 8.50'],
    '1447.33',
  ],
  [
    'two nodes of memcached',
    { 'aws_elasticache_cluster.x': { engine: 'memcached', node_type: 'cache.t4g.small', num_cache_nodes: 2 } },
    {},
    ['memcached node cache.t4g.small: 1460 hour x 0.032 = 46.72'],
    '46.72',
  ],
  [
    'a node more of a group',
    {
      'aws_elasticache_replication_group.g': { node_type: 'cache.t4g.small', engine: 'valkey' },
      'aws_elasticache_cluster.x': { replication_group_id: '${aws_elasticache_replication_group.g.id}' },
    },
    {},
    ['valkey node cache.t4g.small: 730 hour x 0.0256 = 18.69', 'valkey node cache.t4g.small: 730 hour x 0.0256 = 18.69'],
    '37.38',
  ],
  [
    'a cache without nodes: 2 x 730 x 0.084',
    { 'aws_elasticache_serverless_cache.x': { engine: 'valkey' } },
    { cacheDataGb: 2, cacheEcpuMillion: 1000 },
    ['data: 1460 GB-hour x 0.084 = 122.64', 'processing units: 1000 million-ecpu x 0.0023 = 2.30'],
    '124.94',
  ],
  [
    'MemoryDB: one shard and its replica',
    { 'aws_memorydb_cluster.x': { node_type: 'db.r6g.large' } },
    { ingestGb: 10 },
    ['data written: 10 GB x 0.2 = 2.00', 'node db.r6g.large: 1460 hour x 0.309 = 451.14'],
    '453.14',
  ],
  [
    'a table with 5 units of each, and an index with 2',
    { 'aws_dynamodb_table.x': { read_capacity: 5, write_capacity: 5, global_secondary_index: [{ read_capacity: 2, write_capacity: 2 }] } },
    { storageGb: 10 },
    [
      'index 1: read capacity: 1460 hour x 0.00013 = 0.19',
      'index 1: write capacity: 1460 hour x 0.00065 = 0.95',
      'read capacity: 3650 hour x 0.00013 = 0.47',
      'storage: 10 GB-month x 0.25 = 2.50',
      'write capacity: 3650 hour x 0.00065 = 2.37',
    ],
    '6.48',
  ],
  [
    'a search cluster: 3 data nodes, 3 masters, 2 warm nodes, 300 GB',
    {
      'aws_opensearch_domain.x': {
        cluster_config: [
          {
            instance_type: 'r6g.large.search',
            instance_count: 3,
            dedicated_master_enabled: true,
            dedicated_master_type: 'c6g.large.search',
            dedicated_master_count: 3,
            warm_enabled: true,
            warm_type: 'ultrawarm1.medium.search',
            warm_count: 2,
          },
        ],
        ebs_options: [{ ebs_enabled: true, volume_type: 'gp3', volume_size: 100 }],
      },
    },
    {},
    [
      'data node r6g.large.search: 2190 hour x 0.167 = 365.73',
      'master c6g.large.search: 2190 hour x 0.113 = 247.47',
      'storage gp3: 300 GB-month x 0.122 = 36.60',
      'warm node ultrawarm1.medium.search: 1460 hour x 0.238 = 347.48',
    ],
    '997.28',
  ],
  [
    'the same under its former name',
    { 'aws_elasticsearch_domain.x': { cluster_config: [{ instance_type: 'r5.large.elasticsearch' }] } },
    {},
    ['data node r5.large.search: 730 hour x 0.186 = 135.78'],
    '135.78',
  ],
  [
    'Kafka: 3 brokers of 1,000 GB',
    {
      'aws_msk_cluster.x': {
        number_of_broker_nodes: 3,
        broker_node_group_info: [{ instance_type: 'kafka.m7g.large', storage_info: [{ ebs_storage_info: [{ volume_size: 1000 }] }] }],
      },
    },
    {},
    ['broker kafka.m7g.large: 2190 hour x 0.204 = 446.76', 'broker storage: 3000 GB-month x 0.1 = 300.00'],
    '746.76',
  ],
  [
    'Kafka without brokers: 10 partitions x 730 x 0.0015',
    { 'aws_msk_serverless_cluster.x': {} },
    { partitions: 10, storageGb: 20, ingestGb: 30, outGb: 40 },
    [
      'cluster: 730 hour x 0.75 = 547.50',
      'data in: 30 GB x 0.1 = 3.00',
      'data out: 40 GB x 0.05 = 2.00',
      'partitions: 7300 hour x 0.0015 = 10.95',
      'storage: 20 GB-month x 0.1 = 2.00',
    ],
    '565.45',
  ],
  [
    'two shards',
    { 'aws_kinesis_stream.x': { shard_count: 2 } },
    { messagesMillion: 100 },
    ['records of 25 KB: 100 million-units x 0.014 = 1.40', 'shards: 1460 hour x 0.015 = 21.90'],
    '23.30',
  ],
  [
    'a stream on demand',
    { 'aws_kinesis_stream.x': { stream_mode_details: [{ stream_mode: 'ON_DEMAND' }] } },
    { ingestGb: 100, outGb: 200 },
    ['data in: 100 GB x 0.08 = 8.00', 'data out: 200 GB x 0.04 = 8.00', 'stream on demand: 730 hour x 0.04 = 29.20'],
    '45.20',
  ],
  [
    'a delivery stream',
    { 'aws_kinesis_firehose_delivery_stream.x': {} },
    { ingestGb: 1000 },
    ['data in: 1000 GB x 0.029 = 29.00'],
    '29.00',
  ],
  [
    'Fargate on Arm: 2 to 4 tasks of half a vCPU and 1 GB, 3 wanted',
    {
      'aws_ecs_cluster.c': {},
      'aws_ecs_task_definition.x': { cpu: '512', memory: '1024', runtime_platform: [{ cpu_architecture: 'ARM64' }] },
      'aws_ecs_service.x': { launch_type: 'FARGATE', desired_count: 3, task_definition: '${aws_ecs_task_definition.x.arn}' },
      'aws_appautoscaling_target.x': { resource_id: 'service/c/${aws_ecs_service.x.name}', min_capacity: 2, max_capacity: 4 },
    },
    {},
    ['memory of tasks: 2190 GB-hour x 0.00356 = 7.80', 'vCPU of tasks: 1095 vCPU-hour x 0.03238 = 35.46'],
    '43.26',
  ],
  [
    'Fargate at a fixed number of tasks',
    {
      'aws_ecs_task_definition.x': { cpu: '1024', memory: '2048' },
      'aws_ecs_service.x': { launch_type: 'FARGATE', desired_count: 2, task_definition: '${aws_ecs_task_definition.x.arn}' },
    },
    {},
    ['memory of tasks: 2920 GB-hour x 0.004445 = 12.98', 'vCPU of tasks: 1460 vCPU-hour x 0.04048 = 59.10'],
    '72.08',
  ],
  [
    'a function with 1,024 MB of disk: 10 M x 0.2 s x 0.125 GB, and x 0.5 GB of disk',
    { 'aws_lambda_function.x': { ephemeral_storage: [{ size: 1024 }] } },
    { lambdaRequestsMillion: 10, lambdaMs: 200 },
    [
      'duration of functions, first 6,000,000,000 GB-second: 250000 GB-second x 0.0000166667 = 4.17',
      'ephemeral storage: 1000000 GB-second x 0.0000000309 = 0.03',
      'requests: 10 million-requests x 0.2 = 2.00',
    ],
    '6.20',
  ],
  [
    'a REST API: 333 x 3.50 + 67 x 2.80',
    { 'aws_api_gateway_rest_api.x': {} },
    { apiRequestsMillion: 400 },
    [
      'calls of REST APIs, first 333 million-requests: 333 million-requests x 3.5 = 1165.50',
      'calls of REST APIs, over 333 million-requests: 67 million-requests x 2.8 = 187.60',
    ],
    '1353.10',
  ],
  [
    'the cache of a stage',
    { 'aws_api_gateway_stage.x': { cache_cluster_enabled: true, cache_cluster_size: '0.5' } },
    {},
    ['cache of 0.5 GB: 730 hour x 0.02 = 14.60'],
    '14.60',
  ],
  [
    'a WebSocket API',
    { 'aws_apigatewayv2_api.x': { protocol_type: 'WEBSOCKET' } },
    { messagesMillion: 10, connectionMinutesMillion: 20 },
    ['messages: 10 million-requests x 1 = 10.00', 'minutes of connections: 20 million-minutes x 0.25 = 5.00'],
    '15.00',
  ],
  [
    'an endpoint in two zones',
    { 'aws_vpc_endpoint.x': { vpc_endpoint_type: 'Interface', subnet_ids: ['a', 'b'] } },
    { privateLinkGb: 100 },
    ['data through the endpoint: 100 GB x 0.01 = 1.00', 'interface endpoint, one in each zone: 1460 hour x 0.01 = 14.60'],
    '15.60',
  ],
  [
    'an attachment to a transit gateway',
    { 'aws_ec2_transit_gateway.g': {}, 'aws_ec2_transit_gateway_vpc_attachment.x': {} },
    { transitGb: 100 },
    ['attachment: 730 hour x 0.05 = 36.50', 'data through the gateway: 100 GB x 0.02 = 2.00'],
    '38.50',
  ],
  [
    'peering of transit gateways',
    { 'aws_ec2_transit_gateway_peering_attachment.x': {} },
    {},
    ['peering attachment: 730 hour x 0.05 = 36.50'],
    '36.50',
  ],
  [
    'a VPN through a transit gateway',
    { 'aws_vpn_connection.x': { transit_gateway_id: 'tgw-1' } },
    {},
    ['VPN connection: 730 hour x 0.05 = 36.50', 'transit gateway attachment: 730 hour x 0.05 = 36.50'],
    '73.00',
  ],
  [
    'a VPN for people',
    { 'aws_ec2_client_vpn_endpoint.x': {}, 'aws_ec2_client_vpn_network_association.x': {} },
    { connectionHours: 200 },
    ['hours of connections: 200 hour x 0.05 = 10.00', 'client VPN association: 730 hour x 0.1 = 73.00'],
    '83.00',
  ],
  [
    'a network firewall in two zones',
    { 'aws_networkfirewall_firewall.x': { subnet_mapping: [{ subnet_id: 'a' }, { subnet_id: 'b' }] } },
    { privateLinkGb: 100 },
    ['data inspected: 100 GB x 0.065 = 6.50', 'firewall endpoint: 1460 hour x 0.395 = 576.70'],
    '583.20',
  ],
  [
    'an accelerator',
    { 'aws_globalaccelerator_accelerator.x': {} },
    { acceleratedGb: 100 },
    [
      'accelerator: 730 hour x 0.025 = 18.25',
      'premium on traffic, at the rate within and between North America and Europe: 100 GB x 0.015 = 1.50',
    ],
    '19.75',
  ],
  ['a port', { 'aws_dx_connection.x': { bandwidth: '1Gbps' } }, {}, ['port of 1 Gbps: 730 hour x 0.3 = 219.00'], '219.00'],
  [
    '30 zones: 25 x 0.50 + 5 x 0.10',
    { 'aws_route53_zone.x': { count: 30, name: 'a' } },
    {},
    ['hosted zones, first 25: 25 month x 0.5 = 12.50', 'hosted zones, over 25: 5 month x 0.1 = 0.50'],
    '13.00',
  ],
  [
    'a check of an HTTPS page for a text, every 10 seconds: 0.75 + 3 x 2',
    { 'aws_route53_health_check.x': { type: 'HTTPS_STR_MATCH', request_interval: 10 } },
    {},
    ['health check: 1 month x 0.75 = 0.75', 'optional features of the health check: 3 month x 2 = 6.00'],
    '6.75',
  ],
  ['a check of other checks', { 'aws_route53_health_check.x': { type: 'CALCULATED' } }, {}, ['health check: 1 month x 0.5 = 0.50'], '0.50'],
  [
    'resolver addresses',
    { 'aws_route53_resolver_endpoint.x': { ip_address: [{ subnet_id: 'a' }, { subnet_id: 'b' }] } },
    {},
    ['resolver address: 1460 hour x 0.125 = 182.50'],
    '182.50',
  ],
  [
    'a distribution with its own addresses and an origin shield',
    {
      'aws_cloudfront_distribution.x': {
        origin: [{ domain_name: 'example.com', origin_shield: [{ enabled: true }] }],
        viewer_certificate: [{ ssl_support_method: 'vip' }],
      },
    },
    { cdnRequestsMillion: 1, cdnOriginGb: 10, cdnInvalidationPaths: 100, cdnJapanGb: 10 },
    [
      'HTTPS requests, at the rate of North America: 100 10k-requests x 0.01 = 1.00',
      'certificate with its own addresses: 1 month x 600 = 600.00',
      'invalidated paths: 100 path x 0.005 = 0.50',
      'requests to the origin shield: 100 10k-requests x 0.0075 = 0.75',
      'traffic to Japan, first 10,240 GB: 10 GB x 0.114 = 1.14',
      'traffic to origins: 10 GB x 0.02 = 0.20',
    ],
    '603.59',
  ],
  [
    'a store of the edge',
    { 'aws_cloudfront_key_value_store.x': {} },
    { readUnitsMillion: 10 },
    ['reads: 10 million-requests x 0.03 = 0.30'],
    '0.30',
  ],
  [
    'a firewall with bot control',
    {
      'aws_wafv2_web_acl.x': {
        rule: [
          {
            name: 'bots',
            statement: [{ managed_rule_group_statement: [{ name: 'AWSManagedRulesBotControlRuleSet', vendor_name: 'AWS' }] }],
          },
        ],
      },
      'aws_wafv2_rule_group.x': { rule: [{ name: 'a' }, { name: 'b' }] },
    },
    { requestsMillion: 10 },
    [
      'rules: 2 month x 1 = 2.00',
      'bot control: 1 month x 10 = 10.00',
      'requests: 10 million-requests x 0.6 = 6.00',
      'requests to bot control: 10 million-requests x 1 = 10.00',
      'rules: 1 month x 1 = 1.00',
      'web firewall: 1 month x 5 = 5.00',
    ],
    '34.00',
  ],
  [
    'a key',
    { 'aws_kms_key.x': { enable_key_rotation: true }, 'aws_kms_replica_key.x': {} },
    { kmsRequestsMillion: 1 },
    [
      'calls: 100 10k-requests x 0.03 = 3.00',
      'key: 1 month x 1 = 1.00',
      'rotated versions of the key: 0 month x 1 = 0.00',
      'key: 1 month x 1 = 1.00',
    ],
    '5.00',
  ],
  [
    'a secret in two regions',
    { 'aws_secretsmanager_secret.x': { replica: [{ region: 'eu-west-1' }] } },
    { secretCallsMillion: 1 },
    ['calls: 100 10k-requests x 0.05 = 5.00', 'secret: 2 month x 0.4 = 0.80'],
    '5.80',
  ],
  ['an advanced parameter', { 'aws_ssm_parameter.x': { tier: 'Advanced' } }, {}, ['advanced parameter: 1 month x 0.05 = 0.05'], '0.05'],
  [
    'a certificate authority',
    { 'aws_acmpca_certificate_authority.x': {} },
    {},
    ['private certificate authority: 1 month x 400 = 400.00'],
    '400.00',
  ],
  ['Shield Advanced', { 'aws_shield_subscription.x': {} }, {}, ['Shield Advanced: 1 month x 3000 = 3000.00'], '3000.00'],
  [
    'a watch over logs: 500 GB x 1.00 + 100 x 0.50',
    { 'aws_guardduty_detector.x': { enable: true } },
    { eventsMillion: 2, logsGb: 600 },
    [
      'flow and DNS logs, first 500 GB: 500 GB x 1 = 500.00',
      'flow and DNS logs, over 500 GB: 100 GB x 0.5 = 50.00',
      'management events: 2 million-events x 4 = 8.00',
    ],
    '558.00',
  ],
  [
    'an alarm over three metrics',
    {
      'aws_cloudwatch_metric_alarm.x': {
        metric_query: [
          { id: 'a', metric: [{ period: 60 }] },
          { id: 'b', metric: [{ period: 60 }] },
          { id: 'c', metric: [{ period: 60 }] },
          { id: 'e', expression: 'a+b+c' },
        ],
      },
    },
    {},
    ['alarm: 3 month x 0.1 = 0.30'],
    '0.30',
  ],
  [
    'a dashboard and a metric filter',
    { 'aws_cloudwatch_dashboard.x': {}, 'aws_cloudwatch_log_metric_filter.x': {} },
    {},
    ['dashboard: 1 month x 3 = 3.00', 'custom metric: 1 month x 0.3 = 0.30'],
    '3.30',
  ],
  [
    'logs that are seldom read',
    { 'aws_cloudwatch_log_group.x': { log_group_class: 'INFREQUENT_ACCESS' } },
    { logsGb: 100, logSearchGb: 1000 },
    ['logs searched: 1000 GB x 0.005 = 5.00', 'logs written: 100 GB x 0.25 = 25.00'],
    '30.00',
  ],
  [
    'a canary every five minutes: 8,760 x 0.0012',
    { 'aws_synthetics_canary.x': { schedule: [{ expression: 'rate(5 minutes)' }] } },
    {},
    ['runs: 8760 run x 0.0012 = 10.51'],
    '10.51',
  ],
  [
    'Prometheus: 1,000 M samples',
    { 'aws_prometheus_workspace.x': {}, 'aws_prometheus_scraper.x': {} },
    { samplesMillion: 1000, storageGb: 10, queriedSamplesMillion: 10000 },
    [
      'collector: 730 hour x 0.04 = 29.20',
      'samples, first 200 10M-samples: 100 10M-samples x 0.9 = 90.00',
      'samples queried: 10 billion-samples x 0.1 = 1.00',
      'storage: 10 GB-month x 0.03 = 0.30',
    ],
    '120.50',
  ],
  ['Grafana for three editors', { 'aws_grafana_workspace.x': {} }, { users: 3 }, ['editors: 3 month x 9 = 27.00'], '27.00'],
  [
    'a trail with events of data',
    { 'aws_cloudtrail.x': { event_selector: [{ data_resource: [{ type: 'AWS::S3::Object', values: [] }] }] } },
    { eventsMillion: 10 },
    ['data events: 100 100k-events x 0.1 = 10.00'],
    '10.00',
  ],
  ['a rule of Config', { 'aws_config_config_rule.x': {} }, { evaluations: 1000 }, ['evaluations: 1000 evaluation x 0.001 = 1.00'], '1.00'],
  [
    'a FIFO queue and topic',
    { 'aws_sqs_queue.x': { fifo_queue: true }, 'aws_sns_topic.x': { fifo_topic: true } },
    { messagesMillion: 20, ingestGb: 10 },
    ['payload: 10 GB x 0.017 = 0.17', 'requests: 10 million-requests x 0.3 = 3.00', 'requests: 10 million-requests x 0.5 = 5.00'],
    '8.17',
  ],
  [
    'deliveries to web addresses',
    { 'aws_sns_topic_subscription.x': { protocol: 'https' } },
    { notificationsMillion: 1 },
    ['deliveries by https: 10 100k-notifications x 0.06 = 0.60'],
    '0.60',
  ],
  [
    'an archive of events',
    { 'aws_cloudwatch_event_archive.x': {} },
    { ingestGb: 10, archiveGb: 20 },
    ['archive: 20 GB-month x 0.023 = 0.46', 'archived events: 10 GB x 0.1 = 1.00'],
    '1.46',
  ],
  ['a reader of events', { 'aws_schemas_discoverer.x': {} }, { eventsMillion: 5 }, ['events: 5 million-events x 0.1 = 0.50'], '0.50'],
  ['a workflow', { 'aws_sfn_state_machine.x': {} }, { stepsMillion: 1 }, ['steps: 1000 1k-transitions x 0.025 = 25.00'], '25.00'],
  [
    'mails',
    { 'aws_ses_domain_identity.x': {}, 'aws_sesv2_email_identity.x': {} },
    { emailsThousand: 100 },
    ['mails: 50 1k-emails x 0.1 = 5.00', 'mails: 50 1k-emails x 0.1 = 5.00'],
    '10.00',
  ],
  [
    'a file system in all zones, and one in a zone',
    { 'aws_efs_file_system.x': {}, 'aws_efs_file_system.y': { availability_zone_name: 'us-east-1a' } },
    { storageGb: 100, infrequentGb: 50 },
    [
      'storage: 50 GB-month x 0.3 = 15.00',
      'storage, infrequent access: 25 GB-month x 0.016 = 0.40',
      'storage: 50 GB-month x 0.16 = 8.00',
      'storage, infrequent access: 25 GB-month x 0.016 = 0.40',
    ],
    '23.80',
  ],
  [
    'a vault',
    { 'aws_backup_vault.x': {} },
    { snapshotGb: 100, backupGb: 50, fileBackupGb: 10 },
    [
      'backups of file systems: 10 GB-month x 0.05 = 0.50',
      'snapshots of databases: 50 GB-month x 0.095 = 4.75',
      'snapshots of volumes: 100 GB-month x 0.05 = 5.00',
    ],
    '10.25',
  ],
  [
    'images',
    { 'aws_ecr_repository.x': {}, 'aws_ecrpublic_repository.x': {} },
    { registryGb: 100 },
    ['images: 50 GB-month x 0.1 = 5.00', 'images: 50 GB-month x 0.1 = 5.00'],
    '10.00',
  ],
  [
    'snapshots',
    { 'aws_ebs_snapshot.x': {}, 'aws_ebs_snapshot_copy.x': {}, 'aws_ami_from_instance.x': {}, 'aws_ebs_fast_snapshot_restore.x': {} },
    { snapshotGb: 300 },
    [
      'snapshots of the image: 100 GB-month x 0.05 = 5.00',
      'fast restore: 730 DSU-hour x 0.75 = 547.50',
      'snapshot: 100 GB-month x 0.05 = 5.00',
      'snapshot: 100 GB-month x 0.05 = 5.00',
    ],
    '562.50',
  ],
  [
    'builds',
    { 'aws_codebuild_project.x': { environment: [{ compute_type: 'BUILD_GENERAL1_SMALL' }] } },
    { buildMinutes: 1000 },
    ['build minutes: 1000 minute x 0.005 = 5.00'],
    '5.00',
  ],
  [
    '12,000 people, with those who are free',
    { 'aws_cognito_user_pool.x': {} },
    { users: 12000 },
    ['active users: 12000 MAU-month x 0.015 = 180.00'],
    '180.00',
  ],
];

describe('what each AWS type costs', () => {
  test.each(cases)('%s', (_, resources, usage, expected, total) => {
    const answer = bill(resources, { total: given(usage) });
    expect(lines(answer)).toEqual(expected);
    expect(answer.monthly.toFixed(2)).toBe(total);
    expect(gaps(answer)).toEqual([]);
  });

  /** Priced in the invoices beside this file, or in the cases above. */
  test('leaves no type out that is priced', () => {
    const elsewhere = [
      'aws_s3_bucket',
      'aws_nat_gateway',
      'aws_eks_cluster',
      'aws_eks_node_group',
      'aws_eks_fargate_profile',
      'aws_db_proxy',
      'aws_cloudfront_function',
      'aws_cloudwatch_event_bus',
      'aws_lambda_provisioned_concurrency_config',
      'aws_alb',
      'aws_kms_external_key',
      'aws_kms_replica_external_key',
    ];
    const used = new Set([
      ...elsewhere,
      ...cases.flatMap(([, resources]) => Object.keys(resources).map((address) => address.split('.')[0])),
    ]);
    expect(awsMappings.filter((mapping) => mapping.always === undefined && !used.has(mapping.type)).map((mapping) => mapping.type)).toEqual(
      [],
    );
  });
});

describe('every type that has a mapping', () => {
  test('has one', () => {
    const types = awsMappings.map((mapping) => mapping.type);
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
  });

  test.each(awsMappings.map((mapping) => mapping.type))(
    '%s is priced, free or unpriced with a reason, even without any argument',
    (type) => {
      const answer = bill({ [`${type}.x`]: {} });
      const answers = [
        ...answer.lines.map((line) => line.name),
        ...answer.free.map((one) => one.reason),
        ...answer.unpriced.map((one) => one.reason),
      ];
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.every((text) => text.length > 2)).toBe(true);
    },
  );
});

describe('variants that cost something else', () => {
  const amounts = (resources: Resources, usage: Readonly<Partial<Record<UsageKey, number>>> = {}): readonly string[] =>
    lines(bill(resources, { total: given(usage) }));

  test.each([
    ['RSA_2048', '0.03 = 3.00'],
    ['RSA_4096', '0.15 = 15.00'],
    ['HMAC_256', '0.03 = 3.00'],
    ['ECC_NIST_P256', '0.15 = 15.00'],
  ])('calls that use a key of %s', (spec, amount) => {
    expect(amounts({ 'aws_kms_key.x': { customer_master_key_spec: spec } }, { kmsRequestsMillion: 1 })[0]).toBe(
      `calls: 100 10k-requests x ${amount}`,
    );
  });

  test('an alarm on an anomaly is three', () => {
    expect(
      amounts({
        'aws_cloudwatch_metric_alarm.x': {
          threshold_metric_id: 'band',
          metric_query: [
            { id: 'm', metric: [{ period: 60 }] },
            { id: 'band', expression: 'ANOMALY_DETECTION_BAND(m)' },
          ],
        },
      }),
    ).toEqual(['alarm: 3 month x 0.1 = 0.30']);
  });

  test('a snapshot retention of one day is part of the cache, which has a commitment: 730 x 0.1192 in place of 730 x 0.1752', () => {
    const answer = bill({
      'aws_elasticache_replication_group.x': { node_type: 'cache.r7g.large', engine: 'valkey', snapshot_retention_limit: 1 },
    });
    expect([answer.monthly, answer.committed.typical].map((one) => one.toFixed(2))).toEqual(['127.90', '87.02']);
  });

  test('storage that may grow: 100 GB now, 1,000 at most', () => {
    const answer = bill({
      'aws_db_instance.x': {
        engine: 'postgres',
        instance_class: 'db.t4g.small',
        allocated_storage: 100,
        max_allocated_storage: 1000,
        storage_type: 'gp3',
      },
    });
    const storage = answer.lines.find((line) => line.name.startsWith('storage'));
    expect([storage?.low, storage?.monthly, storage?.high].map((one) => one?.toFixed(2))).toEqual(['11.50', '11.50', '115.00']);
    expect(storage?.assumption).toBe('100 GB now; it may grow to 1000 GB by itself');
  });

  test('a group says which count it assumes', () => {
    const answer = bill({
      'aws_launch_template.t': { instance_type: 'm7g.large' },
      'aws_autoscaling_group.x': { min_size: 2, max_size: 7, launch_template: [{ id: '${aws_launch_template.t.id}' }] },
    });
    expect(answer.lines[0]?.assumption).toBe('2 to 7 servers; 5, the middle, is taken as typical');
  });
});

describe('unpriced, never zero', () => {
  test.each<readonly [string, Resources, readonly string[]]>([
    [
      'an unknown size',
      { 'aws_instance.a': { instance_type: 'm7g.huge', root_block_device: [{ volume_size: 8 }] } },
      ['instance m7g.huge: the price book has no price for aws/ec2/m7g.huge@us-east-1'],
    ],
    [
      'a size that only the apply tells',
      { 'aws_instance.a': { instance_type: '${var.size}' } },
      ['its instance_type is not known before the apply'],
    ],
    [
      'dedicated hardware',
      { 'aws_instance.a': { instance_type: 'm7g.large', tenancy: 'dedicated' } },
      ['its tenancy is "dedicated", for which the price book has no prices'],
    ],
    [
      'a group without a template',
      { 'aws_autoscaling_group.a': { min_size: 1, max_size: 2, launch_template: [{ id: 'lt-1' }] } },
      ['the instance type of its launch template is not known: the template is not in this configuration, or states none'],
    ],
    [
      'a range the wrong way round',
      {
        'aws_launch_template.t': { instance_type: 'm7g.large' },
        'aws_autoscaling_group.a': { min_size: 3, max_size: 2, launch_template: [{ id: '${aws_launch_template.t.id}' }] },
      },
      ['its min_size, 3, is above its max_size, 2'],
    ],
    [
      'an engine with a licence',
      { 'aws_db_instance.a': { engine: 'sqlserver-se', instance_class: 'db.m5.large', allocated_storage: 20 } },
      ['the price book has no prices for the engine "sqlserver-se", whose licence is part of the price'],
    ],
    [
      'a replica of nothing that is here',
      { 'aws_db_instance.a': { instance_class: 'db.m5.large', replicate_source_db: 'arn:other' } },
      ['it states no engine; it restores or replicates a database that is not in this configuration'],
    ],
    [
      'a server without its cluster',
      { 'aws_rds_cluster_instance.a': { instance_class: 'db.r6g.large', cluster_identifier: 'x' } },
      ['its cluster is not in this configuration, so whether it is optimized for reads and writes is not known'],
    ],
    [
      'a cluster of three servers',
      { 'aws_rds_cluster.a': { engine: 'postgres' } },
      ['the price book has no prices for clusters of three RDS servers'],
    ],
    [
      'a gateway load balancer',
      { 'aws_lb.a': { load_balancer_type: 'gateway' } },
      ['the price book has no price for gateway load balancers'],
    ],
    [
      'copies of a table',
      { 'aws_dynamodb_table.a': { billing_mode: 'PAY_PER_REQUEST', replica: [{ region_name: 'eu-west-1' }] } },
      ['replicas in 1 more regions: they are billed for the writes and storage of their own region, which this resource does not state'],
    ],
    [
      'backups of a database without a price',
      {
        'aws_dsql_cluster.rows': {},
        'aws_backup_vault.a': {},
        'aws_backup_plan.a': { rule: [{ target_vault_name: '${aws_backup_vault.a.name}' }] },
        'aws_backup_selection.a': { plan_id: '${aws_backup_plan.a.id}', resources: ['${aws_dsql_cluster.rows.arn}'] },
      },
      ['it keeps backups of Aurora DSQL, for which the price book has no price', 'the price book has no price for it'],
    ],
    ['rules in a text', { 'aws_wafv2_web_acl.a': { rule_json: '[]' } }, ['rules: how many rules it has is not stated in blocks']],
    ['a type without a mapping', { 'aws_amplify_app.a': {} }, ['there is no mapping for aws_amplify_app yet']],
    [
      'a text message',
      { 'aws_sns_topic_subscription.a': { protocol: 'sms' } },
      ['text messages have a price for each country, which the price book does not have'],
    ],
  ])('%s', (_, resources, reasons) => expect(gaps(bill(resources))).toEqual(reasons));
});
