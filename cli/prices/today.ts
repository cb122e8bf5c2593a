import { wrongDate } from '../planning-errors';

/** The day that ages are counted to: the one that was named, else the one on this machine's clock. */
export function dayOf(given: string | undefined, now: () => number = Date.now): string {
  if (given === undefined) return new Date(now()).toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(Date.parse(given)) || new Date(given).toISOString().slice(0, 10) !== given)
    throw wrongDate('today', given);
  return given;
}
