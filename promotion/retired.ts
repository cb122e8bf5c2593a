import { graphFromPlan, resourceGraph, type ResourceNode } from '../analysis/graph';
import { estimate, listBook, money } from '../analysis/pricing';
import { decimal } from '../analysis/pricing/decimal';

/** Something that a promotion has let go of and left standing. */
export interface Retired {
  readonly address: string;
  readonly type: string;
  /** Its id at the provider; null where the plan does not say. */
  readonly id: string | null;
  readonly name: string | null;
  /** US dollars a month at list prices, for as long as it stands; null where no price is known. */
  readonly monthly: string | null;
  /** The day on which it was let go of, and the day until which it is kept. */
  readonly since: string;
  readonly keepUntil: string;
}

/** Days for which what held data is kept after contract. Assumption: a month, so that a mistake of a month's end is still found. */
export const retentionDays = 30;

/**
 * What a plan forgets, with what it costs on: from then on no plan shows it.
 * @param plan what `terraform show -json` prints of it
 * @param day `YYYY-MM-DD`
 */
export function retiredIn(plan: unknown, forgotten: readonly string[], day: string): readonly Retired[] {
  const nodes = graphFromPlan(plan).removed.filter(({ address }) => forgotten.includes(address));
  const { lines, free } = estimate(resourceGraph(nodes), listBook());
  return nodes.map((node) => {
    const own = lines.filter(({ address }) => address === node.address);
    const known = own.length > 0 || free.some(({ address }) => address === node.address);
    return { address: node.address, type: node.type, id: textAt(node, 'id'), name: textAt(node, 'name'), monthly: known ? money(own.reduce((sum, { monthly }) => sum.plus(monthly), decimal(0))) : null, since: day, keepUntil: later(day) };
  });
}

function textAt({ values }: ResourceNode, key: string): string | null {
  const value = values[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function later(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + retentionDays * 86_400_000).toISOString().slice(0, 10);
}
