import { plantOf, type Plant } from '../../../analysis/capacity';
import { graphFromSynthesis, type CdkTfJson } from '../../../analysis/graph';
import type { Environment } from '../../../environments/schema';
import { tierOf } from '../../../tiers/choices';
import type { TierId } from '../../../tiers/tier';
import { builtTiers } from '../../support/built-tiers';
import { synthesized } from '../../support/project';
import { report, uses } from './support';

function plant(id: TierId, own: Partial<Environment> = {}) {
  const place = builtTiers.find((one) => one.platform === 'aws')?.place ?? {};
  const { servers, managed, volumes, balancers } = whole(id, { ...place, ...own });
  return { servers, managed, volumes, balancers };
}

/** The plant with its tier. */
function whole(id: TierId, own: Partial<Environment>): Plant {
  return plantOf(tierOf(id, own), graphFromSynthesis(synthesized({ tier: id, ...own }).recorded.json as CdkTfJson), 'aws');
}

test('tier 1: a burstable server and its volume', () => {
  expect(plant('tier1')).toEqual({
    servers: { app: { size: 't3a.medium', count: 1, vcpus: 2, memoryGib: 4, dedicated: false, networkMbit: 256 } },
    managed: {},
    volumes: { database: 10 },
    balancers: {},
  });
});

test('tier 3: a pair of database nodes that grows by itself, a cache, servers of both kinds', () => {
  const found = plant('tier3');
  expect(found.servers['inference']).toEqual({
    size: 'c6i.4xlarge',
    count: 1,
    vcpus: 16,
    memoryGib: 32,
    dedicated: true,
    networkMbit: 6248,
  });
  // 8 GiB / 9,531,392 bytes; the pool is what the tier lets its servers open together.
  expect(found.managed).toEqual({
    database: { size: 'db.t4g.large', nodes: 2, vcpus: 2, memoryGib: 8, usableConnections: 901, pools: [80] },
    cache: { size: 'cache.t4g.small', nodes: 1, vcpus: 2, memoryGib: 1.37, usableConnections: undefined, pools: [] },
  });
  expect([found.volumes, found.balancers]).toEqual([{ database: 1000 }, { 'load-balancer': 1 }]);
});

test('tier 4: a group between two numbers, replicas beside the writer, GPU servers by the type they are made for', () => {
  const { servers, managed } = plant('tier4');
  expect(servers['app']).toMatchObject({ count: 6, least: 3 });
  expect(servers['inference']).toMatchObject({ size: 'g6.xlarge', count: 3, dedicated: true });
  expect(servers['inference']).not.toHaveProperty('least');
  expect(managed['replicas']).toMatchObject({ nodes: 2, pools: [] });
  expect(managed['database']).toMatchObject({ nodes: 2 });
});

test('tier 5: nodes of both regions, cards by the pool that they serve, shards with CPUs of their own', () => {
  const { servers, managed, volumes } = plant('tier5', { regions: ['us-west-2'] });
  expect(servers['cluster']).toMatchObject({ size: 'm6i.xlarge', count: 20, least: 6, vcpus: 4 });
  // Of three cards two are at home; that each region may grow to three makes no more of them.
  expect(servers['inference']).toMatchObject({ size: 'g6e.xlarge', count: 3 });
  expect(managed['database']).toMatchObject({ size: 'db.m7g.2xlarge', nodes: 2, vcpus: 8 });
  expect(volumes['database']).toBe(4000);
});

test('tier 6: brokers with their disks, a cache in shards, and no machine where the database has none', () => {
  const { servers, managed, volumes } = plant('tier6', { regions: ['us-west-2'], database: { engine: 'aurora-dsql' } });
  expect(servers['inference']).toMatchObject({ size: 'p5.4xlarge', count: 7 });
  const cache = { size: 'cache.r7g.xlarge', nodes: 2, shards: 3, vcpus: 4, memoryGib: 26.32, usableConnections: undefined, pools: [] };
  expect(managed).toEqual({ cache });
  expect(volumes).toEqual({ events: 500 });
});

test('poolers in clusters take what stands there, whatever the pods; a database that takes its clients itself has none', () => {
  const poolers = (of: Plant): readonly string[] =>
    uses(report(of, { users: of.tier.dailyUsers })).filter((line) => line.includes('clients of the pooler'));
  const place = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2', 'eu-west-1'] } as const;
  const at = (id: TierId, own: Partial<Environment> = {}): readonly string[] =>
    poolers(whole(id, { ...place, regions: [...place.regions], ...own }));
  // Two clusters with two poolers each: 20 pods open 400 connections.
  expect(at('tier5')).toEqual(['app: clients of the pooler 833.3/4000 connections']);
  // 280 pods open 5,600: seven poolers in each of the two clusters at home. The one at Google has no way to the shards.
  expect(at('tier6')).toEqual(['app: clients of the pooler 8333/14000 connections']);
  // Those in the first cluster, for the pods of the second.
  expect(at('tier6', { database: { engine: 'citus' } })).toEqual(['app: clients of the pooler 4167/7000 connections']);
  for (const engine of ['aurora-dsql', 'alloydb', 'spanner'] as const)
    expect([engine, at('tier6', { database: { engine } })]).toEqual([engine, []]);
});
