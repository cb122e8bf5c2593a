import { compare, median, pairedRatio, spread, type Contestant, type Sample } from '../../bench/measure';
import { memoryRow, report, table, timeRow, figureRow } from '../../bench/report';

const sample = (cpu: number, wall = cpu): Sample => ({ cpu, wall });

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (figures, expected) => {
  expect(median(figures)).toBe(expected);
});

test('figures are spread between the smallest and the largest', () => {
  expect(spread([5, 1, 30])).toEqual({ min: 1, median: 5, max: 30 });
});

test('a disturbance that meets both figures of a pair leaves the ratio alone', () => {
  expect(pairedRatio([12, 120, 12], [10, 100, 10])).toBe(1.2);
});

/** Takes 1 ms in its first run, 2 ms in its second, and so on, and writes down when it ran. */
function counting(name: string, log: string[], repeats?: number): Contestant {
  let runs = 0;
  const run = (): Sample => {
    runs += 1;
    log.push(name);
    return sample(runs);
  };
  return repeats === undefined ? { run } : { run, repeats };
}

test('both run in turns, the first of a round changes, and warm-up rounds do not count', () => {
  const log: string[] = [];
  const { ours, floor } = compare(counting('ours', log), counting('floor', log), { warmUp: 1, counted: 2 });
  expect(log).toEqual(['ours', 'floor', 'floor', 'ours', 'ours', 'floor']);
  expect([ours, floor]).toEqual([
    [sample(2), sample(3)],
    [sample(2), sample(3)],
  ]);
});

test('the mean of the runs of a round counts', () => {
  expect(compare(counting('ours', []), counting('floor', [], 4), { warmUp: 0, counted: 2 }).floor).toEqual([sample(2.5), sample(6.5)]);
});

const both = { ours: [sample(12, 30), sample(14, 50), sample(13, 40)], floor: [sample(10, 10), sample(10, 10), sample(10, 10)] };

test('the limit holds for the ratio of processor times; the clock is shown beside it', () => {
  expect(timeRow('ladder', 1.3, both)).toEqual({
    what: 'ladder',
    unit: 'ms',
    ours: 13,
    floor: 10,
    ratio: 1.3,
    limit: 1.3,
    ok: true,
    spread: { ours: { min: 12, median: 13, max: 14 }, floor: { min: 10, median: 10, max: 10 } },
    wall: { ours: 40, floor: 10, ratio: 4 },
  });
  expect(timeRow('ladder', 1.29, both).ok).toBe(false);
});

test('not one run may use more memory than the limit', () => {
  expect(memoryRow('memory', 150, [90, 150, 100])).toMatchObject({ ours: 100, floor: null, ratio: null, ok: true });
  expect(memoryRow('memory', 150, [90, 151, 100]).ok).toBe(false);
});

test('one exceeded limit makes the report fail, and its row says so', () => {
  const rows = [timeRow('ladder', 1.2, both), memoryRow('memory', 150, [99.94])];
  expect(report(rows).ok).toBe(false);
  expect(report(rows.slice(1)).ok).toBe(true);
  expect(
    table(rows)
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['what', 'ours', 'floor', 'ratio', 'limit', 'ok', 'ours min..max', 'floor min..max', 'by the clock'],
    ['ladder', '13.0 ms', '10.0 ms', '1.30', '1.2', 'NO', '12.0..14.0', '10.0..10.0', '40.0 ms / 10.0 ms = 4.00'],
    ['memory', '99.9 MB', '-', '-', '150 MB', 'yes', '99.9..99.9', '-', '-'],
  ]);
});

test('a row with a limit of its own is held to its median', () => {
  expect(figureRow('x', 50, [10, 49, 900])).toMatchObject({ ours: 49, floor: null, ratio: null, ok: true });
  expect(figureRow('x', 50, [10, 51, 900]).ok).toBe(false);
});
