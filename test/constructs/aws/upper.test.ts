import '../../../stacks/quiet-tokens';
import { TerraformVariable, Testing } from 'cdktf';
import { runInNewContext } from 'node:vm';
import { GpuPool, type GpuPoolProps } from '../../../constructs/aws/gpu-pool';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { ServerRole } from '../../../constructs/aws/server-role';
import { ShardedPostgres } from '../../../constructs/aws/sharded-postgres';
import { shardNames, shardRanges } from '../../../components/shard-map';
import { Valkey, type ValkeyProps } from '../../../constructs/aws/valkey';
import { gpuTaint as clusterTaint } from '../../../constructs/aws/eks-nodes';
import { gpuTaint as tolerated } from '../../../constructs/kubernetes/flavour';
import { screenshotVariants } from '../../../stacks/platforms/aws/edge-code';
import { TierStack } from '../../../stacks/tier-stack';
import { scratch } from '../../support/scratch';

const places = ['a', 'b', 'c'].map((zone) => ({ subnetId: `subnet-${zone}`, zone: `us-east-1${zone}` }));
const network = { vpcId: 'vpc-1', cidr: '10.16.0.0/16', public: places, private: places, data: places, inner: [], ways: [] };
const site = { prefix: 'coach', region: 'us-east-1', network, global: undefined, disposable: false };

type Json = Record<string, Record<string, Record<string, unknown>>>;

/** What a stack with these parts becomes: type.name -> arguments. */
function built(fill: (stack: TierStack) => void): Record<string, Record<string, unknown>> {
  const app = Testing.app({ outdir: scratch() });
  const stack = new TierStack(app, 'tier5', { lock: undefined, recorded: { tier: 'tier5', disposable: false } });
  fill(stack);
  const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Json };
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) => Object.entries(named).map(([name, values]) => [`${type}.${name}`, values])),
  );
}

function shards(count: number, long = false): Record<string, Record<string, unknown>> {
  return built((stack) => {
    const built = new ShardedPostgres(stack, 'database_g1', {
      site,
      name: 'coach-database-g1',
      size: 'db.t4g.large',
      standby: true,
      version: { engineVersion: '17', family: 'postgres17' },
      backupDays: 14,
      password: new TerraformVariable(stack, 'database_password', { type: 'string', sensitive: true }).stringValue,
      trusted: { cluster: 'sg-1' },
      shards: shardNames(count),
    });
    built.publish({
      parameter: '/coach/shard-map',
      map: shardRanges({ shards: 4, buckets: 1024 }),
      replicas: new Map(shardNames(count).map((shard) => [shard, `${shard}.copy`])),
      long,
    });
  });
}

const four = 4;

describe('shards', () => {
  test('a fifth one touches none of the others, nor the map, until it holds buckets', () => {
    const before = shards(four);
    const after = shards(5);
    for (const [address, values] of Object.entries(before)) expect([address, after[address]]).toEqual([address, values]);
    const added = Object.keys(after).filter((address) => !(address in before));
    expect(added).toContain('aws_db_instance.database_g1_shard_5');
    expect(added.filter((address) => !address.includes('shard_5'))).toEqual([]);
  });

  test('each has a password of its own', () => {
    const passwords = Object.entries(shards(four))
      .filter(([address]) => address.startsWith('aws_db_instance.'))
      .map(([, { password }]) => password);
    expect(new Set(passwords).size).toBe(4);
    expect(passwords[0]).toBe('${sha256(join(" ", ["shard-1", var.database_password]))}');
  });

  test('the map says which shard holds which buckets', () => {
    const { value, tier } = shards(four)['aws_ssm_parameter.database_g1_map'] ?? {};
    expect(value).toContain('{"shard":"shard-2","from":256,"to":511,"host":"');
    expect(value).toContain('"replica":"shard-2.copy"}');
    // A standard one holds 4 KB, and costs nothing.
    expect([tier, shards(four, true)['aws_ssm_parameter.database_g1_map']?.['tier']]).toEqual([undefined, 'Advanced']);
  });
});

describe('a pool of GPU servers', () => {
  function pool(own: Partial<GpuPoolProps>): Record<string, Record<string, unknown>> {
    return built((stack) => {
      const firewall = new SecurityGroup(stack, 'inference_firewall', {
        site,
        name: 'coach-inference',
        description: 'Servers.',
        reachesOut: true,
      });
      const role = new ServerRole(stack, 'inference_role', { name: 'coach-inference' });
      new GpuPool(stack, 'inference_g1', {
        site,
        name: 'coach-inference-g1',
        types: ['g6.xlarge', 'g5.xlarge'],
        places,
        count: 3,
        spot: false,
        image: { name: '/aws/service/x', rootDevice: '/dev/xvda' },
        userData: '#!/bin/sh\necho "${HOME}"',
        firewall,
        role,
        diskGib: 120,
        targetGroupArn: 'arn:tg',
        tags: { a: 'b' },
        ...own,
      });
    });
  }

  test('takes its image by a parameter, in the launch template only', () => {
    const found = pool({});
    expect(found['aws_launch_template.inference_g1_template']).toMatchObject({
      image_id: 'resolve:ssm:/aws/service/x',
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: { volume_size: 120, encrypted: 'true' } }],
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
    });
    expect(Object.keys(found).filter((address) => address.startsWith('aws_instance.'))).toEqual([]);
  });

  test('several types over several zones, at the full price', () => {
    expect(pool({})['aws_autoscaling_group.inference_g1']).toMatchObject({
      min_size: 3,
      max_size: 3,
      vpc_zone_identifier: ['subnet-a', 'subnet-b', 'subnet-c'],
      mixed_instances_policy: {
        launch_template: { override: [{ instance_type: 'g6.xlarge' }, { instance_type: 'g5.xlarge' }] },
        instances_distribution: { on_demand_percentage_above_base_capacity: 100 },
      },
    });
  });

  test('spot servers that cannot be had are made up for, and the others go again', () => {
    const found = pool({ spot: true });
    expect(found['aws_autoscaling_group.inference_g1']).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: { on_demand_percentage_above_base_capacity: 0, spot_allocation_strategy: 'capacity-optimized-prioritized' },
      },
    });
    expect(found['aws_autoscaling_group.inference_g1_fallback']).toMatchObject({
      min_size: 0,
      max_size: 3,
      mixed_instances_policy: { instances_distribution: { on_demand_percentage_above_base_capacity: 100 } },
    });
    expect(found['aws_autoscaling_policy.inference_g1_fallback_missing']).toMatchObject({
      step_adjustment: [{ scaling_adjustment: 1, metric_interval_lower_bound: '0' }],
    });
    expect(found['aws_autoscaling_policy.inference_g1_fallback_enough']).toMatchObject({
      step_adjustment: [{ scaling_adjustment: -1, metric_interval_upper_bound: '0' }],
    });
    expect(found['aws_cloudwatch_metric_alarm.inference_g1_fallback_missing_alarm']).toMatchObject({
      metric_query: [{ expression: 'wanted - running' }, { id: 'wanted' }, { id: 'running' }],
    });
  });

  test('a warm pool and a reservation, where there is one type', () => {
    const found = pool({ types: ['g6.xlarge'], warm: 1, reservation: 'new' });
    const group = found['aws_autoscaling_group.inference_g1'];
    expect(group).toMatchObject({
      warm_pool: { min_size: 1, max_group_prepared_capacity: 4, pool_state: 'Stopped' },
      launch_template: { id: '${aws_launch_template.inference_g1_template.id}' },
      // Where the reservation is.
      vpc_zone_identifier: ['subnet-a'],
    });
    expect(group).not.toHaveProperty('mixed_instances_policy');
    expect(found['aws_launch_template.inference_g1_template']).toMatchObject({
      instance_type: 'g6.xlarge',
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: '${aws_ec2_capacity_reservation.inference_g1_reservation.id}' },
      },
    });
    expect(found['aws_ec2_capacity_reservation.inference_g1_reservation']).toMatchObject({
      instance_type: 'g6.xlarge',
      availability_zone: 'us-east-1a',
      instance_count: 3,
    });
    expect(pool({ warm: 1 })['aws_autoscaling_group.inference_g1']).not.toHaveProperty('warm_pool');
  });

  test('a reservation that the account has is taken from, and none is made', () => {
    const found = pool({ types: ['g6.xlarge'], reservation: { id: 'cr-0123456789abcdef0' } });
    expect(found['aws_launch_template.inference_g1_template']).toMatchObject({
      capacity_reservation_specification: { capacity_reservation_target: { capacity_reservation_id: 'cr-0123456789abcdef0' } },
    });
    expect(Object.keys(found).filter((address) => address.startsWith('aws_ec2_capacity_reservation.'))).toEqual([]);
    expect(found['aws_autoscaling_group.inference_g1']).toMatchObject({ vpc_zone_identifier: ['subnet-a', 'subnet-b', 'subnet-c'] });
  });
});

test('pods of the workloads tolerate the taint of GPU nodes', () => {
  expect(clusterTaint.key).toBe(tolerated.key);
  expect(clusterTaint.effect.replace('_', '')).toBe(tolerated.effect.toUpperCase());
});

describe('the function at the edge', () => {
  function asked(uri: string, width?: string, accept = '*/*'): string {
    const room = { result: '' };
    const event = {
      request: { uri, querystring: width === undefined ? {} : { width: { value: width } }, headers: { accept: { value: accept } } },
    };
    runInNewContext(`${screenshotVariants}\nresult = handler(${JSON.stringify(event)}).uri;`, room);
    return room.result;
  }

  test.each([
    ['/screenshots/7.png', '300', 'image/avif,image/webp,*/*', '/screenshots/7@320.webp'],
    ['/screenshots/7.png', '641', 'image/webp,*/*', '/screenshots/7@1280.webp'],
    ['/screenshots/7.png', '99999', 'image/webp', '/screenshots/7@1920.webp'],
    // The file that was named: nobody has promised a variant.
    ['/screenshots/7.png', undefined, 'image/webp', '/screenshots/7.png'],
    ['/screenshots/7.png', 'wide', 'image/webp', '/screenshots/7.png'],
    ['/screenshots/7.png', '-1', 'image/webp', '/screenshots/7.png'],
    ['/screenshots/7.png', '300', '*/*', '/screenshots/7.png'],
    ['/screenshots/7@320.webp', '300', 'image/webp', '/screenshots/7@320.webp'],
  ])('%s at width %s for %s is %s', (uri, width, accept, wanted) => {
    expect(asked(uri, width, accept)).toBe(wanted);
  });

  test('is as small as CloudFront wants it', () => {
    expect(Buffer.byteLength(screenshotVariants)).toBeLessThan(10 * 1024);
  });
});

describe('a cache', () => {
  const cache = (own: Partial<ValkeyProps>): { readonly group: Record<string, unknown>; readonly nodes: readonly string[] } => {
    let nodes: readonly string[] = [];
    const all = built((stack) => {
      const password = new TerraformVariable(stack, 'cache_password', { type: 'string', sensitive: true }).stringValue;
      const common = { site, name: 'coach-cache-g1', size: 'cache.r7g.xlarge', engineVersion: '8.0', family: 'valkey8', password };
      nodes = new Valkey(stack, 'cache_g1', { ...common, nodes: 2, trusted: { cluster: 'sg-1' }, ...own }).nodeIds;
    });
    return { group: all['aws_elasticache_replication_group.cache_g1'] ?? {}, nodes };
  };

  test('in shards is in cluster mode, and its nodes are named as AWS names them', () => {
    const { group, nodes } = cache({ shards: 3 });
    expect(group).toMatchObject({
      cluster_mode: 'enabled',
      parameter_group_name: 'default.valkey8.cluster.on',
      num_node_groups: 3,
      replicas_per_node_group: 1,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
    });
    expect(group).not.toHaveProperty('num_cache_clusters');
    expect(nodes).toEqual(['0001', '0002', '0003'].flatMap((shard) => ['001', '002'].map((node) => `coach-cache-g1-${shard}-${node}`)));
  });

  test('of shards without standbys fails over all the same: AWS has no cluster mode without it', () => {
    expect(cache({ shards: 2, nodes: 1 }).group).toMatchObject({
      replicas_per_node_group: 0,
      automatic_failover_enabled: true,
      multi_az_enabled: false,
    });
  });

  test('in one shard is what it was', () => {
    const { group, nodes } = cache({});
    expect(group).toMatchObject({ num_cache_clusters: 2, automatic_failover_enabled: true });
    for (const argument of ['cluster_mode', 'num_node_groups', 'parameter_group_name']) expect(group).not.toHaveProperty(argument);
    expect(nodes).toEqual(['coach-cache-g1-001', 'coach-cache-g1-002']);
  });
});
