import { graphFromSynthesis } from '../../../../analysis/graph';
import type { JsonObject } from '../../../../analysis/graph';
import { estimate, listBook, usageFigure } from '../../../../analysis/pricing';
import type { Estimate, Usage, UsageFigure, UsageKey, UsageQuantities } from '../../../../analysis/pricing';

/** The book that the release carries. */
export const book = listBook();

export type Resources = Readonly<Record<string, JsonObject>>;

/** A configuration of these resources, `{ 'aws_instance.app': { ... } }`, in one region. */
export function configuration(resources: Resources, region = 'us-east-1'): JsonObject {
  const types: Record<string, Record<string, JsonObject>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type = '', name = ''] = address.split('.');
    types[type] = { ...types[type], [name]: body };
  }
  return { provider: { aws: [{ region }] }, resource: types };
}

/** What they cost in N. Virginia, or in another region. */
export function bill(resources: Resources, usage: Usage = {}, region?: string): Estimate {
  return estimate(graphFromSynthesis(configuration(resources, region)), book, usage);
}

/** Lines that cost something, as `name: quantity unit x price = amount`. */
export function lines(of: Estimate): readonly string[] {
  return of.lines
    .filter((line) => !line.high.isZero())
    .map((line) => `${line.name}: ${line.quantity.toFixed()} ${line.unit} x ${line.price.toFixed()} = ${line.monthly.toFixed(2)}`);
}

/** What cannot be priced, with its part where it has one. */
export function gaps(of: Estimate): readonly string[] {
  return of.unpriced.map((one) => (one.part === undefined ? one.reason : `${one.part}: ${one.reason}`));
}

/** Exact figures of usage. */
export function given(figures: Readonly<Partial<Record<UsageKey, number>>>): UsageQuantities {
  const entries = Object.entries(figures).map(([key, value]): readonly [string, UsageFigure] => [
    key,
    usageFigure(value, value, value, 'given'),
  ]);
  return Object.fromEntries(entries);
}
