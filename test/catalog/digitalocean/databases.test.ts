import fc from 'fast-check';
import { databaseSize, databaseSizeFor, databaseSizeList, usableConnections, type DatabaseNeed } from '../../../catalog/digitalocean';

const seed = { seed: 20261121, numRuns: 300 };

test.each([
  [1, 22],
  [2, 47],
  [4, 97],
  [8, 197],
  [16, 397],
  [32, 797],
  [64, 997],
  [256, 997],
])('a primary with %d GiB leaves %d connections', (memoryGib, connections) => {
  expect(usableConnections(memoryGib)).toBe(connections);
});

test('the stated connections of every PostgreSQL size follow the rule', () => {
  for (const size of databaseSizeList('postgresql')) expect(size.usableConnections).toBe(usableConnections(size.memoryGib));
});

test.each<[string, DatabaseNeed]>([
  ['db-s-1vcpu-1gb', { memoryGib: 1 }],
  ['db-s-1vcpu-2gb', { memoryGib: 1, standby: true }],
  ['db-s-2vcpu-4gb', { memoryGib: 3 }],
  ['db-s-6vcpu-16gb', { memoryGib: 16 }],
  ['db-amd-8vcpu-32gb', { memoryGib: 32 }],
  ['db-s-8vcpu-32gb', { memoryGib: 32, engine: 'valkey' }],
  ['gd-32vcpu-128gb', { memoryGib: 100 }],
  ['gd-8vcpu-32gb', { memoryGib: 32, family: 'general-purpose' }],
])('%s is chosen for %j', (slug, asked) => {
  expect(databaseSizeFor(asked).slug).toBe(slug);
});

test('more memory never gives a smaller size', () => {
  const memory = fc.integer({ min: 1, max: 256 });
  fc.assert(
    fc.property(memory, memory, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(databaseSizeFor({ memoryGib: more }).memoryGib).toBeGreaterThanOrEqual(databaseSizeFor({ memoryGib: less }).memoryGib);
    }),
    seed,
  );
});

test('a standby is possible from 2 GiB on', () => {
  for (const engine of ['postgresql', 'valkey'] as const)
    for (const size of databaseSizeList(engine)) expect(size.standby).toBe(size.memoryGib >= 2);
});

test('errors propose what is allowed', () => {
  expect(() => databaseSize('db-s-2vcpu-8gb')).toThrow('is not a known DigitalOcean database size. Did you mean "db-s-2vcpu-4gb"?');
  expect(() => databaseSizeFor({ memoryGib: 512 })).toThrow(
    'No managed postgresql size has at least 1 vCPU, 512 GiB of memory. The largest is',
  );
});
