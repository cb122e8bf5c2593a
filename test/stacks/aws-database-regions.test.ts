import { checkLoad, capacityOf, plantOf } from '../../analysis/capacity';
import { graphFromSynthesis, type CdkTfJson } from '../../analysis/graph';
import { tierOf as tierIn } from '../../analysis/review/deltas';
import { checkEnvironment } from '../../environments/check';
import type { Environment } from '../../environments/schema';
import { problems } from '../../stacks/platforms/aws/builds';
import { residencyProblems } from '../../stacks/residency';
import { tierOf } from '../../tiers/choices';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';
import type { Document } from './workloads/fixture';
import { synthesized as overClouds } from './workloads/two-clouds';

const home: Partial<Environment> = { tier: 'tier6', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] };
const alone = { engine: 'aurora-dsql' } as const;
const joined = { engine: 'aurora-dsql', witness: 'us-east-2' } as const;
const at = (database: Environment['database'], own: Partial<Environment> = {}) => synthesized({ ...home, ...own, database });

describe('Aurora DSQL in two regions', () => {
  const found = resources(at(joined));

  test('is two clusters with one witness, each of which names the other, in its own region', () => {
    const properties = { multi_region_properties: [{ witness_region: 'us-east-2' }] };
    expect(found['aws_dsql_cluster.database_g1']).toMatchObject(properties);
    expect(found['aws_dsql_cluster.database_g1']?.['provider']).toBeUndefined();
    expect(found['aws_dsql_cluster.database_g1_us_west_2']).toMatchObject({ ...properties, provider: 'aws.us_west_2' });
    expect(found['aws_dsql_cluster_peering.database_g1_peering']).toMatchObject({
      identifier: '${aws_dsql_cluster.database_g1.identifier}',
      clusters: ['${aws_dsql_cluster.database_g1_us_west_2.arn}'],
      witness_region: 'us-east-2',
    });
    expect(found['aws_dsql_cluster_peering.database_g1_us_west_2_peering']).toMatchObject({
      identifier: '${aws_dsql_cluster.database_g1_us_west_2.identifier}',
      clusters: ['${aws_dsql_cluster.database_g1.arn}'],
      provider: 'aws.us_west_2',
    });
  });

  test('lets the app sign in to both, and is protected in both', () => {
    const policy = String(found['aws_iam_role_policy.database_g1_client_policy']?.['policy']);
    expect(policy.match(/aws_dsql_cluster\.\w+\.arn/g)).toEqual([
      'aws_dsql_cluster.database_g1.arn',
      'aws_dsql_cluster.database_g1_us_west_2.arn',
    ]);
    const kept = resources(at(joined, { disposable: undefined } as Partial<Environment>));
    for (const suffix of ['', '_us_west_2'])
      expect(kept[`aws_dsql_cluster.database_g1${suffix}`]).toMatchObject({
        deletion_protection_enabled: true,
        lifecycle: { prevent_destroy: true },
      });
  });

  test('has an endpoint in each region, which the pods there are told of', () => {
    const { output } = at(joined).recorded.json as { output: Record<string, { value: { hosts?: object } }> };
    expect(output['distributed_sql']?.value.hosts).toEqual({
      'us-east-1': '${aws_dsql_cluster.database_g1.identifier}.dsql.us-east-1.on.aws',
      'us-west-2': '${aws_dsql_cluster.database_g1_us_west_2.identifier}.dsql.us-west-2.on.aws',
    });
    const told = (database: Environment['database'], region: string): string => {
      const { locals } = overClouds(scratch(), { tier: tierOf('tier6', { database }) }).json('tier6-workloads') as Document & {
        readonly locals: Readonly<Record<string, string>>;
      };
      return locals[`app_${region}_environment`] ?? '';
    };
    for (const region of ['eu-central-1', 'us-east-1']) {
      expect(told(joined, region)).toMatch(new RegExp(`outputs\\.distributed_sql\\.hosts\\W+${region}\\b`));
      expect(told(alone, region)).toMatch(/outputs\.distributed_sql\.host\b/);
    }
  });

  test('answers more often than one region does, by what AWS promises', () => {
    const percent = (database: Environment['database']): number => {
      const plant = plantOf(tierOf('tier6', { database }), graphFromSynthesis(at(database).recorded.json as CdkTfJson), 'aws');
      return capacityOf(plant, checkLoad({ users: 1_000_000 })).availability.percent;
    };
    // 0.9999 of the balancer, and 0.9999 or 0.99999 of the database.
    expect([percent(alone), percent(joined)]).toEqual([99.98, 99.989]);
  });

  test('without a witness is as it was', () => {
    expect(Object.keys(resources(at(alone))).filter((address) => address.includes('dsql'))).toEqual(['aws_dsql_cluster.database_g1']);
  });

  test('is what the state remembers: a witness that comes, goes or changes is refused by it', () => {
    const kept = (database: Environment['database']) => resources(at(database, { disposable: undefined } as Partial<Environment>));
    const remembered = [alone, joined].map((database) => kept(database)['terraform_data.recorded_database']);
    expect(remembered).toMatchObject([
      { triggers_replace: 'aurora-dsql', lifecycle: { prevent_destroy: true } },
      { triggers_replace: 'aurora-dsql us-east-2', lifecycle: { prevent_destroy: true } },
    ]);
    const graph = graphFromSynthesis(at(joined).recorded.json as CdkTfJson);
    expect(tierIn(graph)?.components.find(({ kind }) => kind === 'distributed-database')).toMatchObject(joined);
  });
});

const wrong = (own: Partial<Environment>, database: Environment['database'] = joined) => {
  const environment = sampleEnvironment({ ...home, ...own, database });
  return problems(environment, tierOf('tier6', environment));
};

test('regions that AWS does not join are refused, with those that it does', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({}, { ...joined, witness: 'us-west-2' }).map(({ code, where }) => [code, where])).toEqual([
    ['DATABASE_WITNESS_ELSEWHERE', 'database.witness'],
  ]);
  expect(wrong({ regions: ['eu-west-1'] })[0]?.message).toBe(
    'database.witness is us-east-2 and the database stands in us-east-1 and eu-west-1. AWS joins two regions and a third one as witness, all with Aurora DSQL and in one part of the world: there us-east-1, us-east-2, us-west-2. Name another witness or another second region (regions), or remove the witness.',
  );
  expect(wrong({ region: 'sa-east-1' }).map(({ code }) => code)).toEqual(['DATABASE_WITNESS_ELSEWHERE']);
});

test('a witness keeps data: where none may lie it is refused', () => {
  const environment = sampleEnvironment({ ...home, database: joined, residency: ['us-east-1', 'us-west-2', 'europe-west3'] });
  const found = residencyProblems(environment, tierOf('tier6', environment)).map(({ message }) => message);
  expect(found.filter((message) => message.includes('witness'))).toEqual([
    "the database's log would lie in us-east-2 (database.witness), and residency allows us-east-1, us-west-2, europe-west3. Name another region, or add us-east-2 to residency if data may lie there.",
  ]);
});

test('another engine has no witness, and a region without Aurora DSQL is none', () => {
  const findings = (database: object) => {
    const checked = checkEnvironment({ ...sampleEnvironment(), tier: 'tier6', database });
    return 'findings' in checked ? checked.findings.map(({ code, message }) => [code, message]) : [];
  };
  expect(findings({ engine: 'citus', witness: 'us-east-2' })).toEqual([
    ['ENVIRONMENT_WITNESS_OF_NOTHING', 'database.witness is "us-east-2", a region that only database.engine aurora-dsql has. Remove it.'],
  ]);
  expect(findings({ engine: 'aurora-dsql', witness: 'us-west-1' }).map(([code]) => code)).toEqual(['ENVIRONMENT_WRONG_VALUE']);
});
