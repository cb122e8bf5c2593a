import type { Plant } from '../../../analysis/capacity';
import { limitsOf } from '../../../analysis/capacity/limits';
import { instanceType } from '../../../catalog/aws';
import { dropletSize } from '../../../catalog/digitalocean';
import { gpuThroughputs } from '../../../catalog/models/gpu-throughput';
import { tier } from '../../../tiers';
import { report } from './support';

/** The GPU pool of tier 4 alone, on this size. */
function pool(size: string, count = 3): Plant {
  const four = tier('tier4');
  const { vcpus, memoryGib } = dropletSize(size);
  return {
    platform: 'digitalocean',
    tier: { ...four, components: four.components.filter(({ kind }) => kind === 'gpu-pool') },
    servers: { inference: { size, count, vcpus, memoryGib, dedicated: true, networkMbit: 10_000 } },
    managed: {},
    volumes: {},
    balancers: {},
  };
}

/** A size of DigitalOcean begins with what it is; the others are instance types of AWS. */
const cardsOf = (slug: string): number | undefined =>
  slug.startsWith('gpu-') ? dropletSize(slug).gpu?.count : instanceType(slug).gpu?.count;

test('every size with a throughput is sold, with one card', () =>
  expect(gpuThroughputs.map(({ slug }) => cardsOf(slug))).toEqual(gpuThroughputs.map(() => 1)));

test('three small cards carry the 10,000 users of tier 4, three L40S the 100,000 of tier 5', () => {
  // seeds.md, section 2: 347 and 3,472 tokens/s at the peak.
  const small = report(pool('gpu-4000adax1-20gb'), { users: 10_000 });
  expect([small.binding?.limit, small.carries, Math.round(small.headroom * 10) / 10]).toEqual(['tokens', true, 6.3]);
  expect(report(pool('gpu-l40sx1-48gb'), { users: 100_000 }).headroom).toBeCloseTo(1.81, 2);
});

test('more cards never carry less', () => {
  expect(report(pool('gpu-h100x1-80gb', 2), { users: 1000 }).headroom).toBeCloseTo(
    2 * report(pool('gpu-h100x1-80gb', 1), { users: 1000 }).headroom,
    6,
  );
});

test('CPUs that stand in for cards are counted as CPUs, and an API that answers bounds nothing', () => {
  const limits = (plant: Plant): readonly string[] =>
    limitsOf(plant).flatMap(({ limits: own }) => own.map(({ name, unit, capacity }) => `${name}: ${capacity ?? 'none'} ${unit}`));
  // At the peak 347 tokens/s, of which a dedicated vCPU writes 16 of a model of a billion parameters, and 2.1 of 7.62: 165 vCPU of 96.
  expect(limits(pool('c-32'))).toEqual(['vCPU: 96 vCPU']);
  expect(report(pool('c-32'), { users: 10_000 }).carries).toBe(false);
  expect(limits({ ...pool('c-32'), servers: {} })).toEqual([]);
});
