import { awsPrices } from '../../../catalog/aws/prices';
import fc from 'fast-check';
import {
  awsEngineVersion,
  awsJurisdictionOf,
  awsRegion,
  awsRegions,
  awsRegionsIn,
  cacheClassFor,
  cacheClassList,
  databaseClassFor,
  databaseClassList,
  instanceTypeFor,
  instanceTypeList,
} from '../../../catalog/aws';

const seed = { seed: 20261121, numRuns: 200 };

describe('regions', () => {
  test('have zones of their own and networks that never overlap', () => {
    const networks = awsRegions().map(({ network }) => network);
    expect(new Set(networks).size).toBe(networks.length);
    for (const { slug, network, zones } of awsRegions()) {
      expect(network).toMatch(/^10\.\d+\.0\.0\/16$/);
      expect([slug, zones.length]).toEqual([slug, expect.any(Number)]);
      expect(zones.length).toBeGreaterThanOrEqual(3);
      expect(new Set(zones).size).toBe(zones.length);
    }
    expect(awsRegion('us-east-1').zones).not.toContain('use1-az3');
  });

  test('a slip is answered with the nearest', () =>
    expect(() => awsRegion('eu-centrl-1')).toThrow('"eu-centrl-1" is not a known AWS region. Did you mean "eu-central-1"?'));

  test('by law', () => {
    expect([awsRegionsIn('EU'), awsRegionsIn('US'), awsRegionsIn('CA')]).toEqual([
      ['eu-central-1', 'eu-west-1'],
      ['us-east-1', 'us-west-2'],
      [],
    ]);
    expect(awsJurisdictionOf('sa-east-1')).toBeUndefined();
  });
});

describe('instance types', () => {
  test.each([
    ['us-east-1', 2, 4, 't3a.medium'],
    ['us-east-1', 4, 8, 't3a.xlarge'],
    ['eu-central-1', 4, 8, 't3a.xlarge'],
    ['us-east-1', 16, 32, 'c6i.4xlarge'],
    ['us-east-1', 2, 16, 'r6i.large'],
  ])('%s, %i vCPU, %i GiB: %s', (region, vcpus, memoryGib, type) => expect(instanceTypeFor({ region, vcpus, memoryGib }).type).toBe(type));

  test('of one architecture only, and without a card unless asked', () => {
    const all = instanceTypeList().flatMap(({ vcpus, memoryGib }) =>
      instanceTypeFor({ region: 'us-east-1', vcpus: Math.min(vcpus, 64), memoryGib: Math.min(memoryGib, 256) }),
    );
    expect(new Set(all.map(({ architecture }) => architecture))).toEqual(new Set(['amd64']));
    expect(all.some(({ gpu }) => gpu !== undefined)).toBe(false);
    expect(instanceTypeFor({ region: 'us-east-1', vcpus: 2, memoryGib: 4, architecture: 'arm64' }).type).toBe('t4g.medium');
  });

  test('more is never cheaper', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...awsRegions().map(({ slug }) => slug)),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 1, max: 128 }),
        fc.boolean(),
        (region, vcpus, memoryGib, larger) => {
          const [one, other] = [
            instanceTypeFor({ region, vcpus, memoryGib }),
            instanceTypeFor({ region, vcpus: larger ? vcpus + 1 : vcpus, memoryGib: larger ? memoryGib : memoryGib + 1 }),
          ];
          expect(other.monthlyUsdRounded).toBeGreaterThanOrEqual(one.monthlyUsdRounded);
          expect(one.vcpus >= vcpus && one.memoryGib >= memoryGib && one.regions.includes(region)).toBe(true);
        },
      ),
      seed,
    );
  });

  test('what nobody sells says what the largest is', () => {
    expect(() => instanceTypeFor({ region: 'us-east-1', vcpus: 500, memoryGib: 1 })).toThrow(
      'No EC2 instance type seen in us-east-1 has at least 500 vCPU, 1 GiB of memory. The largest is r7i.16xlarge.',
    );
  });
});

test('database and cache nodes: the cheapest that has the memory', () => {
  expect([1, 2, 8, 16, 100].map((gib) => databaseClassFor(gib, 'sa-east-1').class)).toEqual([
    'db.t4g.micro',
    'db.t4g.small',
    'db.t4g.large',
    'db.r7g.large',
    'db.r7g.4xlarge',
  ]);
  // With vCPUs of its own: neither a burstable class nor the two vCPUs of the cheapest with this much memory.
  expect([databaseClassFor(16, 'us-east-1', 4).class, databaseClassFor(1, 'us-east-1', 2).class]).toEqual([
    'db.m7g.xlarge',
    'db.m7g.large',
  ]);
  expect(() => databaseClassFor(16, 'us-east-1', 100)).toThrow(
    'No RDS instance class seen in us-east-1 with 100 vCPU of its own has at least 16 GiB of memory.',
  );
  expect(() => databaseClassFor(8, 'eu-north-1')).toThrow('No RDS instance class seen in eu-north-1 has at least 8 GiB of memory.');
  expect([0.5, 1, 3, 13, 50].map((gib) => cacheClassFor(gib, 'sa-east-1').class)).toEqual([
    'cache.t4g.micro',
    'cache.t4g.small',
    'cache.t4g.medium',
    'cache.r7g.large',
    'cache.r7g.2xlarge',
  ]);
  for (const list of [databaseClassList(), cacheClassList()])
    expect(list.every(({ memoryGib, vcpus }) => memoryGib > 0 && vcpus > 0)).toBe(true);
});

test('cache nodes are sold where their list prices say so, and refused elsewhere', () => {
  const listed = (type: string): readonly string[] =>
    awsPrices
      .flatMap(({ rows }) => rows)
      .flatMap(([service, sku, region]) => (service === 'elasticache' && sku === `${type}/valkey` ? [region] : []))
      .sort();
  for (const { class: type, regions } of cacheClassList()) expect([type, ...regions]).toEqual([type, ...listed(type)]);
  expect(() => cacheClassFor(13, 'eu-north-1')).toThrow('No ElastiCache node type seen in eu-north-1 has at least 13 GiB of memory.');
  expect(() => cacheClassFor(500, 'eu-west-1')).toThrow(
    'No ElastiCache node type seen in eu-west-1 has at least 500 GiB of memory. The largest is cache.r7g.4xlarge.',
  );
});

test('engines', () => {
  expect(awsEngineVersion('postgresql', '17')).toMatchObject({ engineVersion: '17', family: 'postgres17', isDefault: true });
  expect(awsEngineVersion('valkey', '8')).toMatchObject({ engineVersion: '8.0', family: 'valkey8' });
  expect(() => awsEngineVersion('valkey', '9')).toThrow('"9" is not a known valkey version on AWS. Allowed: 7, 8.');
});
