import * as fc from 'fast-check';
import { billedHours, beyond, oldest, percentOf, sum, toCents, weakest } from '../../../analysis/pricing/arithmetic';
import { decimal } from '../../../analysis/pricing/decimal';
import { steppedCost } from './support';

const seed = { seed: 20261121 };

test.each([
  ['0.005', '0.01'],
  ['0.0049999', '0.00'],
  ['1.005', '1.01'],
  ['2.675', '2.68'],
  ['48', '48.00'],
  ['0', '0.00'],
])('%s is %s', (exact, cents) => {
  expect(toCents(decimal(exact)).toFixed(2)).toBe(cents);
});

test('sums are exact: ten million times a tenth of a cent', () => {
  expect(sum([decimal('0.1'), decimal('0.2')]).toFixed()).toBe('0.3');
  expect(decimal('0.0000185').times(decimal('123456789012345678')).toFixed()).toBe('2283950596728.395043');
});

test('a percentage', () => expect(percentOf(decimal(20), decimal(48)).toFixed()).toBe('9.6'));

test('CPU droplets are capped at 672 hours, everything else runs 730', () => {
  expect([billedHours('digitalocean', 'droplet'), billedHours('digitalocean', 'gpu-droplet'), billedHours('aws', 'droplet')]).toEqual([
    672, 730, 730,
  ]);
});

describe('steps of a price', () => {
  const steps = [
    { from: decimal(0), price: decimal('0.09') },
    { from: decimal(10), price: decimal('0.085') },
    { from: decimal(50), price: decimal('0.07') },
  ];

  test.each([
    [0, '0'],
    [10, '0.9'],
    [11, '0.985'],
    [50, '4.3'],
    [60, '5'],
  ])('%p costs %s', (quantity, cost) => expect(steppedCost(decimal(quantity), steps).toFixed()).toBe(cost));

  test('are continuous at their boundaries and never fall', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 1, max: 1000 }), (whole, parts) => {
        const part = decimal(parts).div(1024);
        const [at, above] = [steppedCost(decimal(whole), steps), steppedCost(decimal(whole).plus(part), steps)];
        expect(above.gte(at) && above.minus(at).lte(part.times('0.09'))).toBe(true);
      }),
      seed,
    );
  });
});

test('an allowance never makes a quantity negative', () => {
  expect([beyond(decimal(5), decimal(3)), beyond(decimal(3), decimal(5))].map((one) => one.toFixed())).toEqual(['2', '0']);
});

test('what rests on several prices is as weak as the weakest and as old as the oldest', () => {
  expect([weakest([]), weakest(['verified', 'computed']), weakest(['recalled', 'verified'])]).toEqual(['verified', 'computed', 'recalled']);
  expect([oldest([]), oldest(['2026-01-01', '2025-12-31']), oldest(['2025-06-01', '2025'])]).toEqual([undefined, '2025-12-31', '2025']);
});
