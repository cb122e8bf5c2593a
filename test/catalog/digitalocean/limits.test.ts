import {
  backupHours,
  dropletHostLimits,
  loadBalancerLimits,
  postgresqlClusterLimits,
  spacesBucketLimits,
  usableConnections,
  valkeyConnections,
  valkeyNodeLimits,
  volumeLimits,
  type Limit,
} from '../../../catalog/digitalocean';

const all: Record<string, Record<string, Limit>> = {
  loadBalancerLimits,
  postgresqlClusterLimits,
  valkeyNodeLimits,
  spacesBucketLimits,
  volumeLimits,
  dropletHostLimits,
};

test('every limit has a positive value, a unit, a source and a date', () => {
  for (const limit of Object.values(all).flatMap((group) => Object.values(group))) {
    expect(limit.value).toBeGreaterThan(0);
    expect(limit.unit).not.toBe('');
    expect(limit.source).not.toBe('');
    expect(limit.asOf).toMatch(/^20\d\d(-\d\d){0,2}$/);
  }
});

test('the figures of the capacity table', () => {
  expect(loadBalancerLimits.requestsPerSecondPerNode.value).toBe(10_000);
  expect(loadBalancerLimits.newTlsPerSecondPerNode.value).toBe(250);
  expect(spacesBucketLimits.operationsPerSecondPerBucket.value).toBe(800);
  expect(volumeLimits.iops.value).toBe(7_500);
  expect(backupHours).toEqual([0, 4, 8, 12, 16, 20]);
});

test('the connection rule and its constants agree', () => {
  const { connectionsPerGib, reservedConnections, maximumConnections } = postgresqlClusterLimits;
  for (const memory of [1, 2, 4, 8, 16, 32, 64])
    expect(usableConnections(memory)).toBe(
      Math.min(connectionsPerGib.value * memory - reservedConnections.value, maximumConnections.value),
    );
});

test.each([
  [1, 10_000],
  [2, 10_000],
  [4, 16_384],
  [64, 262_144],
])('a Valkey node with %d GiB accepts %d connections', (memory, connections) => {
  expect(valkeyConnections(memory)).toBe(connections);
});
