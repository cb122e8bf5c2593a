import { gpuType, gpuTypes, gpuTypesFor, zonesSelling } from '../../../catalog/aws/gpu-types';

const frankfurt = ['euc1-az1', 'euc1-az2', 'euc1-az3'];
const ireland = ['euw1-az1', 'euw1-az2', 'euw1-az3'];

test('the cheapest types with enough GPU memory that the zones sell', () => {
  expect(
    gpuTypesFor(20, frankfurt)
      .slice(0, 4)
      .map(({ type }) => type),
  ).toEqual(['g6.xlarge', 'g6.2xlarge', 'g5.xlarge', 'g5.2xlarge']);
  expect(gpuTypesFor(20, ireland).map(({ type }) => type)).toEqual(['g5.xlarge', 'g5.2xlarge', 'g5.4xlarge']);
  expect(gpuTypesFor(80, ['use1-az1', 'use1-az2']).map(({ type }) => type)).toEqual(['p5.4xlarge', 'g7e.2xlarge', 'g7e.4xlarge']);
  expect(gpuTypesFor(80, frankfurt)).toEqual([]);
});

test('not every zone of a region sells every type', () => {
  expect(zonesSelling('g5.xlarge', ['usw2-az3', 'usw2-az4'])).toEqual(['usw2-az3']);
  expect(zonesSelling('g6e.xlarge', ['use1-az5', 'use1-az6'])).toEqual(['use1-az6']);
});

test('a type that is not sold is an error that names the nearest', () => {
  expect(() => gpuType('g6.xlarg')).toThrow(/g6\.xlarge/);
});

test('no zone is named twice, and every zone is an ID', () => {
  for (const { zones } of gpuTypes) {
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((zone) => !/^[a-z]+\d-az\d$/.test(zone))).toEqual([]);
  }
});
