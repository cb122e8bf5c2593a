import type { Decimal } from 'decimal.js';
import type { ResourceNode } from '../graph/types';
import { beyond, exactly, hoursPerMonth, mapBand, sum, sumBands } from './arithmetic';
import type { PriceBook } from './book/types';
import { decimal, one, zero } from './decimal';
import type { Band } from './estimate-types';
import type { Item } from './item';
import type { Pool } from './mapping/pools';
import type { PoolShare, Product } from './mapping/types';
import { byStep } from './price-steps';
import { scaledFigure, type UsageOf } from './usage-shares';

/** A resource's share in a pool. */
export interface Member {
  readonly node: Pick<ResourceNode, 'address' | 'component' | 'type'>;
  readonly share: PoolShare;
}

/** What a pool comes to: items to price, and members that pay nothing. */
export interface PoolResult {
  readonly items: readonly Item[];
  readonly free: readonly { readonly node: Member['node']; readonly reason: string }[];
}

/** Bills a pool for all its members together. Members come sorted by address: the first of them carries what is paid once. */
export function poolItems(pool: Pool, region: string, members: readonly Member[], usageOf: UsageOf, book: PriceBook): PoolResult {
  const rule = ruleIn(pool.rule, region);
  if (rule.kind === 'once') return { items: members.slice(0, 1).map(({ node }) => single(pool, rule.product, node)), free: [] };
  if (rule.kind === 'bundle') return bundle(pool, rule, members);
  if (rule.kind === 'after-free') return afterFree(pool, rule, members);
  const groups = rule.each === true ? members.map((member) => [member]) : [members];
  return { items: groups.flatMap((group) => beyondItems(pool, rule, group, usageOf, book)), free: [] };
}

/** The rule at the prices of a region. */
function ruleIn(rule: Pool['rule'], region: string): Pool['rule'] {
  return region === 'all' ? rule : { ...rule, product: { ...rule.product, region } };
}

type Rule<K extends Pool['rule']['kind']> = Extract<Pool['rule'], { readonly kind: K }>;

function single(pool: Pool, product: Product, node: Member['node']): Item {
  return { node, name: pool.name, unit: pool.unit, product, quantities: exactly(one) };
}

/** The first member carries the price of the bundle. */
function bundle(pool: Pool, rule: Rule<'bundle'>, members: readonly Member[]): PoolResult {
  const hours = exactly(decimal(hoursPerMonth));
  const additional = { ...rule.additional, ...(rule.product.region === undefined ? {} : { region: rule.product.region }) };
  const items = [
    ...members.slice(0, 1).map(({ node }) => ({ node, product: rule.product })),
    ...members.slice(rule.size).map(({ node }) => ({ node, product: additional })),
  ];
  return {
    items: items.map(({ node, product }) => ({ ...single(pool, product, node), quantities: hours })),
    free: members.slice(1, rule.size).map(({ node }) => ({ node, reason: rule.reason })),
  };
}

/** An address may stand there several times: an app with two static sites has two shares. */
function afterFree(pool: Pool, rule: Rule<'after-free'>, members: readonly Member[]): PoolResult {
  const paid = members.slice(rule.free);
  const paying = new Set(paid.map(({ node }) => node.address));
  const nodes = new Map(members.map(({ node }) => [node.address, node]));
  const items = [...paying].flatMap((address) => {
    const node = nodes.get(address);
    const times = paid.filter((member) => member.node.address === address).length;
    return node === undefined ? [] : [{ ...single(pool, rule.product, node), quantities: exactly(decimal(times)) }];
  });
  const free = [...nodes.values()].filter((node) => !paying.has(node.address)).map((node) => ({ node, reason: rule.reason }));
  return { items, free };
}

/** One item per component and step, because a cost that nobody caused can be asked of nobody. */
function beyondItems(pool: Pool, rule: Rule<'beyond'>, members: readonly Member[], usageOf: UsageOf, book: PriceBook): readonly Item[] {
  const used = members.map((member) => ({ node: member.node, taken: quantityOf(member, usageOf) }));
  const total = sumBands(used.map(({ taken }) => taken.band));
  const allowance = allowanceOf(pool, rule, members, book);
  const parts = byComponent(used);
  const [first] = parts;
  if (first === undefined) return [];
  const whole: Item = {
    node: first.node,
    name: pool.name,
    unit: pool.unit,
    product: rule.product,
    quantities: mapBand(total, (quantity) => beyond(quantity, allowance)),
  };
  return byStep(whole, book).flatMap((item) =>
    parts.map((part) => ({
      ...item,
      node: part.node,
      quantities: ordered(mapBand(item.quantities, (quantity, which) => shareOf(quantity, part.band[which], total[which]))),
      ...assumptionOf(part, pool, rule, allowance),
    })),
  );
}

/**
 * Where others take more in a high month, one's own share of a step may be smaller than in a typical one. Its ends are then
 * those of the typical month, so that no line says that more is less; the total of a high month is never too small for it.
 */
function ordered({ low, typical, high }: Band): Band {
  return { low: low.lt(typical) ? low : typical, typical, high: high.gt(typical) ? high : typical };
}

/** Tiers are no allowance: a pool that nothing can be included in does not say that nothing is. */
function assumptionOf({ assumption }: Taken, pool: Pool, rule: Rule<'beyond'>, allowance: Decimal): { readonly assumption?: string } {
  const texts = [assumption, rule.stepsOnly === true ? undefined : allowanceText(allowance, pool.unit)].filter(
    (text) => text !== undefined,
  );
  return texts.length === 0 ? {} : { assumption: texts.join('; ') };
}

function allowanceText(allowance: Decimal, unit: string): string {
  return allowance.isZero() ? 'nothing is included' : `${allowance.toFixed()} ${unit} included`;
}

interface Taken {
  readonly band: Band;
  /** Absent where the resource itself states the quantity. */
  readonly assumption?: string;
}

const notGiven = 'depends on usage, of which no figure was given: taken as 0';

function quantityOf({ node, share }: Member, usageOf: UsageOf): Taken {
  const figure = scaledFigure(node.address, share, usageOf);
  if (figure !== undefined) return { band: figure, assumption: figure.assumption };
  if (share.dependsOn !== undefined) return { band: exactly(zero), assumption: notGiven };
  return { band: exactly(share.quantity ?? one) };
}

function allowanceOf(pool: Pool, rule: Rule<'beyond'>, members: readonly Member[], book: PriceBook): Decimal {
  const own = sum(members.map(({ share }) => share.grants ?? zero));
  const included = rule.included === undefined ? undefined : book.find(rule.included, `${pool.unit}-included`);
  return own.plus(included?.amount ?? 0);
}

function byComponent(
  used: readonly { readonly node: Member['node']; readonly taken: Taken }[],
): readonly (Taken & { readonly node: Member['node'] })[] {
  const components = [...new Set(used.map(({ node }) => node.component))];
  return components.flatMap((component) => {
    const own = used.filter(({ node }) => node.component === component);
    const [first] = own;
    const assumptions = [...new Set(own.flatMap(({ taken }) => taken.assumption ?? []))];
    const assumption = assumptions.length === 0 ? {} : { assumption: assumptions.join('; ') };
    return first === undefined ? [] : [{ node: first.node, band: sumBands(own.map(({ taken }) => taken.band)), ...assumption }];
  });
}

function shareOf(quantity: Decimal, part: Decimal, total: Decimal): Decimal {
  return total.isZero() ? zero : quantity.times(part).div(total);
}
