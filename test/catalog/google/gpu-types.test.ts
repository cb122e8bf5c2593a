import { googleGpuType, googleGpuTypes, googleGpuTypesFor, zonesSellingAt } from '../../../catalog/google/gpu-types';

const named = (rows: readonly { readonly type: string }[]): readonly string[] => rows.map(({ type }) => type);

test('the cheapest types with enough GPU memory that a region sells, spot ones only where they will do', () => {
  expect(named(googleGpuTypesFor(80, 'us-east4', false))).toEqual(['a2-ultragpu-1g']);
  expect(named(googleGpuTypesFor(80, 'us-east4', true))).toEqual(['a2-ultragpu-1g', 'a3-highgpu-1g']);
  expect(named(googleGpuTypesFor(20, 'europe-west3', false))).toEqual([
    'g2-standard-4',
    'g2-standard-8',
    'g2-standard-12',
    'g2-standard-16',
  ]);
  expect(googleGpuTypesFor(80, 'europe-west3', false)).toEqual([]);
});

test('not every zone of a region sells every type', () => {
  expect(zonesSellingAt('a2-ultragpu-1g', 'us-east4')).toEqual(['us-east4-c']);
  expect(zonesSellingAt('g2-standard-4', 'us-east4')).toEqual(['us-east4-a', 'us-east4-c']);
  expect(zonesSellingAt('g2-standard-4', 'us-east5')).toEqual([]);
});

test('a type that is not sold is an error that names the nearest', () => {
  expect(() => googleGpuType('a2-ultragpu-1')).toThrow(/a2-ultragpu-1g/);
});

test('no zone is named twice, and every zone is one of a region', () => {
  for (const { zones } of googleGpuTypes) {
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((zone) => !/^[a-z]+-[a-z]+\d-[a-f]$/.test(zone))).toEqual([]);
  }
});
