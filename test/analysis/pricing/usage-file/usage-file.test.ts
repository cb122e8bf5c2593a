import * as fc from 'fast-check';
import { readUsageFile, resolveUsage } from '../../../../analysis/pricing/usage-file';
import { infracostKeys } from '../../../../analysis/pricing/usage-file/infracost-keys';
import { graphFromSynthesis, type JsonObject } from '../../../../analysis/graph';
import { estimate, isMapped, listBook, usageFigure } from '../../../../analysis/pricing';
import { renderError, TerraceError } from '../../../../values/errors';
import { book, graphOf } from '../support';

const everything = listBook();
const graph = graphOf({
  'digitalocean_custom_image.a': {},
  'digitalocean_custom_image.b': {},
  'digitalocean_spaces_bucket.files': { region: 'fra1' },
});

/** What each resource gets: address, figure, low/typical/high. */
function resolved(text: string): readonly string[] {
  const { usage } = resolveUsage(readUsageFile(text, 'usage.yml'), graph);
  return Object.entries(usage.resources ?? {}).flatMap(([address, figures]) =>
    Object.entries(figures).map(
      ([key, figure]) => `${address} ${key} ${figure.low.toFixed()}/${figure.typical.toFixed()}/${figure.high.toFixed()}`,
    ),
  );
}

/** Everything that is wrong with a file. */
function wrong(text: string): string {
  try {
    readUsageFile(text, 'usage.yml');
  } catch (error) {
    if (error instanceof TerraceError)
      return renderError(error)
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
        .join('\n');
    throw error;
  }
  return 'nothing is wrong';
}

describe('our own form', () => {
  test('by type, by an address with a star, by address: the nearest counts', () => {
    const text = [
      'version: 1',
      'resources:',
      '  digitalocean_custom_image.a: { snapshotGb: 7 }',
      '  "*image.*": { snapshotGb: { low: 1, typical: 2, high: 3, because: counted } }',
      'defaults:',
      '  digitalocean_custom_image: { snapshotGb: 9 }',
      '  digitalocean_spaces_bucket: { objectStorageGb: 1.5e3 }',
    ].join('\n');
    expect(resolved(text)).toEqual([
      'digitalocean_custom_image.a snapshotGb 7/7/7',
      'digitalocean_custom_image.b snapshotGb 1/2/3',
      'digitalocean_spaces_bucket.files objectStorageGb 1500/1500/1500',
    ]);
  });

  test('each line says where its figure stands, or the given reason', () => {
    const file = readUsageFile('defaults:\n  digitalocean_custom_image:\n    snapshotGb: 100\n', 'usage.yml');
    const bill = estimate(graph, book, resolveUsage(file, graph).usage);
    // 100 GB x 0.06 for each of the two images.
    expect(
      bill.lines.filter((line) => line.type === 'digitalocean_custom_image').map((line) => `${line.monthly.toFixed(2)} ${line.assumption}`),
    ).toEqual(['6.00 given in usage.yml:3:5', '6.00 given in usage.yml:3:5']);
  });

  test('components and the total are shared as the load is', () => {
    const file = readUsageFile(
      'components:\n  a: { snapshotGb: 4 }\ntotal: { snapshotGb: 30, objectStorageGb: { low: 0, typical: 1, high: 2 } }\n',
      'usage.yml',
    );
    expect(file.components['a']?.snapshotGb).toMatchObject({ assumption: 'given in usage.yml:2:8' });
    expect(file.components['a']?.snapshotGb?.typical.toFixed()).toBe('4');
    expect(Object.keys(file.total)).toEqual(['snapshotGb', 'objectStorageGb']);
  });

  test('tokens of language models', () => {
    const { llm } = readUsageFile(
      'llm:\n  - model: openai/gpt-5-mini\n    inputMillion: 90\n    outputMillion: { low: 1, typical: 2, high: 3 }\n',
      'usage.yml',
    );
    expect(
      llm.map(({ model, inputMillion, outputMillion }) => [model, inputMillion.typical.toFixed(), outputMillion.high.toFixed()]),
    ).toEqual([['openai/gpt-5-mini', '90', '3']]);
  });

  test('what fits no resource is told, with its place', () => {
    const file = readUsageFile(
      'resources:\n  aws_lb.gone: { loadBalancerGb: 1 }\ndefaults:\n  aws_sqs_queue: { messagesMillion: 1 }\n',
      'usage.yml',
    );
    expect(resolveUsage(file, graph).unmatched).toEqual([
      'usage.yml:4:20  there is no aws_sqs_queue in what is estimated.',
      'usage.yml:2:18  aws_lb.gone is no resource in what is estimated.',
    ]);
  });

  test.each<[string, string, string]>([
    ['an empty file is no usage', '', 'nothing is wrong'],
    ['comments alone', '# nothing yet\n', 'nothing is wrong'],
    [
      'a negative number',
      'total:\n  egressGb: -5\n',
      'usage.yml:2:13  egressGb is -5. No one uses less than nothing: allowed are numbers from 0 on.',
    ],
    [
      'an absurd number',
      'total:\n  egressGb: 5000000000\n',
      'usage.yml:2:13  egressGb is 5000000000, which is absurd: the most that is believed is 1000000000 a month. Is it in another unit? egressGb: from servers and nodes to the internet, in GB.',
    ],
    [
      'a function that runs an hour',
      'total:\n  lambdaMs: 3600000\n',
      'usage.yml:2:13  lambdaMs is 3600000, which is absurd: the most that is believed is 900000 a month. Is it in another unit? lambdaMs: duration of one call of a function, in milliseconds on average.',
    ],
    ['infinity', 'total:\n  egressGb: .inf\n', 'usage.yml:2:13  egressGb is .inf, which cannot be billed. Allowed: a number from 0 on.'],
    [
      'not a number',
      'total:\n  egressGb: .nan\n',
      'usage.yml:2:13  egressGb is .nan, which cannot be billed. Allowed: a number from 0 on.',
    ],
    ['a text', 'total:\n  egressGb: "100"\n', 'usage.yml:2:13  egressGb is "100", not a number.'],
    ['a text with a unit', 'total:\n  egressGb: 100 GB\n', 'usage.yml:2:13  egressGb is "100 GB", not a number.'],
    ['a list', 'total:\n  egressGb: [1]\n', 'usage.yml:2:13  egressGb is a list, not a number.'],
    ['nothing', 'total:\n  egressGb:\n', 'usage.yml:2:12  egressGb is nothing that is a number, not a number.'],
    ['an unknown figure', 'total:\n  egresGb: 1\n', 'usage.yml:2:3  there is no usage figure "egresGb". Did you mean egressGb?'],
    ['an unknown section', 'totals:\n  egressGb: 1\n', 'usage.yml:1:1  there is no section "totals". Did you mean total?'],
    [
      'a band that does not ascend',
      'total:\n  egressGb: { low: 3, typical: 2, high: 5 }\n',
      'usage.yml:2:13  egressGb: low 3, typical 2, high 5 do not ascend.',
    ],
    [
      'half a band',
      'total:\n  egressGb: { low: 3, high: 5 }\n',
      'usage.yml:2:3  egressGb has no typical. Give low, typical and high, or one number.',
    ],
    [
      'an unknown field of a band',
      'total:\n  egressGb: { lo: 3, typical: 3, high: 5 }\n',
      'usage.yml:2:15  egressGb has the unknown field "lo". Allowed: a number, or low, typical, high and because.',
    ],
    [
      'a list as a file',
      '- 1\n',
      'usage.yml:1:1  the file holds no mapping. Begin with "resources:" or, in Infracost\'s form, with "resource_usage:".',
    ],
    ['another version', 'version: 2\n', 'usage.yml:1:10  version is "2". This release reads version 1.'],
    [
      'an alias',
      'total: &a { egressGb: 1 }\ncomponents: { web: *a }\n',
      'usage.yml:2:20  anchors and aliases are not read here. Write the value out.',
    ],
    ['a key twice', 'total:\n  egressGb: 1\n  egressGb: 2\n', 'usage.yml:3:3  this is not YAML: Map keys must be unique.'],
    ['a tab', 'total:\n\tegressGb: 1\n', 'usage.yml:2:1  this is not YAML: Tabs are not allowed as indentation.'],
    [
      'a model without a vendor',
      'llm:\n  - { model: gpt-5, inputMillion: 1, outputMillion: 1 }\n',
      'usage.yml:2:14  model is no vendor and model, like openai/gpt-5-mini. `terrace prices --service llm` lists them.',
    ],
    [
      'everything at once, in the order of the file',
      'total:\n  egressGb: -1\n  nonsense: 1\n  logsGb: x\n',
      'usage.yml:2:13  egressGb is -1. No one uses less than nothing: allowed are numbers from 0 on.\nusage.yml:3:3  there is no usage figure "nonsense". docs/estimate.md lists them all.\nusage.yml:4:11  logsGb is "x", not a number.',
    ],
  ])('%s', (_, text, expected) => expect(wrong(text)).toBe(expected));

  test('nesting that would exhaust the stack is refused', () => {
    expect(wrong(`total: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`)).toMatch(/nested/);
    expect(wrong(`total: ${'['.repeat(200)}${']'.repeat(200)}`)).toMatch(/nested deeper than 20 levels/);
  });

  test('an address with many stars takes no longer than one', () => {
    const file = readUsageFile(`resources:\n  "${'*a'.repeat(200)}": { snapshotGb: 1 }\n`, 'usage.yml');
    expect(resolveUsage(file, graphOf({ [`digitalocean_custom_image.${'a'.repeat(5_000)}b`]: {} })).unmatched).toHaveLength(1);
  });

  test('any text is read or refused with an error of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => void wrong(text)),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

describe("Infracost's form", () => {
  const lambdas = graphOf({ 'aws_lambda_function.api': { memory_size: 1024 }, 'aws_lambda_function.job': { memory_size: 1024 } });
  const bucket = graphOf({ 'aws_s3_bucket.files': {} });
  const figures = (text: string, of = lambdas): readonly string[] => {
    const { usage } = resolveUsage(readUsageFile(text, 'infracost-usage.yml'), of);
    return Object.entries(usage.resources ?? {}).flatMap(([address, all]) =>
      Object.entries(all).map(([key, figure]) => `${address} ${key} ${figure.typical.toFixed()}`),
    );
  };

  test('defaults by type, then addresses; requests become millions', () => {
    const text =
      'version: 0.1\nresource_type_default_usage:\n  aws_lambda_function:\n    monthly_requests: 100000\n    request_duration_ms: 500\nresource_usage:\n  aws_lambda_function.api:\n    monthly_requests: 3000000\n';
    expect(figures(text)).toEqual([
      'aws_lambda_function.api lambdaRequestsMillion 3',
      'aws_lambda_function.api lambdaMs 500',
      'aws_lambda_function.job lambdaRequestsMillion 0.1',
      'aws_lambda_function.job lambdaMs 500',
    ]);
  });

  test('stars in addresses, and modules', () => {
    const inModules = graphOf({ 'aws_lambda_function.api': { count: 2, memory_size: 128 } });
    expect(figures('resource_usage:\n  aws_lambda_function.api[*]:\n    monthly_requests: 1000000\n', inModules)).toEqual([
      'aws_lambda_function.api[0] lambdaRequestsMillion 1',
      'aws_lambda_function.api[1] lambdaRequestsMillion 1',
    ]);
  });

  test('nested keys', () => {
    expect(
      figures(
        'resource_usage:\n  aws_s3_bucket.files:\n    standard:\n      storage_gb: 10000\n      monthly_tier_1_requests: 1000000\n',
        bucket,
      ),
    ).toEqual(['aws_s3_bucket.files objectStorageGb 10000', 'aws_s3_bucket.files objectWritesMillion 1']);
  });

  test('what no price depends on is listed with its place, and the rest is used', () => {
    const { ignored, rules } = readUsageFile(
      'version: 0.1\nprojects: []\nresource_usage:\n  aws_lambda_function.api:\n    monthly_requests: 1\n    colour: 3\n  acme_widget.x: { requests: 5 }\n',
      'u.yml',
    );
    expect(ignored).toEqual([
      'u.yml:2:1  projects is not read.',
      'u.yml:6:5  colour of aws_lambda_function adds nothing: no price here depends on it.',
      'u.yml:7:20  requests of acme_widget adds nothing: no price here depends on it.',
    ]);
    expect(rules).toHaveLength(1);
  });

  test('negative and absurd figures are refused here too', () => {
    expect(wrong('resource_usage:\n  aws_lambda_function.api:\n    monthly_requests: -1\n    request_duration_ms: 99999999\n')).toBe(
      'usage.yml:3:23  monthly_requests is -1. No one uses less than nothing: allowed are numbers from 0 on.\n' +
        'usage.yml:4:26  request_duration_ms is 99999999, which is absurd: the most that is believed is 900000 a month. Is it in another unit? lambdaMs: duration of one call of a function, in milliseconds on average.',
    );
  });

  /** Arguments with which a type takes every figure that is read for it, where it needs any. */
  const samples: Readonly<Record<string, readonly JsonObject[]>> = {
    aws_apigatewayv2_api: [{ protocol_type: 'HTTP' }, { protocol_type: 'WEBSOCKET' }],
    aws_autoscaling_group: [{ min_size: 1, max_size: 3, launch_configuration: 'x' }],
    aws_cloudtrail: [{ event_selector: [{ data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }] }],
    aws_codebuild_project: [{ environment: [{ compute_type: 'BUILD_GENERAL1_SMALL' }] }],
    aws_db_instance: [{ instance_class: 'db.m6g.large', engine: 'postgres', allocated_storage: 20, storage_type: 'gp3' }],
    aws_dynamodb_table: [{ billing_mode: 'PAY_PER_REQUEST' }],
    aws_eks_node_group: [{ scaling_config: [{ min_size: 1, max_size: 3, desired_size: 1 }], instance_types: ['m6i.large'] }],
    aws_elasticache_cluster: [{ node_type: 'cache.m6g.large', engine: 'redis', num_cache_nodes: 1, snapshot_retention_limit: 2 }],
    aws_elasticache_replication_group: [
      { node_type: 'cache.m6g.large', engine: 'redis', num_cache_clusters: 1, snapshot_retention_limit: 2 },
    ],
    aws_instance: [{ instance_type: 't3.micro' }],
    aws_kinesis_stream: [{ stream_mode_details: [{ stream_mode: 'ON_DEMAND' }] }, { shard_count: 1 }],
    aws_lambda_function: [{ memory_size: 128 }],
    aws_lb: [{ load_balancer_type: 'application' }],
    aws_networkfirewall_firewall: [{ subnet_mapping: [{ subnet_id: 'a' }] }],
    aws_rds_cluster: [{ engine: 'aurora-postgresql' }],
    aws_rds_cluster_instance: [
      { engine: 'aurora-postgresql', instance_class: 'db.serverless', cluster_identifier: '${aws_rds_cluster.other.id}' },
    ],
    aws_vpc_endpoint: [{ vpc_endpoint_type: 'Interface', subnet_ids: ['a'] }],
    aws_vpn_connection: [{ transit_gateway_id: 'tgw-1' }],
    google_sql_database_instance: [{ database_version: 'POSTGRES_16', settings: [{ tier: 'db-custom-2-7680' }] }],
    google_storage_bucket: [
      { location: 'US', storage_class: 'STANDARD' },
      { location: 'US', storage_class: 'NEARLINE' },
    ],
  };
  const around: JsonObject = {
    aws_launch_configuration: { other: { name: 'x', instance_type: 'm6i.large', image_id: 'ami-1' } },
    aws_rds_cluster: {
      other: {
        engine: 'aurora-postgresql',
        engine_mode: 'provisioned',
        serverlessv2_scaling_configuration: [{ min_capacity: 1, max_capacity: 4 }],
      },
    },
  };

  test.each(
    Object.entries(infracostKeys).flatMap(([type, keys]) => Object.entries(keys).map(([name, { key }]) => [type, name, key] as const)),
  )('%s: %s is taken as %s by something with a price', (type, _, key) => {
    expect(isMapped(type)).toBe(true);
    const taken = (samples[type] ?? [{}]).some((body) => {
      const graph_ = graphFromSynthesis({
        provider: { aws: { region: 'us-east-1' }, google: { region: 'us-central1' } },
        resource: { ...around, [type]: { ...(around[type] as JsonObject | undefined), x: body } },
      });
      const { notes } = estimate(graph_, everything, { resources: { [`${type}.x`]: { [key]: usageFigure(100, 100, 100, 'given') } } });
      return !notes.some((note) => note.includes('is taken by no resource'));
    });
    expect(taken).toBe(true);
  });
});
