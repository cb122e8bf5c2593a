import {
  dropletSize,
  dropletSizeList,
  gpuOffers,
  gpuPlaces,
  gpuRegionsOf,
  gpuRegionsRead,
  gpuSoldIn,
  inOrder,
  podNetworks,
  regions,
} from '../../../catalog/digitalocean';
import { rangesOverlap } from '../../../values/address-range';

test.each([
  ['gpu-h100x1-80gb', 'tor1', 'sold'],
  ['gpu-h100x1-80gb', 'fra1', 'not sold'],
  ['gpu-4000adax1-20gb', 'tor1', 'not sold'],
  ['gpu-mi300x8-1536gb', 'ams3', 'unknown'],
  ['s-2vcpu-4gb', 'fra1', 'sold'],
])('%s in %s: %s', (size, region, answer) => {
  expect(gpuSoldIn(size, region)).toBe(answer);
});

test('what is known has a source and a date', () => {
  expect(gpuRegionsOf('gpu-h200x1-141gb')).toEqual({
    slug: 'gpu-h200x1-141gb',
    regions: ['atl1', 'nyc2'],
    source: 'DigitalOcean GPU droplets page',
    asOf: '2025-11-20',
  });
});

test('every region and size of the map exists', () => {
  const slugs = regions().map((row) => row.slug);
  for (const size of dropletSizeList('gpu')) expect(slugs).toEqual(expect.arrayContaining([...(gpuRegionsOf(size.slug)?.regions ?? [])]));
});

test('an unknown size or region is an error', () => {
  expect(() => gpuSoldIn('gpu-h100x2-160gb', 'tor1')).toThrow('not a known DigitalOcean droplet size');
  expect(() => gpuSoldIn('gpu-h100x1-80gb', 'par1')).toThrow('not a known DigitalOcean region');
});

describe('what will do in a region', () => {
  const slugs = (need: Parameters<typeof gpuOffers>[0]) => gpuOffers(need).map(({ size, availability }) => `${size.slug} ${availability}`);

  test('sizes that were seen on sale there, cheapest first', () => {
    expect(slugs({ gpuMemoryGb: 20, region: 'tor1' })).toEqual(['gpu-6000adax1-48gb sold', 'gpu-l40sx1-48gb sold', 'gpu-h100x1-80gb sold']);
    expect(slugs({ gpuMemoryGb: 20, region: 'ams3' })).toEqual(['gpu-mi300x1-192gb sold', 'gpu-h100x1-80gb sold']);
    expect(slugs({ gpuMemoryGb: 20, region: 'ams3', vendor: 'nvidia' })).toEqual(['gpu-h100x1-80gb sold']);
    expect(slugs({ gpuMemoryGb: 20, region: 'fra1' })).toEqual([]);
  });

  test('what no source places is taken only when it is named, or as the last of what spot leaves', () => {
    expect(slugs({ gpuMemoryGb: 20, region: 'fra1', spot: true })[0]).toBe('gpu-mi350x1-288gb-spot unknown');
    expect(slugs({ gpuMemoryGb: 20, region: 'tor1', spot: true }).slice(0, 4)).toEqual([
      'gpu-6000adax1-48gb sold',
      'gpu-l40sx1-48gb sold',
      'gpu-h100x1-80gb sold',
      'gpu-mi350x1-288gb-spot unknown',
    ]);
    expect(slugs({ gpuMemoryGb: 20, region: 'tor1', sizes: ['gpu-h100x1-80gb', 'gpu-l40sx1-48gb'] })).toEqual([
      'gpu-h100x1-80gb sold',
      'gpu-l40sx1-48gb sold',
    ]);
  });

  test('where spot is wanted, a spot size that is named comes first, and where it is not, it is none', () => {
    const named = { gpuMemoryGb: 20, region: 'tor1', sizes: ['gpu-6000adax1-48gb', 'gpu-b300x1-288gb-spot'] };
    expect(slugs({ ...named, spot: true })).toEqual(['gpu-b300x1-288gb-spot unknown', 'gpu-6000adax1-48gb sold']);
    expect(slugs(named)).toEqual(['gpu-6000adax1-48gb sold']);
  });

  test('a spot size that is known to be sold comes before every other', () => {
    const offer = (slug: string, availability: 'sold' | 'unknown') => ({ size: dropletSize(slug), availability, seen: undefined });
    const offers = [
      offer('gpu-6000adax1-48gb', 'sold'),
      offer('gpu-mi300x8-1536gb', 'unknown'),
      offer('gpu-mi350x1-288gb-spot', 'unknown'),
      offer('gpu-b300x1-288gb-spot', 'sold'),
    ];
    const order = (named: boolean) => inOrder(offers, named).map(({ size }) => size.slug);
    expect(order(false)).toEqual(['gpu-b300x1-288gb-spot', 'gpu-6000adax1-48gb', 'gpu-mi350x1-288gb-spot']);
    expect(order(true)).toEqual(['gpu-b300x1-288gb-spot', 'gpu-mi350x1-288gb-spot', 'gpu-6000adax1-48gb', 'gpu-mi300x8-1536gb']);
    expect(gpuRegionsRead).toEqual({ asOf: '2026-09-03' });
  });

  test('places for whoever has to choose another are open regions only', () => {
    expect(gpuPlaces(48).map(({ slug }) => slug)).not.toContain('gpu-4000adax1-20gb');
    expect(gpuPlaces(200).every(({ regions: where }) => where.length > 0)).toBe(true);
  });
});

test('networks of clusters overlap neither with those of another region nor with those that DigitalOcean gives VPCs', () => {
  expect([podNetworks('ams3'), podNetworks('tor1')]).toEqual([
    { pods: '172.20.64.0/18', services: '172.29.32.0/19' },
    { pods: '172.24.64.0/18', services: '172.31.32.0/19' },
  ]);
  const ranges = regions().flatMap(({ slug }) => Object.values(podNetworks(slug)) as string[]);
  expect(ranges).toHaveLength(2 * regions().length);
  const pairs = ranges.flatMap((one, index) => ranges.slice(index + 1).map((other) => [one, other] as const));
  expect(pairs.filter(([one, other]) => rangesOverlap(one, other))).toEqual([]);
  expect(ranges.filter((range) => !rangesOverlap(range, '172.16.0.0/12'))).toEqual([]);
  expect(() => podNetworks('fra9')).toThrow('fra9 has no place in catalog/digitalocean/kubernetes.ts');
});
