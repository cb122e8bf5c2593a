import fc from 'fast-check';
import { dropletSize, dropletSizeFor, dropletSizeList, memoryDropletSizeFor, type DropletNeed } from '../../../catalog/digitalocean';

const seed = { seed: 20261121, numRuns: 300 };
const need = fc.record({ vcpus: fc.integer({ min: 1, max: 8 }), memoryGib: fc.integer({ min: 1, max: 16 }) });

test('a size carries what the API said on its day', () => {
  expect(dropletSize('s-2vcpu-4gb')).toEqual({
    slug: 's-2vcpu-4gb',
    family: 'basic',
    vcpus: 2,
    memoryGib: 4,
    diskGib: 80,
    monthlyUsdRounded: 24,
    transfer: { tb: 4, source: expect.stringContaining('Bandwidth Billing') },
    gpu: undefined,
    source: expect.stringContaining('GET /v2/sizes'),
    asOf: '2026-08-21',
  });
});

test('the list has the 182 sizes of the dump, 7 of them regular shared ones', () => {
  expect(dropletSizeList()).toHaveLength(182);
  expect(dropletSizeList('basic').map((size) => size.slug)).toEqual([
    's-1vcpu-1gb',
    's-1vcpu-2gb',
    's-1vcpu-512mb-10gb',
    's-2vcpu-2gb',
    's-2vcpu-4gb',
    's-4vcpu-8gb',
    's-8vcpu-16gb',
  ]);
});

test.each<[string, DropletNeed]>([
  ['s-2vcpu-4gb', { vcpus: 2, memoryGib: 4 }],
  ['s-4vcpu-8gb', { memoryGib: 8 }],
  ['s-8vcpu-16gb', { vcpus: 4, memoryGib: 16 }],
  ['s-1vcpu-512mb-10gb', { memoryGib: 0.5 }],
  ['s-4vcpu-8gb', { vcpus: 2, memoryGib: 4, diskGib: 100 }],
  ['g-8vcpu-32gb', { vcpus: 8, memoryGib: 32, family: 'general-purpose' }],
  ['gpu-4000adax1-20gb', { memoryGib: 16, family: 'gpu' }],
])('%s is chosen for %j', (slug, asked) => {
  expect(dropletSizeFor(asked).slug).toBe(slug);
});

test('the memory-optimized line answers for much memory', () => {
  expect(memoryDropletSizeFor({ vcpus: 4, memoryGib: 32 }).slug).toBe('m-4vcpu-32gb');
});

test('the chosen size is the cheapest that fits', () => {
  fc.assert(
    fc.property(need, (asked) => {
      const chosen = dropletSizeFor(asked);
      const fitting = dropletSizeList('basic').filter((size) => size.vcpus >= asked.vcpus && size.memoryGib >= asked.memoryGib);
      expect(fitting).toContain(chosen);
      expect(chosen.monthlyUsdRounded).toBe(Math.min(...fitting.map((size) => size.monthlyUsdRounded)));
    }),
    seed,
  );
});

test('more need never gives a cheaper size', () => {
  fc.assert(
    fc.property(need, need, (a, b) => {
      const more = { vcpus: Math.max(a.vcpus, b.vcpus), memoryGib: Math.max(a.memoryGib, b.memoryGib) };
      expect(dropletSizeFor(more).monthlyUsdRounded).toBeGreaterThanOrEqual(dropletSizeFor(a).monthlyUsdRounded);
    }),
    seed,
  );
});

test('an unknown slug is answered with the nearest one', () => {
  expect(() => dropletSize('s-2vcpu-4gib')).toThrow('"s-2vcpu-4gib" is not a known DigitalOcean droplet size. Did you mean "s-2vcpu-4gb"?');
});

test('a need beyond the line names the largest size', () => {
  expect(() => dropletSizeFor({ memoryGib: 32 })).toThrow(
    'No basic droplet has at least 1 vCPU, 32 GiB of memory. The largest is s-8vcpu-16gb. Ask for less, split the load, or name another family.',
  );
});

test('every GPU size says how many cards it has', () => {
  expect(dropletSize('gpu-h100x8-640gb').gpu).toEqual({ count: 8, memoryGib: 640 });
  for (const size of dropletSizeList()) expect(size.gpu !== undefined).toBe(size.slug.startsWith('gpu-'));
});
