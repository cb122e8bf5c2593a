import { remembered } from '../../values/remembered';
import { append } from '../graph/addresses';
import { compareText } from '../graph/order';
import type { ResourceGraph, ResourceNode } from '../graph/types';
import { cappedHoursPerMonth, exactly, hoursPerMonth } from './arithmetic';
import type { PriceBook } from './book/types';
import { zero } from './decimal';
import { unknownPool } from './errors';
import type { Estimate, EstimateLine, FreeResource, UnpricedResource } from './estimate-types';
import { type Item, type Priced, priceItem } from './item';
import { mapResource, notesOf as providerNotes, poolOf } from './mapping';
import type { Pool } from './mapping/pools';
import type { CostComponent, MappingResult } from './mapping/types';
import { type Member, poolItems } from './pool-items';
import { byStep } from './price-steps';
import { totalsOf } from './totals';
import type { Usage, UsageFigure } from './usage';
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
  const { mapped, takers, free, unpriced, notes } = groundworkOf(graph);
  const shares = divideUsage(usage, takers);
  const pooled = poolResults(mapped, shares.of, book);
  const own = mapped.flatMap((one) => ownOutcomes(one, shares.of, book));
  const outcomes = [...own, ...pooled.flatMap((result) => result.items.map((item) => outcomeOf(item, book)))];
  const lines = outcomes.flatMap(({ priced }) => ('line' in priced ? [priced.line] : [])).sort(inOrder);
  const partly = repeated(own.map(({ item }) => item.node.address));
  const missing = outcomes.flatMap(({ item, priced }) => ('reason' in priced ? [unpricedItem(item, priced.reason, partly)] : []));
  return finish(lines, {
    free: [...free, ...pooled.flatMap((result) => result.free).map(({ node, reason }) => ({ ...identity(node), reason }))],
    unpriced: [...unpriced, ...missing, ...opaqueModules(graph)],
    notes: [...notes, ...forgottenNote(graph), ...shares.untaken],
  });
}

/** What a graph says before anybody knows of usage or prices. */
interface Groundwork {
  readonly mapped: readonly Mapped[];
  readonly takers: readonly Taker[];
  readonly free: readonly FreeResource[];
  readonly unpriced: readonly UnpricedResource[];
  readonly notes: readonly string[];
}

/** It depends on nothing else, and the selector asks again for each load. */
const groundworks = new WeakMap<ResourceGraph, Groundwork>();

function groundworkOf(graph: ResourceGraph): Groundwork {
  return remembered(groundworks, graph, () => {
    const mapped = graph.resources.map((node) => ({ node, result: mapResource(node, graph) }));
    return {
      mapped,
      takers: takersIn(mapped),
      free: mapped.flatMap(freeResource),
      unpriced: mapped.flatMap(unpricedResources),
      notes: notesOf(mapped),
    };
  });
}

interface Outcome {
  readonly item: Item;
  readonly priced: Priced;
}

function outcomeOf(item: Item, book: PriceBook): Outcome {
  return { item, priced: priceItem(item, book) };
}

/** What resources come to while usage has no figure for them, by book: most of them, whatever the load. */
const unused = new WeakMap<PriceBook, WeakMap<Mapped, readonly Outcome[]>>();

/** What a resource pays for itself. */
function ownOutcomes(mapped: Mapped, usageOf: UsageOf, book: PriceBook): readonly Outcome[] {
  const { node, result } = mapped;
  if (result.kind !== 'priced') return [];
  const figures = result.components.map((component) => scaledFigure(node.address, component, usageOf));
  const price = (): readonly Outcome[] =>
    result.components
      .flatMap((component, index) => itemOf(node, component, figures[index]))
      .flatMap((item) => byStep(item, book))
      .map((item) => outcomeOf(item, book));
  if (figures.some((figure) => figure !== undefined)) return price();
  return remembered(
    remembered(unused, book, () => new WeakMap()),
    mapped,
    price,
  );
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

function itemOf(node: ResourceNode, component: CostComponent, given: UsageFigure | undefined): readonly Item[] {
  const figure = given ?? component.usage;
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
      ...(component.part === undefined ? {} : { part: component.part }),
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
  const named = item.part === true || partly.has(item.node.address);
  return { ...identity(item.node), ...(named ? { part: item.name } : {}), reason };
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
