import fc from 'fast-check';
import { fitLoad } from '../../../analysis/capacity/fit';
import { parseMetrics } from '../../../analysis/capacity/metrics';
import { renderError, TerraceError } from '../../../values/errors';

const seed = { seed: 20261121, numRuns: 50 };
const monthDays = 365 / 12;

/** A CSV of one value a day, growing steadily from a number of users; `bend` changes a day's value or leaves it out. */
function series(
  days: number,
  first: number,
  growthPerMonth: number,
  bend: (value: number, day: number) => number | undefined = (value) => value,
): string {
  const rows = Array.from({ length: days }, (_, day) => ({ day, value: bend(first * (1 + growthPerMonth) ** (day / monthDays), day) }));
  return [
    'time,metric,value',
    ...rows.flatMap(({ day, value }) =>
      value === undefined ? [] : [`${new Date(Date.UTC(2026, 0, 1 + day)).toISOString()},daily_users,${value}`],
    ),
    '',
  ].join('\n');
}

function fit(csv: string) {
  return fitLoad(parseMetrics(csv));
}

function complaint(csv: string): readonly string[] {
  try {
    fit(csv);
  } catch (error) {
    return (error instanceof TerraceError ? renderError(error) : String(error)).split('\n');
  }
  return ['it is fine'];
}

describe('growth from measurements', () => {
  test('of a steady series is exact', () => {
    expect(fit(series(120, 100, 0.1))).toEqual({
      basis: 'daily',
      users: 145,
      growthPerMonth: { low: 0.1, typical: 0.1, high: 0.1 },
      lastDay: '2026-04-30',
      days: 120,
      outliers: 0,
    });
  });

  test('hardly moves by gaps, outliers and days that counted double', () => {
    const bent = fit(
      series(180, 1000, 0.08, (value, day) =>
        day % 11 === 0 ? value * 20 : day % 13 === 0 ? value / 50 : day > 60 && day < 90 ? undefined : value * (1 + 0.03 * Math.sin(day)),
      ),
    );
    expect(bent.growthPerMonth.typical).toBeCloseTo(0.08, 2);
    expect(bent.growthPerMonth.low).toBeLessThan(bent.growthPerMonth.typical);
    expect(bent.growthPerMonth.high).toBeGreaterThan(bent.growthPerMonth.typical);
    expect(bent.outliers).toBeGreaterThan(15);
  });

  test('the interval holds the growth that made the series', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 200 }),
        fc.double({ min: -0.2, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (days, growth, phase) => {
          const {
            growthPerMonth: { low, typical, high },
          } = fit(series(days, 1000, growth, (value, day) => value * (1 + 0.05 * Math.sin(day * 1.7 + phase))));
          expect(low).toBeLessThanOrEqual(typical);
          expect(high).toBeGreaterThanOrEqual(typical);
          expect(Math.abs(typical - growth)).toBeLessThan(0.03);
        },
      ),
      seed,
    );
  });

  test('the metric with most days counts, whatever the order of rows', () => {
    const rows = [
      ...series(30, 10, 0).trim().split('\n').slice(1),
      ...Array.from({ length: 40 }, (_, day) => `2026-03-${String((day % 31) + 1).padStart(2, '0')}T00:00:00Z,total_users,500`),
    ];
    expect(fit(['time,metric,value', ...rows.reverse()].join('\n')).basis).toBe('total');
  });

  test('ten years of days are thinned, not refused', () => expect(fit(series(3650, 10, 0.02)).growthPerMonth.typical).toBe(0.02));
});

describe('what is no export', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'another order of columns',
      'metric,time,value\n',
      ['  line 1  The header is "metric,time,value". Allowed: time,metric,value. The columns are in another order.'],
    ],
    ['no header', '2026-01-01,daily_users,1\n', ['  line 1  The header is "2026-01-01,daily_users,1". Allowed: time,metric,value.']],
    ['no rows', 'time,metric,value\n', ['  line 2  The file has no rows.']],
    ['too few days', 'time,metric,value\n2026-01-01,daily_users,1\n', ['  file  The longest metric covers 1 days. Allowed: at least 7.']],
    [
      'many faults at once',
      'time,metric,value\nyesterday,daily_users,1\n2026-01-01,dayly_users,1\n2026-01-01,daily_users,NaN\n2026-01-01,daily_users,-5\n2026-01-01,daily_users\n',
      [
        '  line 2  "yesterday" is no time. Allowed: ISO 8601, like 2026-11-21 or 2026-11-21T15:00:00Z.',
        '  line 3  "dayly_users" is no metric of a load. Allowed: daily_users, total_users, concurrent_users. Did you mean daily_users?',
        '  line 4  "NaN" is no number of users. Allowed: a number above 0; leave out what was not measured.',
        '  line 5  "-5" is no number of users. Allowed: a number above 0; leave out what was not measured.',
        '  line 6  The row has 2 cells. Allowed: 3, time,metric,value.',
      ],
    ],
    [
      'mixed time zones',
      'time,metric,value\n2026-01-01T00:00:00Z,daily_users,1\n2026-01-02T00:00:00+02:00,daily_users,1\n',
      ['  line 3  The time has time zone +02:00, that of line 2 has time zone Z. Allowed: one form for all, best UTC.'],
    ],
  ])('%s', (_title, csv, problems) => expect(complaint(csv)).toEqual(['The metrics cannot be used:', ...problems]));

  test('a thousand faults are not a thousand lines', () => {
    const lines = complaint(['time,metric,value', ...Array.from({ length: 1000 }, () => 'x,y,z')].join('\n'));
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  file  and 2980 more');
  });
});
