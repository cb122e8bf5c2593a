import { placedTier, placementProblems } from '../../stacks/placement';
import { tierProblems } from '../../stacks/problems';
import { synthesize } from '../../stacks/synthesize';
import { tier } from '../../tiers';
import { sampleEnvironment } from '../support/environments';
import { scratch } from '../support/scratch';

const onAws = {
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2', 'eu-west-1'],
  tier: 'tier6',
  namePrefix: 'co',
  load: { dailyUsers: 1_000_000 },
  gpu: { spot: false, otherwise: 'api' },
} as const;

test('a tier over two clouds is the same whether the file says so or leaves it to the tier', () => {
  expect(placedTier({ platform: 'aws', placements: { cluster: ['google', 'aws'] } }, tier('tier6'))).toEqual(tier('tier6'));
  expect(tierProblems(sampleEnvironment({ ...onAws, placements: { cluster: ['google', 'aws'] } }), tier('tier6'))).toEqual([]);
});

test('a cluster that the file keeps on AWS has all its regions there, and the tier no layer in a second cloud', () => {
  const kept = synthesize(sampleEnvironment({ ...onAws, placements: { cluster: ['aws'] } }), {
    project: scratch('placement'),
    recordedOnly: true,
  }).recorded;
  expect(kept.layers.map(({ id }) => id)).toEqual(['tier6-workloads']);
  expect(Object.keys((kept.json['resource'] as Record<string, object>)['aws_eks_cluster'] ?? {})).toEqual([
    'cluster_g1',
    'cluster_g1_eu_west_1',
    'cluster_g1_us_west_2',
  ]);
});

test('every component that cannot stand where it is placed is named at once, with where it can', () => {
  const placements = {
    database: ['google'],
    edge: ['digitalocean'],
    frontend: ['digitalocean'],
    cluster: ['google'],
    cache: ['aws', 'google'],
  } as const;
  expect(
    placementProblems({ platform: 'aws', placements }, tier('tier6'))
      .map(({ code, message }) => `${code} ${message}`)
      .sort(),
  ).toEqual([
    'PLATFORM_COMPONENT_MISSING component cache is not built on google as tier6 has it. Built on aws: cache.',
    'PLATFORM_COMPONENT_MISSING component edge-compute is not built on digitalocean as tier6 has it. Built on aws: edge-compute.',
    'PLATFORM_PLACEMENT cluster is placed on google, where it cannot stand beside the rest of tier6. Allowed: aws alone, or aws and google together. Change platform.cluster, or take it out.',
    // An engine of Google's is chosen by its name, not by a place.
    'PLATFORM_PLACEMENT database is placed on google, where it cannot stand beside the rest of tier6. Allowed: aws alone. Change platform.database, or take it out.',
    'PLATFORM_PLACEMENT frontend is placed on digitalocean, where it cannot stand beside the rest of tier6. Allowed: aws alone. Change platform.frontend, or take it out.',
  ]);
});

test('the home and the placements are judged together', () => {
  const problems = tierProblems(
    sampleEnvironment({ platform: 'digitalocean', region: 'tor1', regions: ['ams3'], placements: { cache: ['google'] } }),
    tier('tier6'),
  );
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('Built on aws: kubernetes-cluster, distributed-database, cache'),
    expect.stringContaining('cache is not built on google as tier6 has it.'),
  ]);
});

test('a component that another tier has changes nothing at this one', () => {
  expect(tierProblems(sampleEnvironment({ placements: { cluster: ['google'] } }), tier('tier1'))).toEqual([]);
});

test('where a place makes every tier impossible, no other platform is praised', () => {
  const sample = sampleEnvironment({ platform: 'aws', region: 'us-east-1', tier: 'tier1', placements: { app: ['google'] } });
  expect(() => synthesize(sample, { project: scratch('placement') })).toThrow(
    'Environment sample is at tier1, which cannot be built on aws. No other tier can be either, until this is put right.',
  );
});
