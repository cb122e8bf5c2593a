import fc from 'fast-check';
import { calibrate, fitRates, predict, type Measurement } from '../../../analysis/capacity/calibration';

const seed = { seed: 20261121, numRuns: 50 };
const grid = [1, 2, 4, 8, 16].flatMap((connections) => [1, 2].map((cores) => ({ cores, connections })));

function measured(
  rates: { perConnection: number; perCore: number },
  bent: (value: number, index: number) => number = (value) => value,
): readonly Measurement[] {
  return grid.map((at, index) => ({ subject: 'x', ...at, perSecond: bent(predict(rates, at.connections, at.cores), index) }));
}

test('few connections ask for what they ask, many fill the cores, and more never do less', () => {
  const rates = { perConnection: 100, perCore: 1000 };
  expect(predict(rates, 1, 4)).toBeCloseTo(100, 1);
  expect(predict(rates, 10_000, 4)).toBeCloseTo(4000, 0);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 32 }), (few, more, cores) => {
      expect(predict(rates, few + more, cores)).toBeGreaterThanOrEqual(predict(rates, few, cores) * (1 - 1e-12));
    }),
    seed,
  );
});

test('the constants that made measurements are found again from half of them', () => {
  fc.assert(
    fc.property(fc.double({ min: 10, max: 5000, noNaN: true }), fc.double({ min: 1.5, max: 8, noNaN: true }), (perConnection, times) => {
      const rates = { perConnection, perCore: perConnection * times };
      const { rates: found, predictions, holds } = calibrate(measured(rates));
      expect(found.perConnection / rates.perConnection).toBeCloseTo(1, 2);
      expect(found.perCore / rates.perCore).toBeCloseTo(1, 2);
      expect(predictions).toHaveLength(5);
      expect(holds).toBe(true);
    }),
    seed,
  );
});

test('where the other half is something else, it says so', () => {
  const { holds, predictions } = calibrate(
    measured({ perConnection: 100, perCore: 300 }, (value, index) => (index >= 5 ? value / 2 : value)),
  );
  expect(holds).toBe(false);
  expect(predictions.every(({ error }) => Math.abs(error - 1) < 0.05)).toBe(true);
});

test('noise of a tenth moves the constants by little', () => {
  const rates = fitRates(measured({ perConnection: 200, perCore: 900 }, (value, index) => value * (index % 2 === 0 ? 1.1 : 0.9)));
  expect(rates.perConnection / 200).toBeGreaterThan(0.85);
  expect(rates.perCore / 900).toBeLessThan(1.15);
});
