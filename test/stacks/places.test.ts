import { warningsFor } from '../../environments/warnings';
import type { Environment } from '../../environments/schema';
import { tierProblems } from '../../stacks/problems';
import { tierOf } from '../../tiers/choices';
import type { TierId } from '../../tiers/tier';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized } from '../support/project';

const problems = (tier: TierId, own: Partial<Environment>) => {
  const environment = sampleEnvironment({ tier, ...own });
  return tierProblems(environment, tierOf(tier, environment));
};

const api = { spot: false, otherwise: 'api' } as const;
const saoPaulo = { platform: 'aws', region: 'sa-east-1', regions: ['us-east-1'] } as const;

describe('managed databases where DigitalOcean is not known to sell any', () => {
  test('are refused at home, each engine with what would need it and where it is sold', () => {
    const found = problems('tier4', { region: 'mem1', gpu: api });
    expect(found.map(({ code, where }) => `${code} ${where}`)).toEqual(['DATABASE_NOT_IN_REGION region', 'DATABASE_NOT_IN_REGION region']);
    expect(found[0]?.message).toBe(
      'database and replicas would be managed PostgreSQL in mem1, which is not known to have it (catalog, 2026-08-21). Regions that do: ams3, atl1, blr1, fra1, lon1, nyc1, nyc3, ric1, sfo3, sgp1, syd1, tor1.',
    );
    expect(problems('tier4', { region: 'nyc2', gpu: api }).map(({ message }) => message.split(' in ')[0])).toEqual([
      'cache would be managed Valkey',
    ]);
  });

  test('are refused where copies of the shards would stand, and the cache is at home alone', () => {
    const found = problems('tier5', { regions: ['mem1'], gpu: api });
    expect(found.map(({ code, where, message }) => `${code} ${where} ${message.split(',')[0]}`)).toEqual([
      'DATABASE_NOT_IN_REGION regions database would be managed PostgreSQL in mem1',
    ]);
    expect(problems('tier5', { regions: ['nyc2'], gpu: api })).toEqual([]);
  });

  test('are no concern of a database beside the app', () => expect(problems('tier1', { region: 'mem1' })).toEqual([]));
});

test('every region that is closed is warned of, not the home region alone', () =>
  expect(warningsFor(sampleEnvironment({ tier: 'tier5', regions: ['ams2'] }))).toEqual([
    'region ams2: closed to new accounts or sells only some products (catalog, 2026-08-21).',
  ]));

describe('Aurora DSQL', () => {
  const dsql = { database: { engine: 'aurora-dsql' as const } };

  test('is refused where AWS does not have it, with the regions and engines that there are', () => {
    const [problem, ...others] = problems('tier6', { ...saoPaulo, ...dsql });
    expect([problem?.code, problem?.where, others]).toEqual(['DATABASE_ENGINE_NOT_IN_REGION', 'database.engine', []]);
    expect(problem?.message).toMatch(
      /^database\.engine is "aurora-dsql", which sa-east-1 does not have \(docs\.aws\.amazon\.com.*, 2026-11-22\)\. Regions that do, of those that the catalog knows: ap-southeast-1, eu-central-1, eu-west-1, us-east-1, us-west-2\. Take one of these, or another engine: shards, citus, alloydb, spanner\.$/,
    );
  });

  test('stands in one region: a second one need not have it, and shards need it nowhere', () => {
    expect(problems('tier6', { ...saoPaulo, region: 'us-east-1', regions: ['sa-east-1'], ...dsql })).toEqual([]);
    expect(problems('tier6', saoPaulo)).toEqual([]);
  });
});

describe('nodes with cards on AWS', () => {
  const found = synthesized({ tier: 'tier6', ...saoPaulo, gpu: { spot: true, otherwise: 'refuse' } });
  const subnets = (address: string): unknown => resources(found)[`aws_eks_node_group.${address}`]?.['subnet_ids'];
  const zones = (numbers: readonly number[], network = 'network') => numbers.map((zone) => `\${aws_subnet.${network}_private_${zone}.id}`);

  test('stand in the zones that sell their types, and nowhere else', () => {
    // H100: the third zone alone; L4 and A10G: the first two (catalog/aws/gpu-types.ts).
    for (const group of ['gpu', 'gpu-ondemand']) expect(subnets(`cluster_g1_nodes_${group}`)).toEqual(zones([3]));
    expect(subnets('ml_cluster_g1_nodes_batch')).toEqual(zones([1, 2]));
    expect(subnets('cluster_g1_nodes_app')).toEqual(zones([1, 2, 3]));
    expect(subnets('cluster_g1_us_east_1_nodes_gpu')).toEqual(zones([1, 2, 3], 'network_us_east_1'));
  });

  test('count against the quotas of their families, and of how they are bought', () => {
    const told = found.warnings.flatMap((warning) => /\(Service Quotas, (.*?)\)/.exec(warning)?.[1] ?? []);
    expect(told).toEqual([
      'All P Spot Instance Requests, Running On-Demand P instances',
      'All G and VT Spot Instance Requests, Running On-Demand G and VT instances, All P Spot Instance Requests, Running On-Demand P instances',
      'All G and VT Spot Instance Requests',
    ]);
  });
});
