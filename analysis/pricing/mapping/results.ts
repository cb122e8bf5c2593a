import type { Decimal } from 'decimal.js';
import { mapBand } from '../arithmetic';
import { decimal, one } from '../decimal';
import { type Block, countOr, why } from './read';
import type { CostComponent, Mapping, MappingResult, PoolShare, Product, UnpricedPart } from './types';

/** Not priced, and why. */
export function unpriced(reason: string): MappingResult {
  return { kind: 'unpriced', reason };
}

/** Free, and why. */
export function free(reason: string): MappingResult {
  return { kind: 'free', reason };
}

/** Priced by these components alone. */
export function priced(...components: readonly CostComponent[]): MappingResult {
  return { kind: 'priced', components };
}

/** A mapping for a type that never costs anything of its own. */
export function freeType(type: string, reason: string): Mapping {
  return always(type, free(reason));
}

/** A mapping for a type that costs something which is not known. */
export function unpricedType(type: string, reason: string): Mapping {
  return always(type, unpriced(reason));
}

function always(type: string, result: MappingResult): Mapping {
  return { type, always: result, map: () => result };
}

/** One thing that a resource is billed for, or why it is not known what that costs. */
export type Part = CostComponent | PoolShare | UnpricedPart;

/** Priced by these parts together; what is undefined is not there. */
export function assembled(parts: readonly (Part | undefined)[], notes: readonly string[] = []): MappingResult {
  const given = parts.filter((part) => part !== undefined);
  return {
    kind: 'priced',
    components: given.filter((part) => 'product' in part),
    pools: given.filter((part) => 'pool' in part),
    unpriced: given.filter((part) => 'reason' in part),
    notes,
  };
}

/** A part whose cost is not known. */
export function missing(name: string, reason: string): UnpricedPart {
  return { name, reason };
}

/** So many of a product by the month. */
export function monthly(name: string, product: Product, quantity: Decimal = one): CostComponent {
  return { name, quantity, unit: 'month', product };
}

/** How many of something there are: a number, or a range between which an autoscaler moves. */
export type Count = Pick<CostComponent, 'quantity' | 'usage' | 'dependsOn' | 'factor'>;

/** A range whose middle, rounded up, is taken as typical; undefined where an end is missing or they are the wrong way round. */
export function countBetween(low: Decimal | undefined, high: Decimal | undefined, what: string): Count | undefined {
  if (low === undefined || high === undefined || low.gt(high)) return undefined;
  if (low.eq(high)) return { quantity: low };
  const typical = low.plus(high).div(2).ceil();
  const assumption = `${low} to ${high} ${what}; ${typical}, the middle, is taken as typical`;
  return { quantity: typical, usage: { low, typical, high, assumption } };
}

/** A fixed number of things; undefined where it is not known. */
export function fixedCount(block: Block, name: string, fallback: number): Count | undefined {
  const count = countOr(block, name, fallback);
  return count === undefined ? undefined : { quantity: count };
}

/** The smallest number there will be. */
export function fewest(count: Count): Decimal {
  return count.usage?.low ?? count.quantity;
}

/** Why a range cannot be priced. */
export function whyRange(block: Block, low: string, high: string): string {
  const [a, b] = [countOr(block, low, 0), countOr(block, high, 0)];
  if (a !== undefined && b !== undefined && a.gt(b)) return `its ${low}, ${a}, is above its ${high}, ${b}`;
  return why(block, a === undefined ? low : high);
}

/** A number of gigabytes that does not depend on a resource alone. */
export function upTo(size: Decimal, assumption: string): NonNullable<CostComponent['usage']> {
  return { low: decimal(0), typical: size, high: size, assumption };
}

/** So many of something of this size each. */
export function timesCount(count: Count, each: Decimal): Count {
  const { quantity, usage, dependsOn, factor } = count;
  return {
    quantity: quantity.times(each),
    ...(usage === undefined ? {} : { usage: { ...mapBand(usage, (value) => value.times(each)), assumption: usage.assumption } }),
    ...(dependsOn === undefined ? {} : { dependsOn, factor: (factor ?? one).times(each) }),
  };
}

/** A number that no resource states and that is taken to be this. */
export function assumed(quantity: Decimal, assumption: string): Count {
  return { quantity, usage: { low: quantity, typical: quantity, high: quantity, assumption } };
}
