import type { DrillReport } from '../../../promotion/drill/drill';
import { doubtsOf, type DrillRecord, type Wanted } from '../../../promotion/drill/record';

const report: DrillReport = {
  environment: 'shop',
  method: 'pgBackRest',
  system: '7000',
  canary: { id: 'c', writtenAt: '2026-11-21T12:00:00.500Z', found: true },
  rpo: { statedSeconds: 300, measuredSeconds: 60, met: true },
  rto: { statedSeconds: 3600, measuredSeconds: 90, met: true },
  passed: true,
};
const record: DrillRecord = { at: '2026-11-21T12:02:00.000Z', database: { tier: 'tier2', generation: 2 }, report };
const wanted: Wanted = {
  environment: 'shop',
  database: { tier: 'tier2', generation: 2 },
  system: '7000',
  after: '2026-11-21T12:00:00.499Z',
  now: new Date('2026-11-22T12:02:00.000Z'),
};

test('a drill vouches for a day for the backup of the database that it restored', () => {
  expect(doubtsOf(record, wanted)).toEqual([]);
  // Where a server does not say who it is, tier and generation have to do.
  expect(doubtsOf({ ...record, report: { ...report, system: null } }, wanted)).toEqual([]);
  expect(doubtsOf(record, { ...wanted, system: undefined, after: undefined })).toEqual([]);
});

test('everything that speaks against it is told at once', () => {
  expect(doubtsOf(undefined, wanted)).toEqual(['no drill has been recorded']);
  expect(doubtsOf({ ...record, report: { ...report, passed: false } }, wanted)).toEqual(['the last drill has not passed']);
  expect(
    doubtsOf(record, {
      environment: 'store',
      database: { tier: 'tier3', generation: 3 },
      system: '7001',
      after: '2026-11-21T12:00:00.500Z',
      now: new Date('2026-11-22T12:02:00.001Z'),
    }),
  ).toEqual([
    'it was of shop',
    'it was of generation 2 of the database, of tier2, not of generation 3 of the database, of tier3',
    'it was of another server than the one that the app uses now',
    'it ended at 2026-11-21T12:02:00.000Z, more than 24 hours ago',
    'its row was written at 2026-11-21T12:00:00.500Z, and not after 2026-11-21T12:00:00.500Z, when writes came to this side',
  ]);
  expect(
    doubtsOf({ ...record, at: 'yesterday', report: { ...report, canary: { ...report.canary, writtenAt: 'x' } } }, wanted),
  ).toHaveLength(2);
});
