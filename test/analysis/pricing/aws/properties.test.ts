import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { graphFromSynthesis, resourceGraph } from '../../../../analysis/graph';
import type { JsonObject, JsonValue, ResourceGraph } from '../../../../analysis/graph';
import { estimate, estimateToJson, usageFigure } from '../../../../analysis/pricing';
import type { Estimate, Usage, UsageKey } from '../../../../analysis/pricing';
import { book, given } from './support';

const seed = { seed: 20261121, numRuns: 100 };

const sizes = ['t4g.medium', 'm7g.large', 'g4dn.xlarge', 'no.such'];

/** Types that cost something of their own, with arguments that a person could write. */
const bodies: Readonly<Record<string, fc.Arbitrary<JsonObject>>> = {
  aws_instance: fc.record({
    instance_type: fc.constantFrom(...sizes),
    count: fc.integer({ min: 0, max: 3 }),
    associate_public_ip_address: fc.boolean(),
    root_block_device: fc
      .record({ volume_size: fc.integer({ min: 8, max: 2000 }), volume_type: fc.constantFrom('gp2', 'gp3', 'io1') })
      .map((one) => [one]),
  }),
  aws_ebs_volume: fc.record({
    size: fc.integer({ min: 1, max: 16_384 }),
    type: fc.constantFrom('gp2', 'gp3', 'io2', 'st1'),
    iops: fc.integer({ min: 100, max: 256_000 }),
  }),
  aws_db_instance: fc.record({
    engine: fc.constantFrom('postgres', 'mysql', 'oracle-se2'),
    instance_class: fc.constantFrom('db.m7g.large', 'db.t4g.small', 'db.none'),
    multi_az: fc.boolean(),
    allocated_storage: fc.integer({ min: 20, max: 4000 }),
    storage_type: fc.constantFrom('gp2', 'gp3'),
  }),
  aws_elasticache_replication_group: fc.record({
    node_type: fc.constantFrom('cache.t4g.small', 'cache.r7g.large'),
    engine: fc.constantFrom('redis', 'valkey'),
    num_cache_clusters: fc.integer({ min: 1, max: 6 }),
  }),
  aws_lb: fc.record({ load_balancer_type: fc.constantFrom('application', 'network'), internal: fc.boolean() }),
  aws_nat_gateway: fc.constant({}),
  aws_eip: fc.constant({}),
  aws_s3_bucket: fc.constant({}),
  aws_lambda_function: fc.record({
    memory_size: fc.integer({ min: 128, max: 10_240 }),
    architectures: fc.constantFrom(['arm64'], ['x86_64']),
  }),
  aws_eks_cluster: fc.constant({}),
  aws_kms_key: fc.record({ enable_key_rotation: fc.boolean() }),
  aws_cloudwatch_log_group: fc.constant({}),
  aws_vpc: fc.constant({}),
};

interface Declared {
  readonly type: string;
  readonly body: JsonObject;
}

const declared: fc.Arbitrary<Declared> = fc
  .constantFrom(...Object.keys(bodies))
  .chain((type) => (bodies[type] as fc.Arbitrary<JsonObject>).map((body) => ({ type, body })));
const configuration = fc.array(declared, { maxLength: 10 });

function graphOf(resources: readonly Declared[]): ResourceGraph {
  return graphFromSynthesis({
    provider: { aws: [{ region: 'us-east-1' }] },
    resource: resources.map(({ type, body }, index) => ({ [type]: { [`r${index}`]: body } })),
  });
}

function cost(resources: readonly Declared[], usage: Usage = {}): Estimate {
  return estimate(graphOf(resources), book, usage);
}

const figure = fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000)).map((ends) => {
  const [low = 0, typical = 0, high = 0] = [...ends].sort((a, b) => a - b);
  return usageFigure(low, typical, high, 'given');
});
const usages: fc.Arbitrary<Usage> = fc
  .record({
    egressGb: figure,
    objectStorageGb: figure,
    objectEgressGb: figure,
    natGb: figure,
    lambdaRequestsMillion: figure,
    lambdaMs: figure,
    logsGb: figure,
  })
  .map((total) => ({ total }));

describe('properties of an estimate of AWS', () => {
  test('totals are sums of lines in whole cents, low <= typical <= high, and a commitment never costs more', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        const answer = cost(resources, usage);
        for (const end of ['low', 'monthly', 'high'] as const) {
          const cents = answer.lines.map((line) => BigInt(line[end].times(100).toFixed()));
          expect(answer[end].times(100).toFixed()).toBe(cents.reduce((total, one) => total + one, 0n).toString());
        }
        for (const line of [answer, ...answer.lines]) expect(line.low.lte(line.monthly) && line.monthly.lte(line.high)).toBe(true);
        expect(
          answer.committed.low.lte(answer.low) && answer.committed.typical.lte(answer.monthly) && answer.committed.high.lte(answer.high),
        ).toBe(true);
      }),
      seed,
    );
  });

  test('each line is its quantity times its price, half a cent up', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        for (const line of cost(resources, usage).lines) {
          const exact = new (Decimal.clone({ precision: 200 }))(line.price).times(line.quantity);
          expect(line.monthly.toFixed(2)).toBe(exact.toFixed(2, Decimal.ROUND_HALF_UP));
        }
      }),
      seed,
    );
  });

  test('without usage the cost of all is the sum of the costs of each', () => {
    fc.assert(
      fc.property(configuration, (resources) => {
        const each = resources.map((one) => cost([one]).monthly).reduce((total, one) => total.plus(one), new Decimal(0));
        expect(cost(resources).monthly.toFixed(2)).toBe(each.toFixed(2));
      }),
      seed,
    );
  });

  test('more servers, bigger disks and more nodes never cost less', () => {
    const grown = fc.constantFrom(
      ['aws_instance', 'count', 10],
      ['aws_ebs_volume', 'size', 2000],
      ['aws_ebs_volume', 'iops', 50_000],
      ['aws_db_instance', 'allocated_storage', 1000],
      ['aws_elasticache_replication_group', 'num_cache_clusters', 3],
    );
    fc.assert(
      fc.property(
        grown.chain(([type, argument, by]) =>
          fc.tuple(
            fc.constant({ type: String(type), argument: String(argument), by: Number(by) }),
            bodies[String(type)] as fc.Arbitrary<JsonObject>,
          ),
        ),
        ([{ type, argument, by }, body]) => {
          const more = { ...body, [argument]: Number(body[argument] ?? 1) + by };
          expect(cost([{ type, body: more }]).monthly.gte(cost([{ type, body }]).monthly)).toBe(true);
        },
      ),
      seed,
    );
  });

  test('more usage never costs less', () => {
    fc.assert(
      fc.property(configuration, fc.nat(1_000_000), fc.nat(1_000_000), (resources, some, more) => {
        const at = (gb: number): Usage => ({
          total: given({ egressGb: gb, objectStorageGb: gb, natGb: gb, lambdaRequestsMillion: gb, lambdaMs: 100 }),
        });
        expect(cost(resources, at(some + more)).monthly.gte(cost(resources, at(some)).monthly)).toBe(true);
      }),
      seed,
    );
  });

  test('the order of resources changes nothing', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        const graph = graphOf(resources);
        const turned = resourceGraph([...graph.resources].reverse(), { providers: graph.providers });
        expect(JSON.stringify(estimateToJson(estimate(turned, book, usage)))).toBe(JSON.stringify(estimateToJson(cost(resources, usage))));
      }),
      seed,
    );
  });

  test('odd values never throw and never make a negative amount', () => {
    const odd: fc.Arbitrary<JsonValue> = fc.oneof(
      fc.constantFrom(null, -1, 0.5, 1e300, '', '-0', 'NaN', true, '${var.x}'),
      fc.constant([]),
      fc.constant({}),
      fc.constant([[]]),
    );
    const names = [
      'instance_type',
      'size',
      'type',
      'iops',
      'count',
      'engine',
      'engine_version',
      'allocated_storage',
      'storage_type',
      'node_type',
      'num_cache_clusters',
      'memory_size',
      'architectures',
      'root_block_device',
      'subnets',
      'subnet_mapping',
      'rule',
      'enable_key_rotation',
      'load_balancer_type',
      'replica',
      'region',
      'provider',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...Object.keys(bodies),
          'aws_autoscaling_group',
          'aws_eks_node_group',
          'aws_rds_cluster_instance',
          'aws_wafv2_web_acl',
          'aws_dynamodb_table',
          'aws_ecs_service',
          'aws_opensearch_domain',
        ),
        fc.dictionary(fc.constantFrom(...names), odd),
        (type, body) => {
          for (const line of cost([{ type, body }]).lines) expect(line.monthly.isFinite() && !line.monthly.isNegative()).toBe(true);
        },
      ),
      { ...seed, numRuns: 500 },
    );
  });
});

/** Price of one GB more, at a quantity: what lies in the next tier never changes what lies below it. */
describe('tiers are continuous at their boundaries', () => {
  const cases: readonly (readonly [string, Declared, UsageKey, readonly number[]])[] = [
    ['traffic to the internet', { type: 'aws_instance', body: { instance_type: 't4g.medium' } }, 'egressGb', [10_240, 51_200, 153_600]],
    ['storage of buckets', { type: 'aws_s3_bucket', body: {} }, 'objectStorageGb', [51_200, 512_000]],
    ['traffic of a CDN', { type: 'aws_cloudfront_distribution', body: {} }, 'objectEgressGb', [10_240, 51_200, 153_600]],
  ];

  test.each(cases)('%s', (_, resource, key, boundaries) => {
    const at = (quantity: number): Decimal => cost([resource], { total: given({ [key]: quantity }) }).monthly;
    for (const boundary of boundaries) {
      const [below, on, above] = [at(boundary - 100), at(boundary), at(boundary + 100)];
      expect(on.gt(below) && above.gt(on)).toBe(true);
      // 100 GB more never cost more than 100 GB before them.
      expect(above.minus(on).lte(on.minus(below))).toBe(true);
      expect(
        at(boundary + 1)
          .minus(on)
          .lte('0.13'),
      ).toBe(true);
    }
  });

  test('two buckets share the tiers of their region: 60,000 GB are 51,200 x 0.023 + 8,800 x 0.022, whoever holds them', () => {
    const bucket = { type: 'aws_s3_bucket', body: {} };
    for (const count of [1, 2, 5])
      expect(
        cost(
          Array.from({ length: count }, () => bucket),
          { total: given({ objectStorageGb: 60_000 }) },
        ).monthly.toFixed(1),
      ).toBe('1371.2');
  });
});

/** What is charged, and in which tiers, as infracost's published fixtures have it; the figures are theirs (2024). */
describe('the same shape as another estimator gives', () => {
  test('a function of 15,000 M calls and 61.44 billion GB-seconds', () => {
    const answer = cost([{ type: 'aws_lambda_function', body: { memory_size: 1024 } }], {
      total: given({ lambdaRequestsMillion: 15_000, lambdaMs: 4096 }),
    });
    expect(answer.lines.map((line) => [line.quantity.toFixed(), line.monthly.toFixed(2)])).toEqual([
      ['6000000000', '100000.20'],
      ['9000000000', '135000.00'],
      ['46440000000', '619203.10'],
      ['15000', '3000.00'],
    ]);
  });

  test('a database with 14,000 IOPS in two zones: 47.45, 92.00, 80.00', () => {
    const answer = cost([
      {
        type: 'aws_db_instance',
        body: {
          engine: 'mysql',
          instance_class: 'db.t4g.small',
          multi_az: true,
          storage_type: 'gp3',
          allocated_storage: 400,
          iops: 14_000,
        },
      },
    ]);
    expect(answer.lines.map((line) => line.monthly.toFixed(2)).sort()).toEqual(['47.45', '80.00', '92.00']);
  });

  test('a CDN: 870.40, 3,276.80, 6,144.00, 14,336.00 for the first 512,000 GB to North America', () => {
    const answer = cost([{ type: 'aws_cloudfront_distribution', body: {} }], { total: given({ objectEgressGb: 512_000 }) });
    expect(answer.lines.filter((line) => !line.monthly.isZero()).map((line) => line.monthly.toFixed(2))).toEqual([
      '870.40',
      '3276.80',
      '6144.00',
      '14336.00',
    ]);
  });
});
