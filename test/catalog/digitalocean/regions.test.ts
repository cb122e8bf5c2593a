import { openRegions, region, regions, spacesRegionFor, spacesRegions } from '../../../catalog/digitalocean';

test('there are 18 regions, 12 of them open to new environments', () => {
  expect(regions()).toHaveLength(18);
  expect(openRegions().map((row) => row.slug)).toEqual([
    'ams3',
    'atl1',
    'blr1',
    'fra1',
    'lon1',
    'nyc1',
    'nyc3',
    'ric1',
    'sfo3',
    'sgp1',
    'syd1',
    'tor1',
  ]);
});

test('Spaces regions are those the provider accepts', () => {
  expect(spacesRegions()).toEqual(['ams3', 'atl1', 'blr1', 'fra1', 'lon1', 'nyc3', 'sfo2', 'sfo3', 'sgp1', 'syd1', 'tor1']);
});

test('every region has a Spaces region to use, its own where it has one', () => {
  for (const row of regions()) expect(spacesRegions()).toContain(spacesRegionFor(row.slug));
  for (const slug of spacesRegions()) expect(spacesRegionFor(slug)).toBe(slug);
  expect(spacesRegionFor('nyc1')).toBe('nyc3');
});

test('an open region sells every database engine that tiers use', () => {
  for (const row of openRegions()) expect(row.databaseEngines).toEqual(['postgresql', 'valkey', 'kafka']);
});

test('an unknown region is answered with the nearest one', () => {
  expect(() => region('fra2')).toThrow('"fra2" is not a known DigitalOcean region. Did you mean "fra1"?');
});
