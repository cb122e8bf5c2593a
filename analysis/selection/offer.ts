import { Decimal } from 'decimal.js';
import { type CapacityReport, capacityOf, carriedUsers, type Load, placesIn, requiredHeadroom, usageOf } from '../capacity';
import type { Tier } from '../../tiers/tier';
import { grouped } from '../../values/grouped';
import { figure } from '../capacity/render';
import { estimate, money, type PriceBook } from '../pricing';
import type { UnpricedResource } from '../pricing/estimate-types';
import { apiBill } from './language-model';
import type { CheckedRequest } from './request';
import { placesOf } from './places';
import type { StoredTier } from './stored';

/** A tier, priced and checked against a request. */
export interface Offer {
  readonly stored: StoredTier;
  /** US dollars of the typical month, as the estimator adds it up. */
  readonly monthly: Decimal;
  readonly report: CapacityReport;
  /** Users that it carries with the headroom it must have. */
  readonly carries: number;
  /** What it does not keep to besides the load; empty where it keeps to everything. */
  readonly broken: readonly string[];
  /** Why it will not do; empty where it does. */
  readonly reasons: readonly string[];
}

/** Prices a tier under the load and says what of the request it does not meet. */
export function offerOf(stored: StoredTier, request: CheckedRequest, book: PriceBook): Offer {
  const report = capacityOf(stored.plant, request.checked);
  const { monthly, unpriced } = estimate(stored.graph, book, usageOf(report.load, placesIn(stored.tier, stored.platform)));
  const broken = [
    ...priceReasons(unpriced),
    ...constraintReasons(stored, report, request),
    ...budgetReasons(monthly, report.load, request, book),
  ];
  const carries = carriedUsers(report.headroom, report.load.users[report.load.basis].value);
  return { stored, monthly, report, carries, broken, reasons: [...capacityReasons(report), ...broken] };
}

/** Of many parts without a price the first stands for all. */
function priceReasons(unpriced: readonly UnpricedResource[]): readonly string[] {
  const [first, ...others] = unpriced;
  if (first === undefined) return [];
  return [
    others.length === 0
      ? `${first.address} has no price: ${first.reason}`
      : `${unpriced.length} parts have no price, the first of them ${first.address}: ${first.reason}`,
  ];
}

function capacityReasons({ carries, binding, headroom, load }: CapacityReport): readonly string[] {
  if (carries || binding === undefined) return [];
  return [
    `${binding.component}, ${binding.limit}: full at ${grouped(binding.at)} ${load.basis} users, which is ${figure(headroom)} times the load; ${requiredHeadroom} times is required`,
  ];
}

/** The budget covers the tier and what an API is paid. */
function budgetReasons(tier: Decimal, load: Load, { budget, inference, model }: CheckedRequest, book: PriceBook): readonly string[] {
  if (budget === undefined) return [];
  const api = inference === 'api' ? apiBill(load, book, model).monthly : new Decimal(0);
  const monthly = tier.plus(api);
  if (monthly.lte(budget)) return [];
  const withApi = api.isZero() ? '' : ` with ${money(api)} for the language model`;
  return [
    `costs ${money(monthly)} USD a month${withApi}, ${money(monthly.minus(budget))} above the budget of ${money(new Decimal(budget))}`,
  ];
}

function constraintReasons(stored: StoredTier, report: CapacityReport, request: CheckedRequest): readonly string[] {
  return [
    ...platformReasons(stored, request),
    ...availabilityReasons(report, request),
    ...placeReasons(stored, request),
    ...survivalReasons(stored, report, request),
  ];
}

function platformReasons({ platform }: StoredTier, request: CheckedRequest): readonly string[] {
  return request.platform === undefined || request.platform === platform ? [] : [`stands on ${platform}, not on ${request.platform}`];
}

function availabilityReasons({ availability }: CapacityReport, { availabilityPercent }: CheckedRequest): readonly string[] {
  if (availabilityPercent === undefined || availability.percent >= availabilityPercent) return [];
  return [`reaches ${availability.percent} % of availability, not ${availabilityPercent} %: ${availability.arithmetic[0] ?? ''}`];
}

function placeReasons({ platform }: StoredTier, { region, residency }: CheckedRequest): readonly string[] {
  const { regions, closed: whyClosed, regionsIn, jurisdictionOf } = placesOf(platform);
  if (region !== undefined && !regions.includes(region)) return [`stands on ${platform}, which has no region ${region}`];
  const closed = region === undefined ? undefined : whyClosed(region);
  return [
    ...(closed === undefined ? [] : [`region ${region}: ${closed}`]),
    ...(residency === undefined || region !== undefined || regionsIn(residency).length > 0
      ? []
      : [`no open region keeps its data in ${residency}`]),
    ...(residency !== undefined && region !== undefined && jurisdictionOf(region) !== residency
      ? [`region ${region} is not in ${residency}`]
      : []),
  ];
}

function survivalReasons(
  { platform, tier }: StoredTier,
  { singlePointsOfFailure }: CapacityReport,
  { survives }: CheckedRequest,
): readonly string[] {
  if (survives === undefined) return [];
  const { zones } = placesOf(platform);
  if (survives === 'region' || (survives === 'zone' && !zones)) return [regionLost(tier, zones)];
  const alone = singlePointsOfFailure.filter(({ effect }) => effect === 'everything').map(({ component, why }) => `${component} (${why})`);
  return alone.length === 0 ? [] : [`does not survive the loss of ${alone.join(' or ')}`];
}

/** What is left of a tier when its home region is lost. No database leads itself over to another region. */
function regionLost({ components }: Tier, zones: boolean): string {
  if (components.some((each) => each.kind === 'kubernetes-cluster' && each.regions > 1))
    return 'keeps its writes in one region: when that is lost the app goes on in another, and its database is brought back by hand';
  return `stands in one region${zones ? '' : ', which is one zone there'}: nothing is left when it is lost`;
}
