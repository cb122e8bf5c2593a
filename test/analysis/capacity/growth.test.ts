import fc from 'fast-check';
import { daysUntil, growthDates } from '../../../analysis/capacity/growth';
import { plantFor, report } from './support';

const seed = { seed: 20261121, numRuns: 100 };
const plant = plantFor('tier2');

test('the date of each limit, less the lead time, the first one first', () => {
  const [first, second] = growthDates(report(plant, { users: 100 }), 0.1, '2026-11-21');
  // ln(141 / 100) / ln(1.1) = 3.6 months of 30.4 days; two weeks before.
  expect(first).toEqual({ component: 'app', limit: 'vCPU', at: 141, date: '2027-03-10', beginBy: '2027-02-24' });
  expect(second?.at).toBeGreaterThan(141);
});

test('a load that does not grow reaches nothing, and one beyond a limit has reached it today', () => {
  expect(growthDates(report(plant, { users: 100 }), 0, '2026-11-21').every(({ date }) => date === undefined)).toBe(true);
  expect(growthDates(report(plant, { users: 200 }), -0.1, '2026-11-21')[0]).toMatchObject({ date: '2026-11-21', beginBy: '2026-11-21' });
});

test('faster growth is never later', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e4, noNaN: true }),
      fc.double({ min: 0.001, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (multiple, growth, more) => {
        expect(daysUntil(multiple, growth + more)).toBeLessThanOrEqual(daysUntil(multiple, growth) + 1e-6);
      },
    ),
    seed,
  );
});
