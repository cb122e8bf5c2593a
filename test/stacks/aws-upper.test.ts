import { graphFromSynthesis, type CdkTfJson } from '../../analysis/graph';
import { estimate, listBook } from '../../analysis/pricing';
import { tierProblems } from '../../stacks/problems';
import { dataPlaces, residencyProblems } from '../../stacks/residency';
import { synthesize } from '../../stacks/synthesize';
import { problems } from '../../stacks/platforms/aws/builds';
import { ranges } from '../../stacks/platforms/google/neighbours';
import type { Environment } from '../../environments/schema';
import { tier as tierNamed } from '../../tiers';
import { chosen } from '../../tiers/choices';
import type { Tier, TierId } from '../../tiers/tier';
import { sampleEnvironment } from '../support/environments';
import { expectGolden } from '../support/golden';
import { releaseOf, resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';
import { fifths, quarters } from '../support/shards';

const home: Partial<Environment> = {
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2'],
  alerts: { emails: ['ops@example.com'] },
};

function at(tier: TierId, own: Partial<Environment> = {}): ReturnType<typeof synthesized> {
  return synthesized({ ...home, tier, ...own });
}

function of(type: string, found: Record<string, Record<string, unknown>>): string[] {
  return Object.keys(found)
    .filter((address) => address.startsWith(`${type}.`))
    .map((address) => address.slice(type.length + 1));
}

/** A tier with some of its components changed. */
function changed(id: TierId, change: (component: Tier['components'][number]) => object): Tier {
  const own = tierNamed(id);
  return { ...own, components: own.components.map((each) => ({ ...each, ...change(each) }) as typeof each) };
}

const codes = (environment: Partial<Environment>, tier: Tier): string[] =>
  problems(sampleEnvironment({ ...home, ...environment }), tier).map(({ code }) => code);

describe('tier 4', () => {
  const synthesis = at('tier4', { regions: undefined } as Partial<Environment>);
  const found = resources(synthesis);

  test('three to six app servers that keep to their load', () => {
    expect(found['aws_autoscaling_group.app_g1']).toMatchObject({ min_size: 3, max_size: 6, health_check_type: 'ELB' });
    expect(found['aws_autoscaling_policy.app_g1_load']).toMatchObject({ target_tracking_configuration: { target_value: 60 } });
    expect(of('aws_instance', found)).toEqual([]);
  });

  test("servers with cards start from Amazon Linux, are set up for it, and take Compose from Docker's image; app servers are Ubuntu", () => {
    const texts = (synthesis.recorded.json as CdkTfJson).locals as Record<string, string>;
    const said = (group: string): unknown => {
      const { image_id: image, block_device_mappings: disks } = found[`aws_launch_template.${group}_g1_template`] ?? {};
      const text = texts[`${group}_g1_template_text`] ?? '';
      const ssh = ['ssh.service', 'sshd.service'].filter((unit) => text.includes(`- ${unit}\n`));
      return {
        image,
        ssh,
        disk: (disks as { device_name: string }[])[0]?.device_name,
        compose: releaseOf(synthesis, group).includes('docker:29.7.2-cli'),
      };
    };
    expect(said('inference')).toEqual({
      image: 'resolve:ssm:/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
      ssh: ['sshd.service'],
      disk: '/dev/xvda',
      compose: true,
    });
    expect(said('app')).toEqual({
      image: 'resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
      ssh: ['ssh.service'],
      disk: '/dev/sda1',
      compose: false,
    });
  });

  test('two readers follow the writer, each in a zone of its own, with one name for both', () => {
    expect(of('aws_db_instance', found)).toEqual(['database_g1', 'replicas_g1_1', 'replicas_g1_2']);
    const zones = [1, 2].map((index) => found[`aws_db_instance.replicas_g1_${index}`]?.['availability_zone']);
    expect(new Set(zones).size).toBe(2);
    expect([1, 2].map((index) => found[`aws_route53_record.replicas_g1_name_${index}`])).toMatchObject([
      { name: 'all.readers.app.coach.example' },
      { name: 'all.readers.app.coach.example' },
    ]);
  });

  test('another app image changes the release and nothing that holds anything', () => {
    const sample = sampleEnvironment().app;
    const other = resources(
      at('tier4', { regions: undefined, app: { ...sample, image: 'ghcr.io/example/deadlock-coach:2.0.0' } } as Partial<Environment>),
    );
    const different = Object.keys(found).filter((address) => JSON.stringify(found[address]) !== JSON.stringify(other[address]));
    expect(different).toEqual(['aws_s3_object.configuration_app']);
  });
});

describe('tier 5', () => {
  const synthesis = at('tier5');
  const found = resources(synthesis);
  const json = synthesis.recorded.json as {
    output: Record<string, { value: Record<string, unknown> }>;
    provider: { aws: { region: string; alias?: string }[] };
  };

  test('a cluster in each region, and a provider for each', () => {
    expect(of('aws_eks_cluster', found)).toEqual(['cluster_g1', 'cluster_g1_us_west_2']);
    expect(json.provider.aws.map(({ region, alias }) => [region, alias])).toEqual([
      ['us-east-1', undefined],
      ['us-west-2', 'us_west_2'],
    ]);
    for (const [address, values] of Object.entries(found))
      if (/\.\w+_us_west_2/.test(address) && !/peering|route53|globalaccelerator|entrance_us|recorded/.test(address))
        expect([address, values['provider']]).toEqual([address, 'aws.us_west_2']);
  });

  test('the network add-on of each cluster enforces network policies, and no other add-on is told anything', () => {
    const told = of('aws_eks_addon', found).map((name) => [name, found[`aws_eks_addon.${name}`]?.['configuration_values']]);
    expect(told.filter(([, values]) => values !== undefined)).toEqual([
      ['cluster_g1_addon_vpc_cni', '{"enableNetworkPolicy":"true"}'],
      ['cluster_g1_us_west_2_addon_vpc_cni', '{"enableNetworkPolicy":"true"}'],
    ]);
  });

  test('nodes with cards carry a taint and the image with drivers; of three the first region has two', () => {
    expect(found['aws_eks_node_group.cluster_g1_nodes_gpu']).toMatchObject({
      ami_type: 'AL2023_x86_64_NVIDIA',
      taint: [{ key: 'nvidia.com/gpu', effect: 'NO_SCHEDULE' }],
      scaling_config: { min_size: 2, max_size: 3 },
    });
    expect(found['aws_eks_node_group.cluster_g1_us_west_2_nodes_gpu']).toMatchObject({ scaling_config: { min_size: 1, max_size: 3 } });
    expect(found['aws_eks_node_group.cluster_g1_nodes_app']).toMatchObject({
      ami_type: 'AL2023_x86_64_STANDARD',
      scaling_config: { min_size: 3, max_size: 10 },
    });
  });

  test('four shards, each with a standby and a replica in the other region', () => {
    const shards = [1, 2, 3, 4].map((index) => `database_g1_shard_${index}`);
    expect(of('aws_db_instance', found).sort()).toEqual(shards.flatMap((shard) => [shard, `${shard}_replica_us_west_2`]).sort());
    for (const shard of shards) {
      expect(found[`aws_db_instance.${shard}`]).toMatchObject({ multi_az: true });
      expect(found[`aws_db_instance.${shard}_replica_us_west_2`]).toMatchObject({
        provider: 'aws.us_west_2',
        replicate_source_db: `\${aws_db_instance.${shard}.arn}`,
      });
    }
  });

  test('clusters of both regions reach the copies of the shards, by their own group or through the peering', () => {
    const rules = Object.entries(found).filter(([address]) => /ingress_rule\.database_g1_shard_1_replica_us_west_2_firewall/.test(address));
    expect(rules.map(([, { cidr_ipv4: range, referenced_security_group_id: group, from_port: port }]) => [range ?? group, port])).toEqual([
      [expect.stringContaining('aws_eks_cluster.cluster_g1_us_west_2'), 5432],
      ['10.16.0.0/16', 5432],
    ]);
  });

  test('what the workloads layer reads', () => {
    expect(Object.keys(json.output)).toEqual(
      expect.arrayContaining(['clusters', 'shards', 'cache', 'object_storage', 'assets_url', 'credential_secrets']),
    );
    expect(Object.keys(json.output['clusters']?.value ?? {})).toEqual(['us-east-1', 'us-west-2']);
    expect(Object.keys(json.output['clusters']?.value['us-east-1'] as object)).toEqual(['ca_certificate', 'endpoint', 'id', 'name']);
    expect(Object.keys(json.output['shards']?.value ?? {})).toEqual(['shard-1', 'shard-2', 'shard-3', 'shard-4']);
    expect(Object.keys(json.output['shards']?.value['shard-1'] as object)).toEqual(['database', 'host', 'port', 'replica_host', 'user']);
    expect(Object.keys(json.output['cache']?.value ?? {})).toEqual(['host', 'port']);
    expect(Object.keys(json.output['credential_secrets']?.value ?? {})).toEqual([
      'cache',
      'shard-1',
      'shard-2',
      'shard-3',
      'shard-4',
      'storage',
    ]);
    expect(json.output['object_storage']?.value).toEqual({
      access_key_id: '${aws_iam_access_key.storage_app_key.id}',
      bucket: '${aws_s3_bucket.storage.id}',
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
    });
    // The other half of the key, under a name that the pod which fetches secrets may read.
    expect(found['aws_secretsmanager_secret.storage_secret']).toMatchObject({ name: 'coach-sample-storage' });
    expect(found['aws_secretsmanager_secret_version.storage_secret_value']).toMatchObject({
      secret_string: '${aws_iam_access_key.storage_app_key.secret}',
    });
    expect(at('tier4', { regions: undefined } as Partial<Environment>).recorded.json).not.toHaveProperty('output.object_storage');
  });

  test('the state remembers the regions: one that is taken out is refused', () => {
    expect(found['terraform_data.recorded_regions']).toMatchObject({ for_each: '${toset(["us-east-1","us-west-2"])}' });
    const kept = resources(at('tier5', { disposable: undefined } as Partial<Environment>))['terraform_data.recorded_regions'];
    expect(kept).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test('a region that is left keeps its provider and its place in the state, and nothing else', () => {
    const left = at('tier5', { regions: ['eu-central-1'], leavingRegions: ['us-west-2'] });
    const { aws } = (left.recorded.json as typeof json).provider;
    expect(aws.map(({ alias }) => alias)).toEqual([undefined, 'eu_central_1', 'us_west_2']);
    expect(Object.values(resources(left)).filter(({ provider }) => provider === 'aws.us_west_2')).toEqual([]);
    expect(resources(left)['terraform_data.recorded_regions']).toMatchObject({
      for_each: '${toset(["us-east-1","eu-central-1","us-west-2"])}',
    });
  });

  test('a region that is being emptied stays as it is, without protection and without requests', () => {
    const own = { disposable: undefined, alerts: { emails: [] } } as Partial<Environment>;
    const [before, after] = [resources(at('tier5', own)), resources(at('tier5', { ...own, leavingRegions: ['us-west-2'] }))];
    const unlike = Object.keys(before).filter((address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]));
    const replicas = [1, 2, 3, 4].map((shard) => `aws_db_instance.database_g1_shard_${shard}_replica_us_west_2`);
    expect(unlike.sort()).toEqual(
      [
        ...replicas,
        'aws_globalaccelerator_endpoint_group.load-balancer_accelerator_region_us_west_2',
        'aws_lb.load-balancer_us_west_2',
        'terraform_data.recorded_workloads_us_west_2',
      ].sort(),
    );
    expect(Object.keys(after).filter((address) => !(address in before))).toEqual([]);
    expect(after['aws_lb.load-balancer_us_west_2']).toMatchObject({ enable_deletion_protection: false });
    expect(after['aws_lb.load-balancer']).toMatchObject({ enable_deletion_protection: true });
    for (const shard of [1, 2, 3, 4]) {
      expect(after[`aws_db_instance.database_g1_shard_${shard}_replica_us_west_2`]).toMatchObject({ deletion_protection: false });
      expect(after[`aws_db_instance.database_g1_shard_${shard}`]).toMatchObject({ deletion_protection: true });
    }
  });

  test('no two networks share an address', () => {
    expect([found['aws_vpc.network'], found['aws_vpc.network_us_west_2']].map((vpc) => vpc?.['cidr_block'])).toEqual([
      '10.16.0.0/16',
      '10.17.0.0/16',
    ]);
  });
});

describe.each(['tier5', 'tier6'] as const)('%s, whose prices in a second region nobody has in full', (tier) => {
  const synthesis = at(tier, { regions: ['us-west-2', 'eu-west-1'], database: { engine: 'aurora-dsql' } });
  const found = resources(synthesis);
  const priced = estimate(graphFromSynthesis(synthesis.recorded.json as CdkTfJson), listBook());

  test('addresses, which are a contract', () => expectGolden(`aws-${tier}/addresses.txt`, Object.keys(found).sort().join('\n')));

  test('bill of materials', () => {
    const types = Object.keys(found).map((address) => address.split('.')[0] ?? '');
    const lines = [...new Set(types)].sort().map((type) => `${String(types.filter((each) => each === type).length).padStart(3)}  ${type}`);
    expectGolden(`aws-${tier}/bill-of-materials.txt`, lines.join('\n'));
  });

  const pipeline = 'aws_eks_node_group.ml_cluster_g1_nodes_batch';
  test('jobs have nodes of their own at home, which are taken back when they are over; what they make is kept', () => {
    if (tier !== 'tier6') return expect(found[pipeline]).toBeUndefined();
    expect(found[pipeline]).toMatchObject({
      capacity_type: 'SPOT',
      instance_types: ['g6.2xlarge', 'g5.2xlarge', 'g6.4xlarge', 'g5.4xlarge'],
      scaling_config: { min_size: 0, max_size: 2, desired_size: 0 },
      labels: { 'terrace.dev/pool': 'batch' },
      taint: [{ key: 'nvidia.com/gpu' }, { key: 'terrace.dev/pool', value: 'batch', effect: 'NO_SCHEDULE' }],
    });
    // Cards that answer people are on demand, and no job is let onto them.
    expect(found['aws_eks_node_group.cluster_g1_nodes_gpu']).toMatchObject({
      capacity_type: 'ON_DEMAND',
      taint: [{ key: 'nvidia.com/gpu' }],
    });
    expect(found['aws_s3_bucket_versioning.ml_registry_versioning']).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
    expect(found['aws_eks_pod_identity_association.ml_cluster_g1_pipeline_identity']).toMatchObject({
      namespace: 'ml-pipeline',
      service_account: 'ml-pipeline',
    });
    const inUse = resources(at(tier, { pipeline: { spot: false } }))[pipeline];
    expect(inUse).toMatchObject({ capacity_type: 'ON_DEMAND' });
  });

  test('estimate, and what has no price', () => {
    const lines = priced.lines.map((line) => `${line.monthly.toFixed(2).padStart(9)}  ${line.address}  ${line.name}`);
    const missing = priced.unpriced.map(({ address, reason }) => ` unpriced  ${address}  ${reason}`);
    expectGolden(`aws-${tier}/estimate.txt`, [...lines, ...missing, `${priced.monthly.toFixed(2).padStart(9)}  total`].join('\n'));
  });
});

describe('tier 6 with the shards of tier 5', () => {
  const own = { regions: ['us-west-2', 'eu-west-1'], disposable: undefined } as Partial<Environment>;
  const [five, six] = [resources(at('tier5', own)), resources(at('tier6', own))];
  const ofDatabase = (found: typeof five) =>
    Object.entries(found).flatMap(([address, { '//': _path, ...values }]) =>
      /\.(database_g1|recorded_database)/.test(address) ? [[address, values] as const] : [],
    );

  test('has every part of them as it was, to the letter', () => {
    expect(ofDatabase(six).filter(([address]) => address.startsWith('aws_db_instance.'))).toHaveLength(8);
    const beside = ofDatabase(six).filter(([, { cidr_ipv4: range }]) => range === ranges.pods);
    const kept = ofDatabase(six).filter((each) => !beside.some(([address]) => address === each[0]));
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(ofDatabase(five)));
    // What comes to them is one more who may connect: pods of the second cloud, by the VPN that joins it.
    expect(beside.map(([address]) => address)).toEqual(
      [1, 2, 3, 4].map((shard) => `aws_vpc_security_group_ingress_rule.database_g1_shard_${shard}_firewall_regions_172_24_0_0_14`),
    );
    for (const [, rule] of beside) expect(rule).toMatchObject({ ip_protocol: 'tcp', from_port: 5432, to_port: 5432 });
  });

  test('are reached from the second cloud through a gateway of the home network, by its range of pods alone', () => {
    const ways = Object.entries(six).filter(([, { gateway_id: gateway }]) => gateway === '${aws_vpn_gateway.network_vpn.id}');
    expect(ways.map(([, { destination_cidr_block: range, route_table_id: table }]) => [range, table])).toEqual(
      ['private_routes_1', 'private_routes_2', 'private_routes_3', 'data_routes'].map((table) => [
        ranges.pods,
        `\${aws_route_table.network_${table}.id}`,
      ]),
    );
    expect(six['aws_vpn_gateway.network_vpn']).toMatchObject({ vpc_id: '${aws_vpc.network.id}', amazon_side_asn: '64512' });
    const told = at('tier6', own).recorded.json['output'] as Readonly<Record<string, unknown>>;
    expect(told['vpn_gateway']).toMatchObject({ value: '${aws_vpn_gateway.network_vpn.id}' });
  });

  test('addresses, which are a contract', () => expectGolden('aws-tier6/addresses-with-shards.txt', Object.keys(six).sort().join('\n')));

  test('remembers them: a file that names an engine is refused by the state', () => {
    expect(six['terraform_data.recorded_database']).toEqual({
      '//': expect.anything() as unknown,
      lifecycle: { prevent_destroy: true },
      triggers_replace: 'shards',
    });
    expect(resources(at('tier6', { ...own, database: { engine: 'aurora-dsql' } }))['terraform_data.recorded_database']).toMatchObject({
      triggers_replace: 'aurora-dsql',
    });
  });

  test('over three regions of AWS, each reaches the copies in the second', () => {
    const three = resources(
      at('tier6', {
        ...own,
        regions: ['us-west-2', 'eu-west-1'],
        placements: { cluster: ['aws'] },
        gpu: { spot: false, otherwise: 'api' },
      }),
    );
    expect(of('aws_vpc_peering_connection', three)).toEqual([
      'network_peering_eu_west_1',
      'network_peering_us_west_2',
      'network_peering_us_west_2_eu_west_1',
    ]);
    expect(three['aws_vpc_peering_connection.network_peering_us_west_2_eu_west_1']).toMatchObject({
      provider: 'aws.us_west_2',
      vpc_id: '${aws_vpc.network_us_west_2.id}',
      peer_vpc_id: '${aws_vpc.network_eu_west_1.id}',
      peer_region: 'eu-west-1',
    });
    expect(three['aws_route.network_peering_us_west_2_eu_west_1_there_1']).toMatchObject({ provider: 'aws.us_west_2' });
    expect(three['aws_route.network_peering_us_west_2_eu_west_1_back_1']).toMatchObject({ provider: 'aws.eu_west_1' });
    const ranges = Object.keys(three).filter((address) => address.includes('shard_1_replica_us_west_2_firewall_regions'));
    expect(ranges.map((address) => three[address]?.['cidr_ipv4'])).toEqual(['10.16.0.0/16', '10.18.0.0/16']);
  });

  test('delivers screenshots from the folder of the app that is for everybody, by the function at the edge, and nothing else of its bucket', () => {
    const cdn = six['aws_cloudfront_distribution.frontend'];
    expect(cdn?.['origin']).toMatchObject([
      { domain_name: '${aws_s3_bucket.frontend_bucket.bucket_regional_domain_name}' },
      { domain_name: '${aws_s3_bucket.storage.bucket_regional_domain_name}', origin_path: '/public', origin_id: 'beside' },
    ]);
    expect(cdn?.['default_cache_behavior']).not.toHaveProperty('function_association');
    expect(cdn?.['ordered_cache_behavior']).toMatchObject([
      {
        path_pattern: '/screenshots/*',
        target_origin_id: 'beside',
        function_association: [{ event_type: 'viewer-request', function_arn: '${aws_cloudfront_function.edge.arn}' }],
      },
    ]);
    const policy = String(six['aws_s3_bucket_policy.storage_policy']?.['policy']);
    const bare = policy.replaceAll(/\$\{[^}]*jsonencode\(([\w.]+)\)[^}]*\}/g, '<$1>');
    expect(bare.split('"Effect":"Allow",').slice(1)).toEqual([
      '"Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"<aws_s3_bucket.storage.arn>/public/screenshots/*","Condition":{"StringEquals":{"AWS:SourceArn":"<aws_cloudfront_distribution.frontend.arn>"}}}]}',
    ]);
    // Below tier 6 nobody but the app reads its bucket.
    expect(String(five['aws_s3_bucket_policy.storage_policy']?.['policy'])).not.toContain('"Allow"');
    expect(five['aws_cloudfront_distribution.frontend']).not.toHaveProperty('ordered_cache_behavior');
  });

  test('tells the workloads layer of shards, not of an endpoint', () => {
    const { output } = at('tier6', own).recorded.json as { output: Record<string, unknown> };
    expect(Object.keys(output)).toContain('shards');
    expect(Object.keys(output)).not.toContain('distributed_sql');
  });
});

describe('the brokers of tier 6', () => {
  const own = { regions: ['us-west-2', 'eu-west-1'] };
  const [withShards, withDsql] = [
    resources(at('tier6', { ...own, database: { engine: 'shards' } })),
    resources(at('tier6', { ...own, database: { engine: 'aurora-dsql' } })),
  ];

  test('let in the nodes at home, and the network of the second region over the peering', () => {
    const rules = Object.entries(withDsql).filter(([address]) => address.startsWith('aws_vpc_security_group_ingress_rule.events_g1_'));
    expect(rules.map(([, { from_port: port, cidr_ipv4: cidr, referenced_security_group_id: group }]) => [port, cidr ?? group])).toEqual([
      [9098, '${aws_eks_cluster.cluster_g1.vpc_config[0].cluster_security_group_id}'],
      [9098, '10.17.0.0/16'],
    ]);
  });

  test('are read and written by the app, its topics made, and nothing else', () => {
    const policy = String(withShards['aws_iam_role_policy.events_g1_client_policy']?.['policy']).replaceAll(
      /\$\{trimsuffix\(trimprefix\(jsonencode\((.*?)\), "\\""\), "\\""\)\}/g,
      (_whole, reference: string) => reference.replaceAll('"', ''),
    );
    const { Statement } = JSON.parse(policy) as { Statement: readonly { Effect: string; Action: string[]; Resource: string[] }[] };
    const of = (kind: string): string => `replace(aws_msk_cluster.events_g1.arn, :cluster/, :${kind}/)/*`;
    expect(Statement.map(({ Effect, Action, Resource }) => [Effect, Action.join(' '), ...Resource])).toEqual([
      ['Allow', 'kafka-cluster:Connect kafka-cluster:DescribeCluster kafka-cluster:WriteDataIdempotently', 'aws_msk_cluster.events_g1.arn'],
      ['Allow', 'kafka-cluster:CreateTopic kafka-cluster:DescribeTopic kafka-cluster:WriteData kafka-cluster:ReadData', of('topic')],
      ['Allow', 'kafka-cluster:AlterGroup kafka-cluster:DescribeGroup', of('group')],
    ]);
  });

  test.each([
    ['shards', withShards, 'events_g1_client'],
    ['aurora-dsql', withDsql, 'database_g1_client'],
  ] as const)('with %s by the one role of its service account in each cluster, which has all that it may do', (_engine, found, role) => {
    const identities = Object.entries(found).filter(
      ([, { service_account: account, namespace }]) => account === 'app' && namespace === 'app',
    );
    expect(identities.map(([, { cluster_name: cluster, role_arn: arn, provider }]) => [cluster, arn, provider])).toEqual([
      ['${aws_eks_cluster.cluster_g1.name}', `\${aws_iam_role.${role}.arn}`, undefined],
      ['${aws_eks_cluster.cluster_g1_us_west_2.name}', `\${aws_iam_role.${role}.arn}`, 'aws.us_west_2'],
    ]);
    expect(found['aws_iam_role_policy.events_g1_client_policy']).toMatchObject({ role: `\${aws_iam_role.${role}.name}` });
    expect(String(found[`aws_iam_role.${role}`]?.['assume_role_policy'])).toContain('pods.eks.amazonaws.com');
  });
});

describe('tier 6 with Aurora DSQL', () => {
  const synthesis = at('tier6', { regions: ['us-west-2', 'eu-west-1'], database: { engine: 'aurora-dsql' } });
  const found = resources(synthesis);

  test('lets the app in both clusters sign in to this database, and do nothing else', () => {
    const policy = String(found['aws_iam_role_policy.database_g1_client_policy']?.['policy']);
    expect(policy.match(/"Action":\[[^\]]*\]/g)).toEqual(['"Action":["dsql:DbConnect"]']);
    expect(policy.match(/"Resource":\["[^a]*aws_[a-z_0-9.]*/g)?.map((each) => each.split('(').at(-1))).toEqual([
      'aws_dsql_cluster.database_g1.arn',
    ]);
    for (const suffix of ['', '_us_west_2'])
      expect(found[`aws_eks_pod_identity_association.database_g1_client_identity${suffix}`]).toMatchObject({
        cluster_name: `\${aws_eks_cluster.cluster_g1${suffix}.name}`,
        namespace: 'app',
        service_account: 'app',
        role_arn: '${aws_iam_role.database_g1_client.arn}',
      });
  });

  test('is backed up each hour and each day, by its ARN, with a copy of the day in the second region', () => {
    expect(found['aws_backup_selection.database_g1_backups_selection']).toMatchObject({
      resources: ['${aws_dsql_cluster.database_g1.arn}'],
    });
    expect(found['aws_backup_plan.database_g1_backups']).toMatchObject({
      rule: [
        { rule_name: 'hourly', lifecycle: { delete_after: 3 } },
        {
          rule_name: 'daily',
          lifecycle: { delete_after: 14 },
          copy_action: [{ destination_vault_arn: '${aws_backup_vault.database_g1_vault_us_west_2.arn}' }],
        },
      ],
    });
    expect(found['aws_backup_vault.database_g1_vault_us_west_2']).toMatchObject({ provider: 'aws.us_west_2' });
  });

  test('keeps its vaults', () => {
    const kept = resources(at('tier6', { ...synthesis.environment, disposable: undefined } as Partial<Environment>));
    expect(kept['aws_backup_vault.database_g1_vault']).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  });
});

describe('a fifth shard', () => {
  const kept = { disposable: undefined } as Partial<Environment>;
  const withShards = (shards: Readonly<Record<string, readonly string[]>>) =>
    resources(at('tier5', { ...kept, database: { engine: 'shards', shards } }));
  const [four, five, moved] = [resources(at('tier5', kept)), withShards({ ...quarters, 'shard-5': [] }), withShards(fifths)];
  const differ = (one: typeof four, other: typeof four): readonly string[] =>
    Object.keys(one).filter((address) => JSON.stringify(one[address]) !== JSON.stringify(other[address]));

  test('that the file names is added, and touches nothing that is there, nor the map', () => {
    expect(differ(four, withShards(quarters))).toEqual([]);
    // The record, which gets a name more.
    expect(differ(four, five)).toEqual(['terraform_data.recorded_shards']);
    const added = Object.keys(five).filter((address) => !(address in four));
    expect(added).toContain('aws_db_instance.database_g1_shard_5');
    expect(added.filter((address) => !/shard_5/.test(address))).toEqual([]);
  });

  test('gets its buckets by a change of the map alone', () => {
    expect(differ(five, moved)).toEqual(['aws_ssm_parameter.database_g1_map']);
    expect(Object.keys(moved)).toEqual(Object.keys(five));
  });
});

describe('the map of shards in its parameter', () => {
  /** Four shards that take turns, each with a run of `length` buckets. */
  const turns = (length: number): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      [0, 1, 2, 3].map((shard) => [
        `shard-${shard + 1}`,
        Array.from({ length: 256 / length }, (_, turn) => {
          const first = (4 * turn + shard) * length;
          return `${first}-${first + length - 1}`;
        }),
      ]),
    );
  const found = (length: number): readonly string[] => {
    const environment = sampleEnvironment({ ...home, tier: 'tier5', database: { engine: 'shards', shards: turns(length) } });
    return tierProblems(environment, chosen(tierNamed('tier5'), environment)).map(({ code, message }) => `${code}: ${message}`);
  };

  test('is advanced where it may have more than 4 KB', () => {
    const tiers = [256, 64, 32].map(
      (length) =>
        resources(at('tier5', { database: { engine: 'shards', shards: turns(length) } }))['aws_ssm_parameter.database_g1_map']?.['tier'],
    );
    expect(tiers).toEqual([undefined, undefined, 'Advanced']);
  });

  test('is refused where no parameter holds it', () => {
    expect([32, 16].map(found)).toEqual([
      [],
      [
        'SHARD_MAP_TOO_LONG: The shard map has 64 ranges, which are 13878 bytes with the addresses of their shards, and a parameter of Systems Manager holds 8192. Let shards hold longer runs of buckets, at most 37 in all.',
      ],
    ]);
  });
});

describe('what a tier cannot have, all at once', () => {
  test('regions, shards, and GPU types that no zone of them sells', () => {
    const tier = changed('tier5', (each) =>
      each.kind === 'sharded-database'
        ? {
            map: [
              { name: 'shard-1', from: 0, to: 1023 },
              { name: 'shard-2', from: 1023, to: 1023 },
            ],
          }
        : {},
    );
    const found = tierProblems(
      sampleEnvironment({ ...home, regions: [], gpu: { sizes: ['g6e.xlarg', 'g4dn.xlarge'], spot: false, otherwise: 'refuse' } }),
      tier,
    );
    expect(found.map(({ code }) => code).sort()).toEqual([
      'GPU_SIZE_TOO_SMALL',
      'GPU_SIZE_UNKNOWN',
      'PLATFORM_REGIONS_MISSING',
      'SHARDS_UNEVEN',
    ]);
  });

  test('a type that is sold elsewhere is named with where', () => {
    const [problem] = problems(
      sampleEnvironment({ ...home, region: 'eu-west-1', gpu: { sizes: ['g6.xlarge'], spot: false, otherwise: 'refuse' } }),
      tierNamed('tier4'),
    );
    expect(problem?.code).toBe('GPU_TYPE_NOT_IN_ZONE');
    expect(problem?.message).toContain('which no zone of the environment in eu-west-1 (euw1-az1, euw1-az2) sells. It is sold in euc1-az1');
  });

  test('no GPU at all, unless CPUs or an API will do', () => {
    const pool = changed('tier4', (each) => (each.kind === 'gpu-pool' ? { gpuMemoryGb: 80 } : {}));
    const somewhere = { region: 'eu-west-1' };
    expect(codes(somewhere, pool)).toEqual(['GPU_NOT_SOLD']);
    expect(codes({ ...somewhere, gpu: { spot: false, otherwise: 'cpu' } }, pool)).toEqual([]);
    expect(codes({ ...somewhere, gpu: { spot: false, otherwise: 'api' } }, pool)).toEqual([]);
  });

  test('brokers that zones cannot share evenly', () => {
    expect(
      codes(
        { regions: ['us-west-2', 'eu-west-1'] },
        changed('tier6', (each) => (each.kind === 'event-stream' ? { brokers: 4 } : {})),
      ),
    ).toEqual(['BROKERS_UNEVEN']);
  });

  test('regions that the catalog does not know, also where no file was checked', () => {
    expect(codes({ regions: ['us-wst-2', 'eu-west-1'] }, tierNamed('tier6'))).toEqual(['CATALOG_NAME_UNKNOWN']);
  });

  test('data that would lie where none may, each with what it is', () => {
    const own = sampleEnvironment({
      ...home,
      tier: 'tier6',
      regions: ['us-west-2', 'eu-west-1'],
      residency: ['us-east-1'],
      state: { backend: 's3', bucket: 'coach-state', region: 'eu-west-1', key: 'sample.tfstate' },
    });
    const found = residencyProblems(own, chosen(tierNamed('tier6'), {}));
    expect(found.map(({ where }) => where)).toEqual(['regions', 'region', 'state.region']);
    expect(found[0]?.message).toBe(
      'a cluster and copies of the data would lie in us-west-2 (regions), and residency allows us-east-1. Name another region, or add us-west-2 to residency if data may lie there.',
    );
    const all = dataPlaces(own, chosen(tierNamed('tier6'), {})).map(({ region }) => region);
    expect(residencyProblems({ ...own, residency: all }, chosen(tierNamed('tier6'), {}))).toEqual([]);
    expect(tierProblems(own, tierNamed('tier6')).map(({ code }) => code)).toContain('DATA_RESIDENCY');
  });

  test('jobs that fit on no node beside what the node itself takes', () => {
    const asking = (memoryGib: number) =>
      codes(
        { regions: ['us-west-2', 'eu-west-1'] },
        changed('tier6', (each) => (each.kind === 'ml-pipeline' ? { memoryGib } : {})),
      );
    expect(asking(252)).toEqual([]);
    expect(asking(253)).toEqual(['GPU_JOB_FITS_NO_NODE']);
  });

  test('an environment without a second region is refused before anything is built', () => {
    expect(() => synthesize(sampleEnvironment({ ...home, tier: 'tier5', regions: [] }), { project: scratch() })).toThrow(
      /Environment sample is at tier5, which cannot be built on aws/,
    );
  });
});
