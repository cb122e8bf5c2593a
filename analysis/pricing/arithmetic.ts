import type { Decimal } from 'decimal.js';
import { decimal, zero } from './decimal';
import type { Band, Confidence } from './estimate-types';

/** Hours in a month, as the whole trade counts: 365 * 24 / 12. */
export const hoursPerMonth = 730;

/** DigitalOcean bills a CPU droplet or node at most this many hours a month: 28 days. GPU droplets are not capped. */
export const cappedHoursPerMonth = 672;

/** Services whose hourly prices are capped. */
const cappedServices: ReadonlySet<string> = new Set(['digitalocean/droplet']);

/** Hours that a service bills for a whole month. */
export function billedHours(provider: string, service: string): number {
  return cappedServices.has(`${provider}/${service}`) ? cappedHoursPerMonth : hoursPerMonth;
}

/** An amount of money in cents, half a cent up. Lines are rounded, sums and unit prices never. */
export function toCents(amount: Decimal): Decimal {
  return decimal(amount).toDecimalPlaces(2, 4 /* half up */);
}

/** The sum; 0 for none. */
export function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), zero);
}

/** This share of an amount: `percentOf(20, 48)` is 9.6. */
export function percentOf(percentage: Decimal, amount: Decimal): Decimal {
  return amount.times(percentage).div(100);
}

/** What is left beyond an allowance; never negative. */
export function beyond(quantity: Decimal, allowance: Decimal): Decimal {
  return quantity.gt(allowance) ? quantity.minus(allowance) : zero;
}

/** How much of a quantity falls into a step of a price, from where it begins up to where the next one does; the last has no end. */
export function inStep(quantity: Decimal, from: Decimal, end: Decimal | undefined): Decimal {
  return beyond(end === undefined || quantity.lt(end) ? quantity : end, from);
}

/** A band of one value. */
export function exactly(value: Decimal): Band {
  return { low: value, typical: value, high: value };
}

/** A band with a function applied to each of its three values. */
export function mapBand(band: Band, change: (value: Decimal, which: keyof Band) => Decimal): Band {
  return { low: change(band.low, 'low'), typical: change(band.typical, 'typical'), high: change(band.high, 'high') };
}

/** The sum of bands, end by end. */
export function sumBands(bands: readonly Band[]): Band {
  return mapBand(exactly(zero), (_, which) => sum(bands.map((band) => band[which])));
}

/** Strongest first. */
const confidences: readonly Confidence[] = ['verified', 'computed', 'recalled'];

/** The weakest of some confidences; what rests on nothing is verified. */
export function weakest(given: readonly Confidence[]): Confidence {
  return given.reduce<Confidence>((weak, one) => (confidences.indexOf(one) > confidences.indexOf(weak) ? one : weak), 'verified');
}

/** The oldest of some dates. A year alone could be any day of it, so it counts as older than the days in it. */
export function oldest(dates: readonly string[]): string | undefined {
  return dates.reduce<string | undefined>((old, date) => (old === undefined || date < old ? date : old), undefined);
}
