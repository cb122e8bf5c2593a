import { append } from '../graph/addresses';
import { compareText } from '../graph/order';
import type { ResourceGraph, ResourceNode } from '../graph/types';
import { cappedHoursPerMonth, exactly, hoursPerMonth } from './arithmetic';
import type { PriceBook } from './book/types';
import { zero } from './decimal';
import { unknownPool } from './errors';
import type { Estimate, EstimateLine, FreeResource, UnpricedResource } from './estimate-types';
import { type Item, priceItem } from './item';
import { mapResource, notesOf as providerNotes, poolOf } from './mapping';
import type { Pool } from './mapping/pools';
import type { CostComponent, MappingResult } from './mapping/types';
import { type Member, poolItems } from './pool-items';
import { byStep } from './price-steps';
import { totalsOf } from './totals';
import type { Usage } from './usage';
import { divideUsage, scaledFigure, type Taker, type UsageOf } from './usage-shares';

interface Mapped {
  readonly node: ResourceNode;
  readonly result: MappingResult;
}

/**
 * What a graph costs per month at list prices, as low, typical and high. The whole graph is priced, not only what a plan
 * changes. A line's amount is quantity times unit price, rounded half up to cents; totals are sums of lines.
 * @param usage quantities that no resource states. @default - none: such lines are 0 and say so
 * @throws TerraceError `pricing-usage-not-valid`
 */
export function estimate(graph: ResourceGraph, book: PriceBook, usage: Usage = {}): Estimate {
  const mapped = mappedOf(graph);
  const shares = divideUsage(usage, takersIn(mapped));
  const pooled = poolResults(mapped, shares.of, book);
  const items = mapped.flatMap((one) => componentItems(one, shares.of));
  const own = price(
    items.flatMap((item) => byStep(item, book)),
    book,
  );
  const shared = price(
    pooled.flatMap((result) => result.items),
    book,
  );
  const lines = [...own.lines, ...shared.lines].sort(inOrder);
  const partly = repeated(items.map((item) => item.node.address));
  const missing = [...own.missing, ...shared.missing].map(({ item, reason }) => unpricedItem(item, reason, partly));
  return finish(lines, {
    free: [
      ...mapped.flatMap(freeResource),
      ...pooled.flatMap((result) => result.free).map(({ node, reason }) => ({ ...identity(node), reason })),
    ],
    unpriced: [...mapped.flatMap(unpricedResources), ...missing, ...opaqueModules(graph)],
    notes: [...notesOf(mapped), ...forgottenNote(graph), ...shares.untaken],
  });
}

/** What the resources of a graph are made of depends on nothing else, and the selector asks again for each load. */
const known = new WeakMap<ResourceGraph, readonly Mapped[]>();

function mappedOf(graph: ResourceGraph): readonly Mapped[] {
  const mapped = known.get(graph) ?? graph.resources.map((node) => ({ node, result: mapResource(node, graph) }));
  known.set(graph, mapped);
  return mapped;
}

interface Outcomes {
  readonly lines: readonly EstimateLine[];
  readonly missing: readonly { readonly item: Item; readonly reason: string }[];
}

function price(items: readonly Item[], book: PriceBook): Outcomes {
  const outcomes = items.map((item) => ({ item, outcome: priceItem(item, book) }));
  return {
    lines: outcomes.flatMap(({ outcome }) => ('line' in outcome ? [outcome.line] : [])),
    missing: outcomes.flatMap(({ item, outcome }) => ('reason' in outcome ? [{ item, reason: outcome.reason }] : [])),
  };
}

function finish(lines: readonly EstimateLine[], rest: Pick<Estimate, 'free' | 'unpriced' | 'notes'>): Estimate {
  return {
    currency: 'USD',
    ...totalsOf(lines),
    free: [...rest.free].sort(inOrder),
    unpriced: [...rest.unpriced].sort(inOrder),
    notes: [...conventions, ...rest.notes],
  };
}

/** What every reader of the figures must know. */
const conventions: readonly string[] = [
  `List prices before tax. A month has ${hoursPerMonth} hours; DigitalOcean's CPU droplets and nodes are billed at most ${cappedHoursPerMonth} of them, which is their monthly price.`,
  'Everything that exists after the change is priced, not only what changes. Each line is rounded to cents; totals are sums of lines.',
  "Allowances that an account has once (transfer, Spaces, the first uptime check) are taken as if these were the account's only resources.",
];

interface Ordered {
  readonly component: string;
  readonly address: string;
  readonly name?: string;
  readonly part?: string;
  readonly step?: EstimateLine['step'];
}

function inOrder(a: Ordered, b: Ordered): number {
  return (
    compareText(a.component, b.component) ||
    compareText(a.address, b.address) ||
    compareText(label(a), label(b)) ||
    (a.step?.from ?? zero).comparedTo(b.step?.from ?? zero)
  );
}

/** Steps of one price stand together, the first of them first. */
function label({ step, name, part }: Ordered): string {
  return step?.of ?? name ?? part ?? '';
}

function identity(node: Pick<ResourceNode, 'address' | 'component' | 'type'>): Pick<FreeResource, 'address' | 'component' | 'type'> {
  return { component: node.component, address: node.address, type: node.type };
}

function takersIn(mapped: readonly Mapped[]): readonly Taker[] {
  return mapped.flatMap(({ node, result }) => {
    if (result.kind !== 'priced') return [];
    const keys = [...result.components, ...(result.pools ?? [])]
      .flatMap((one) => [one.dependsOn, one.times])
      .filter((key) => key !== undefined);
    return [...new Set(keys)].map((key) => ({ address: node.address, component: node.component, key }));
  });
}

function poolResults(mapped: readonly Mapped[], usageOf: UsageOf, book: PriceBook): readonly ReturnType<typeof poolItems>[] {
  const members = new Map<string, Member[]>();
  for (const { node, result } of mapped) {
    for (const share of result.kind === 'priced' ? (result.pools ?? []) : []) {
      if (share.optional === true && scaledFigure(node.address, share, usageOf) === undefined) continue;
      append(members, `${share.pool}@${share.region ?? 'all'}`, { node, share });
    }
  }
  return [...members.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [poolItems(requiredPool(first), first.share.region ?? 'all', group, usageOf, book)];
  });
}

function requiredPool({ node, share }: Member): Pool {
  const pool = poolOf(share.pool);
  if (pool === undefined) throw unknownPool(share.pool, node.address);
  return pool;
}

function componentItems({ node, result }: Mapped, usageOf: UsageOf): readonly Item[] {
  return result.kind === 'priced' ? result.components.flatMap((component) => itemOf(node, component, usageOf)) : [];
}

function itemOf(node: ResourceNode, component: CostComponent, usageOf: UsageOf): readonly Item[] {
  const figure = scaledFigure(node.address, component, usageOf) ?? component.usage;
  if (figure === undefined && component.optional === true) return [];
  const { assumption, ...quantities } =
    figure ??
    (component.dependsOn !== undefined && component.quantity.isZero()
      ? notGiven
      : { ...exactly(component.quantity), assumption: undefined });
  return [
    {
      node,
      name: component.name,
      unit: component.unit,
      product: component.product,
      quantities,
      ...(component.percentOf === undefined ? {} : { percentOf: component.percentOf }),
      ...(component.committed === undefined ? {} : { committed: component.committed }),
      ...(assumption === undefined ? {} : { assumption }),
    },
  ];
}

const notGiven = { ...exactly(zero), assumption: 'depends on usage, of which no figure was given: taken as 0' };

function freeResource({ node, result }: Mapped): readonly FreeResource[] {
  return result.kind === 'free' ? [{ ...identity(node), reason: result.reason }] : [];
}

function unpricedResources({ node, result }: Mapped): readonly UnpricedResource[] {
  if (result.kind === 'unpriced') return [{ ...identity(node), reason: result.reason }];
  const parts = result.kind === 'priced' ? (result.unpriced ?? []) : [];
  return parts.map((part) => ({ ...identity(node), part: part.name, reason: part.reason }));
}

/** Addresses that have more than one thing to pay for themselves. */
function repeated(addresses: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(addresses.filter((address) => seen.has(address) || !seen.add(address)));
}

/** Only where there is something else of the resource is it a part that is missing. */
function unpricedItem(item: Item, reason: string, partly: ReadonlySet<string>): UnpricedResource {
  return { ...identity(item.node), ...(partly.has(item.node.address) ? { part: item.name } : {}), reason };
}

function opaqueModules(graph: ResourceGraph): readonly UnpricedResource[] {
  return graph.opaque.map((module) => ({ component: module.address, address: module.address, type: 'module', reason: module.reason }));
}

function notesOf(mapped: readonly Mapped[]): readonly string[] {
  return [
    ...new Set(
      mapped.flatMap(({ node, result }) => (result.kind === 'priced' ? [...providerNotes(node.type), ...(result.notes ?? [])] : [])),
    ),
  ].sort(compareText);
}

/** What leaves the state without being destroyed is still paid for. */
function forgottenNote(graph: ResourceGraph): readonly string[] {
  const forgotten = graph.removed.filter((node) => node.action === 'forget').map((node) => node.address);
  return forgotten.length === 0 ? [] : [`Not in these figures, but still running and paid for after the change: ${forgotten.join(', ')}.`];
}
