import type { Decimal } from 'decimal.js';
import { decimal } from './decimal';
import { loadNotValid } from './errors';
import type { Usage, UsageFigure } from './usage';

/** The part of a load that usage follows from. */
export interface UsageLoad {
  readonly dailyUsers: number;
  /** Requests that one of them makes a day. @default - 100 */
  readonly requestsPerUser?: number;
}

/** What the figures rest on. Each is an assumption unless a source is named; the capacity model will replace them. */
export const usageAssumptions = {
  /** Days in a month: 365 / 12. */
  daysPerMonth: decimal(365).div(12),
  /** Assumption: ten minutes a day at the ten requests a minute that the scaling documents count for a user at work. */
  requestsPerUserAndDay: 100,
  /** Average answer, in KB: the scaling documents' own figure for bandwidth. */
  responseKb: 50,
  /** Assumption: page, script and pictures that a user's browser loads once a day. */
  frontendMbPerUserAndDay: 1,
  /** Screenshots a user sends a day: one for each of the two builds that the capacity model counts. */
  uploadsPerUserAndDay: 2,
  /** Assumption: one screenshot, in MB. */
  uploadMb: 0.5,
  /** Assumption: days for which uploads are kept. */
  uploadsKeptDays: 90,
  /** Assumption: a low month is half of the typical one, a high one twice. */
  low: 0.5,
  high: 2,
} as const;

/** More people than there are is a slip of the keyboard. */
const mostUsers = 10_000_000_000;

/**
 * Quantities that follow from the number of people who use the product a day: egress of servers, storage and egress of
 * buckets, each for the whole environment. 1 GB is 1,000 MB, 1,000,000 KB.
 * @throws TerraceError `pricing-load-not-valid`
 */
export function usageFromLoad(load: UsageLoad): Usage {
  const { dailyUsers } = load;
  if (!Number.isFinite(dailyUsers) || dailyUsers < 0 || dailyUsers > mostUsers) throw loadNotValid(dailyUsers);
  const it = usageAssumptions;
  const requests = load.requestsPerUser ?? it.requestsPerUserAndDay;
  const visits = it.daysPerMonth.times(dailyUsers);
  return {
    total: {
      egressGb: around(visits.times(requests).times(it.responseKb).div(1_000_000), `${dailyUsers} daily users x ${requests} requests x ${it.responseKb} KB`),
      objectEgressGb: around(visits.times(it.frontendMbPerUserAndDay).div(1000), `${dailyUsers} daily users x ${it.frontendMbPerUserAndDay} MB of frontend`),
      objectStorageGb: around(kept(dailyUsers), `${dailyUsers} daily users x ${it.uploadsPerUserAndDay} uploads x ${it.uploadMb} MB, kept ${it.uploadsKeptDays} days`),
    },
  };
}

function kept(dailyUsers: number): Decimal {
  const it = usageAssumptions;
  return decimal(dailyUsers).times(it.uploadsPerUserAndDay).times(it.uploadMb).times(it.uploadsKeptDays).div(1000);
}

function around(typical: Decimal, assumption: string): UsageFigure {
  return { low: typical.times(usageAssumptions.low), typical, high: typical.times(usageAssumptions.high), assumption };
}
