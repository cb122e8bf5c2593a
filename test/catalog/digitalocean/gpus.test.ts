import { dropletSizeList, gpuRegionsOf, gpuSoldIn, regions } from '../../../catalog/digitalocean';

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
