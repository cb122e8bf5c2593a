import {
  type CdkTfJson,
  graphFromPlan,
  graphFromSynthesis,
  type JsonObject,
  type JsonValue,
  resourceGraph,
  type ResourceNode,
} from '../analysis/graph';
import { estimate, listBook, money } from '../analysis/pricing';
import { decimal } from '../analysis/pricing/decimal';
import { isRecord } from '../values/record';
import { importIdOf } from './purge/imports';

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
  /** What Terraform imports it by; null where it goes with what it belongs to, or cannot be imported. */
  readonly importId: string | null;
  /** What talks to it. */
  readonly provider: RetiredProvider;
  /** Addresses of this list that it refers to: it goes before them. */
  readonly needs: readonly string[];
}

export interface RetiredProvider {
  readonly name: string;
  readonly source: string;
  readonly version: string;
  /** @default - the provider has no regions, or each object says its own */
  readonly region?: string;
}

/**
 * Days for which what was let go of is kept. After contract a month, so that a mistake of a month's end is still found (assumption).
 * After a way back none: the old side has every row that the new one had.
 */
export const retentionDays = { contract: 30, rollback: 0 } as const;

export interface LetGo {
  readonly forgotten: readonly string[];
  /** The configuration that is let go of. */
  readonly from: CdkTfJson;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Days for which it is kept. */
  readonly days: number;
}

/**
 * What a plan forgets, with what it costs on: from then on no plan shows it.
 * @param plan what `terraform show -json` prints of it
 */
export function retiredIn(plan: unknown, { forgotten, from, day, days }: LetGo): readonly Retired[] {
  const nodes = graphFromPlan(plan).removed.filter(({ address }) => forgotten.includes(withoutKey(address)));
  const { lines, free } = estimate(resourceGraph(nodes), listBook());
  const written = graphFromSynthesis(from);
  return nodes.map((node) => {
    const own = lines.filter(({ address }) => address === node.address);
    const known = own.length > 0 || free.some(({ address }) => address === node.address);
    const needs = (written.get(withoutKey(node.address))?.references ?? [])
      .map(withoutKey)
      .filter((each) => each !== withoutKey(node.address) && forgotten.includes(each));
    return {
      address: node.address,
      type: node.type,
      id: textAt(node, 'id'),
      name: textAt(node, 'name'),
      monthly: known ? money(own.reduce((sum, { monthly }) => sum.plus(monthly), decimal(0))) : null,
      since: day,
      keepUntil: later(day, days),
      importId: importIdOf(node.type, node.values),
      provider: providerOf(node, from),
      needs: [...new Set(needs)].sort(),
    };
  });
}

/** US dollars a month of what is left standing, as far as prices are known. */
export function retiredMonthly(list: readonly Retired[]): string {
  return money(list.reduce((sum, { monthly }) => sum.plus(monthly ?? 0), decimal(0)));
}

/** Which configuration of which provider has made it. */
function providerOf({ address, type }: ResourceNode, from: CdkTfJson): RetiredProvider {
  const [kind = '', name = ''] = withoutKey(address).split('.');
  const named = at(at(at(from, 'resource'), kind), name)['provider'];
  const [provider = '', alias] = (typeof named === 'string' ? named : (type.split('_', 1)[0] ?? '')).split('.');
  const { source = provider, version = '' } = at(at(at(from, 'terraform'), 'required_providers'), provider) as {
    readonly source?: string;
    readonly version?: string;
  };
  const region = listOf(at(from, 'provider')[provider]).find((each) => each['alias'] === alias)?.['region'];
  return { name: provider, source, version, ...(typeof region === 'string' ? { region } : {}) };
}

function at(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isRecord(found) ? (found as JsonObject) : {};
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).flatMap((each) => (isRecord(each) ? [each as JsonObject] : []));
}

function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

function textAt({ values }: ResourceNode, key: string): string | null {
  const value = values[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
