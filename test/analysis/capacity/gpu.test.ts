import type { Plant } from '../../../analysis/capacity';
import { limitsOf } from '../../../analysis/capacity/limits';
import { instanceType } from '../../../catalog/aws';
import { dropletSize } from '../../../catalog/digitalocean';
import { model } from '../../../catalog/models';
import { gpuThroughputs } from '../../../catalog/models/gpu-throughput';
import { cardSlots } from '../../../catalog/models/slots';
import { storedTiers } from '../../../analysis/selection';
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

describe('slots of a card', () => {
  const seven = model('qwen2.5-7b-instruct-q4');

  test('are as many as have room in nine tenths of its memory beside the model, and 64 at most', () => {
    expect([4, 6, 16, 20, 24, 48, 80].map((gpuMemoryGb) => cardSlots(seven, gpuMemoryGb))).toEqual([0, 1, 39, 55, 64, 64, 64]);
    // 40 heads of keys make a slot of 3.1 GiB.
    expect([16, 48, 80].map((gpuMemoryGb) => cardSlots(model('llama-2-13b-chat-q4'), gpuMemoryGb))).toEqual([1, 10, 19]);
  });

  test('bound the tokens: no more than that many answers at the speed of one alone', () => {
    const slots = (size: string, gpuMemoryGb: number) => {
      const plant = pool(size, 1);
      const components = plant.tier.components.map((each) => (each.kind === 'gpu-pool' ? { ...each, gpuMemoryGb } : each));
      const limits = limitsOf({ ...plant, tier: { ...plant.tier, components } }).flatMap(({ limits: own }) => own);
      return limits.filter(({ unit }) => unit === 'tokens/s').map(({ name, capacity }) => [name, Math.round(capacity ?? 0)]);
    };
    // 64 x 3.82 GB / 4.683 GB = 52.2 tokens/s, 55 times.
    expect(slots('gpu-4000adax1-20gb', 20)).toEqual([
      ['tokens', 735],
      ['tokens of all slots', 2871],
    ]);
    expect(slots('gpu-l40sx1-48gb', 48)).toEqual([
      ['tokens', 2100],
      ['tokens of all slots', 5951],
    ]);
    expect(slots('gpu-h100x1-80gb', 80)).toEqual([
      ['tokens', 6299],
      ['tokens of all slots', 6943],
    ]);
    // With a card that the model nearly fills the slots bind.
    expect(slots('gpu-h100x1-80gb', 6)).toEqual([
      ['tokens', 6299],
      ['tokens of all slots', 108],
    ]);
  });

  test.each(['tier4', 'tier5', 'tier6'] as const)('of %s do not bind below what its cards are said to write', (id) => {
    const pools = storedTiers
      .filter((stored) => stored.tier.id === id)
      .flatMap(({ plant }) => limitsOf(plant).flatMap(({ limits: own }) => own))
      .filter(({ unit }) => unit === 'tokens/s');
    const of = (name: string) => pools.filter((each) => each.name === name).map(({ capacity }) => capacity ?? 0);
    expect(of('tokens').length).toBeGreaterThan(0);
    expect(of('tokens of all slots').map((capacity, index) => capacity >= (of('tokens')[index] ?? Infinity))).toEqual(
      of('tokens').map(() => true),
    );
  });
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
