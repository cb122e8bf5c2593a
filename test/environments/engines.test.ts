import { databaseEngines, enginePlaces } from '../../components/distributed-database';
import { checkEnvironment } from '../../environments/check';
import { warningsFor } from '../../environments/warnings';
import { tierProblems } from '../../stacks/problems';
import { tierOf } from '../../tiers/choices';
import { sampleEnvironment } from '../support/environments';

const findings = (own: object) => {
  const checked = checkEnvironment({ ...sampleEnvironment(), ...own });
  return 'findings' in checked ? checked.findings.map(({ code, message }) => [code, message]) : [];
};

test('an engine is refused at a tier that does not offer it, and taken where it is offered or on the way there', () => {
  expect(findings({ tier: 'tier3', database: { engine: 'spanner' } })).toEqual([
    [
      'ENVIRONMENT_ENGINE',
      'database.engine is "spanner", which tier3 does not offer. Allowed there: shards, or no line at all. tier6 offers it.',
    ],
  ]);
  expect(findings({ tier: 'tier3', database: { engine: 'shards' } })).toEqual([]);
  for (const tier of ['tier5', 'tier6']) expect(findings({ tier, database: { engine: 'alloydb' } })).toEqual([]);
  expect(findings({ tier: 'tier4', promotion: { to: 'tier6', phase: 'expand' }, database: { engine: 'alloydb' } })).toEqual([]);
});

test('an engine that nobody knows is refused with those that are known', () => {
  expect(findings({ tier: 'tier6', database: { engine: 'postgres-xl' } })).toEqual([
    ['ENVIRONMENT_WRONG_VALUE', `database.engine is "postgres-xl". Allowed: one of ${databaseEngines.join(', ')}.`],
  ]);
});

test('an engine of a cloud in which the environment has no cluster is refused, beside what else is wrong', () => {
  const environment = sampleEnvironment({
    tier: 'tier6',
    platform: 'aws',
    placements: { cluster: ['aws'] },
    region: 'us-east-1',
    regions: [],
    database: { engine: 'alloydb' },
  });
  const problems = tierProblems(environment, tierOf('tier6', environment));
  expect(problems.map(({ code }) => code)).toEqual(['PLATFORM_REGIONS_MISSING', 'DATABASE_ENGINE_ELSEWHERE']);
  expect(problems[1]?.message).toBe(
    'database.engine is "alloydb", which stands at google, and the environment keeps its clusters elsewhere. Allowed: shards, aurora-dsql, citus. Change it, or take platform.cluster out, so that tier6 has a cluster at google.',
  );
});

test('an engine whose rows not every cluster reaches is warned of, at the tier and on the way there', () => {
  const warned = (own: object) =>
    warningsFor({ ...sampleEnvironment(), name: 'shop', ...own } as never).filter((each) => each.includes('engine'));
  for (const engine of ['shards', 'aurora-dsql', 'citus', 'spanner']) expect(warned({ tier: 'tier6', database: { engine } })).toEqual([]);
  expect(warned({ tier: 'tier6' })).toEqual([]);
  expect(warned({ tier: 'tier5', database: { engine: 'alloydb' } })).toEqual([]);
  expect(warned({ tier: 'tier6', database: { engine: 'alloydb' } })).toEqual([
    "shop has database.engine alloydb, which has addresses of Google's network only, and pods of the clusters on AWS are told of its endpoint and do not reach it: requests that come to them answer without rows or fail. Join the networks by hand, or take an engine that every cluster on AWS reaches: shards, aurora-dsql, citus or spanner.",
  ]);
  expect(warned({ tier: 'tier5', promotion: { to: 'tier6', phase: 'expand' }, database: { engine: 'alloydb' } })).toHaveLength(1);
});

test('every engine stands somewhere, and tier 6 says its size', () => {
  const offers = tierOf('tier6', { database: { engine: 'spanner' } }).components.find(
    (each) => each.kind === 'distributed-database',
  )?.offers;
  expect(Object.keys(offers ?? {}).sort()).toEqual(Object.keys(enginePlaces).sort());
});
