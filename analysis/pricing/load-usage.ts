import type { Decimal } from 'decimal.js';
import { decimal } from './decimal';
import { loadNotValid } from './errors';
import type { Usage, UsageFigure, UsageQuantities } from './usage';

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

/** Which component serves what, so that figures reach the resources that take them. */
export interface UsagePlaces {
  /** Component whose servers answer requests. @default - all servers share the egress */
  readonly servers?: string;
  /** Component whose bucket keeps uploads and serves the frontend. @default - all buckets share them */
  readonly objects?: string;
}

/** More people than there are is a slip of the keyboard. */
const mostUsers = 10_000_000_000;

/**
 * Quantities that follow from the number of people who use the product a day: egress of servers, storage and egress of
 * buckets. 1 GB is 1,000 MB, 1,000,000 KB.
 * @throws TerraceError `pricing-load-not-valid`
 */
export function usageFromLoad(load: UsageLoad, places: UsagePlaces = {}): Usage {
  const { dailyUsers } = load;
  if (!Number.isFinite(dailyUsers) || dailyUsers < 0 || dailyUsers > mostUsers) throw loadNotValid(dailyUsers);
  const servers = { egressGb: egress(load) };
  const objects = { objectEgressGb: frontendEgress(dailyUsers), objectStorageGb: uploads(dailyUsers) };
  return merged([places.servers, servers], [places.objects, objects]);
}

/** Quantities go to the component that is named, or else into the total. */
function merged(...parts: readonly (readonly [string | undefined, UsageQuantities])[]): Usage {
  const components: Record<string, UsageQuantities> = {};
  let total: UsageQuantities = {};
  for (const [component, quantities] of parts) {
    if (component === undefined) total = { ...total, ...quantities };
    else components[component] = { ...components[component], ...quantities };
  }
  return { components, total };
}

function egress(load: UsageLoad): UsageFigure {
  const { daysPerMonth, responseKb, requestsPerUserAndDay } = usageAssumptions;
  const requests = load.requestsPerUser ?? requestsPerUserAndDay;
  const gb = daysPerMonth.times(load.dailyUsers).times(requests).times(responseKb).div(1_000_000);
  return around(gb, `${load.dailyUsers} daily users x ${requests} requests x ${responseKb} KB`);
}

function frontendEgress(dailyUsers: number): UsageFigure {
  const { daysPerMonth, frontendMbPerUserAndDay } = usageAssumptions;
  return around(daysPerMonth.times(dailyUsers).times(frontendMbPerUserAndDay).div(1000), `${dailyUsers} daily users x ${frontendMbPerUserAndDay} MB of frontend`);
}

function uploads(dailyUsers: number): UsageFigure {
  const { uploadsPerUserAndDay, uploadMb, uploadsKeptDays } = usageAssumptions;
  const gb = decimal(dailyUsers).times(uploadsPerUserAndDay).times(uploadMb).times(uploadsKeptDays).div(1000);
  return around(gb, `${dailyUsers} daily users x ${uploadsPerUserAndDay} uploads x ${uploadMb} MB, kept ${uploadsKeptDays} days`);
}

function around(typical: Decimal, assumption: string): UsageFigure {
  return { low: typical.times(usageAssumptions.low), typical, high: typical.times(usageAssumptions.high), assumption };
}
