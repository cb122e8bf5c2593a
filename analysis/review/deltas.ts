import type { Decimal } from 'decimal.js';
import { capacityOf, type CapacityReport, checkLoad, type LoadInput, loadOf, placesIn, plantOf, usageOf } from '../capacity';
import type { ResourceGraph } from '../graph';
import { recordedTierAddress } from '../graph/component';
import { type Estimate, estimate, explainDifference, listBook, type PriceBook, type Usage } from '../pricing';
import { decimal } from '../pricing/decimal';
import { databaseEngines, type DatabaseEngine } from '../../components/distributed-database';
import { ladder } from '../../tiers';
import { chosen, type Choices } from '../../tiers/choices';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { StackChange } from './change';
import { eventsIn } from './events-in';

/** Money a month in a quiet, a typical and a busy month, in US dollars. */
export interface Monthly {
  readonly low: Decimal;
  readonly typical: Decimal;
  readonly high: Decimal;
}

/** What a component costs before and after. */
export interface ComponentCost {
  readonly component: string;
  readonly before: Decimal;
  readonly after: Decimal;
}

/** What a change does to the bill. */
export interface CostDelta {
  readonly before: Monthly;
  readonly after: Monthly;
  /** Of the typical month, because the same is bought at another price. */
  readonly byPrice: Decimal;
  /** Of the typical month, because something else is bought. */
  readonly byChange: Decimal;
  /** Components whose cost changes, the biggest change first. */
  readonly components: readonly ComponentCost[];
  /** Resources after the change whose price is not known. */
  readonly unpriced: readonly string[];
  /** What the figures assume of use. */
  readonly assumption: string;
}

/** What carries the load, before and after. */
export interface CapacityDelta {
  readonly before?: CapacityReport;
  readonly after?: CapacityReport;
  /** Whose load it is. */
  readonly load: string;
}

/** The tier of a graph that Terrace synthesized; undefined for others. @param services that run beside the app, of which a graph of the first layer knows nothing but nodes */
export function tierOf(graph: ResourceGraph | undefined, services?: Choices['services']): Tier | undefined {
  const recorded = graph?.get(recordedTierAddress)?.values['triggers_replace'];
  const tier = ladder.find(({ id }) => id === recorded);
  return tier === undefined || graph === undefined
    ? undefined
    : chosen(tier, { database: databaseIn(graph), services, events: eventsIn(graph) });
}

/** What a graph's database is, and its witness; shards where nothing in it says so. */
function databaseIn(graph: ResourceGraph): { readonly engine: DatabaseEngine; readonly witness?: string } {
  const recorded = graph.get('terraform_data.recorded_database')?.values['triggers_replace'];
  const [name, witness] = typeof recorded === 'string' ? recorded.split(' ') : [];
  return { engine: databaseEngines.find((each) => each === name) ?? 'shards', ...(witness === undefined ? {} : { witness }) };
}

/** The platform of a graph, by what most of its resources are of. */
export function platformOf(graph: ResourceGraph): PlatformId {
  const count = (prefix: string): number => graph.resources.filter(({ type }) => type.startsWith(prefix)).length;
  const counts: readonly (readonly [PlatformId, number])[] = [
    ['digitalocean', count('digitalocean_')],
    ['aws', count('aws_')],
    ['google', count('google_')],
  ];
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** The bill of all stacks together, before and after. */
export function costDelta(stacks: readonly StackChange[], load: LoadInput | undefined): CostDelta {
  const book = listBook();
  const pairs = stacks.map((change) => ({ before: priced(change.before, load, book), after: priced(change.after, load, book) }));
  const lines = pairs.map(({ before, after }) => explainDifference(before, after));
  return {
    before: summed(pairs.map(({ before }) => before)),
    after: summed(pairs.map(({ after }) => after)),
    byPrice: total(lines.map(({ byPrice }) => byPrice)),
    byChange: total(lines.map(({ byChange }) => byChange)),
    components: componentsOf(pairs),
    unpriced: [
      ...new Set(
        pairs
          .flatMap(({ before, after }) => [...after.unpriced, ...before.unpriced])
          .map(({ address, part }) => (part === undefined ? address : `${address} (${part})`)),
      ),
    ],
    assumption:
      load === undefined
        ? 'Use follows from the load that the tier is for; of Terraform that is not ours no use is assumed.'
        : 'Use follows from the load in the environment file.',
  };
}

const nothing: Usage = {};

function priced(graph: ResourceGraph | undefined, load: LoadInput | undefined, book: PriceBook): Estimate {
  const tier = tierOf(graph);
  const input = load ?? (tier === undefined ? undefined : { users: tier.dailyUsers });
  const usage =
    input === undefined ? nothing : usageOf(loadOf(input), tier === undefined ? {} : placesIn(tier, platformOf(graph ?? empty)));
  return estimate(graph ?? empty, book, usage);
}

const empty: ResourceGraph = {
  resources: [],
  removed: [],
  providers: {},
  opaque: [],
  get: () => undefined,
  referenced: () => [],
  ofType: () => [],
};

function summed(estimates: readonly Estimate[]): Monthly {
  return {
    low: total(estimates.map(({ low }) => low)),
    typical: total(estimates.map(({ monthly }) => monthly)),
    high: total(estimates.map(({ high }) => high)),
  };
}

function total(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, one) => sum.plus(one), decimal(0));
}

function componentsOf(pairs: readonly { readonly before: Estimate; readonly after: Estimate }[]): readonly ComponentCost[] {
  const [before, after] = [byComponent(pairs.map((pair) => pair.before)), byComponent(pairs.map((pair) => pair.after))];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map((component) => ({ component, before: before.get(component) ?? decimal(0), after: after.get(component) ?? decimal(0) }))
    .filter((one) => !one.before.equals(one.after))
    .sort((a, b) => b.after.minus(b.before).abs().comparedTo(a.after.minus(a.before).abs()));
}

function byComponent(estimates: readonly Estimate[]): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { component, monthly } of estimates.flatMap(({ lines }) => lines))
    sums.set(component, (sums.get(component) ?? decimal(0)).plus(monthly));
  return sums;
}

/** What the first stack that has a tier carries, before and after. */
export function capacityDelta(
  stacks: readonly StackChange[],
  load: LoadInput | undefined,
  services?: Choices['services'],
): CapacityDelta | undefined {
  const own = stacks.find(({ before, after }) => tierOf(before) !== undefined || tierOf(after) !== undefined);
  if (own === undefined) return undefined;
  const [before, after] = [reportOf(own.before, load, services), reportOf(own.after, load, services)];
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    load: load === undefined ? 'the load that the tier is for' : 'the load in the environment file',
  };
}

/** A size that the catalog does not know is what a rule speaks of; here nothing can be said then. */
function reportOf(
  graph: ResourceGraph | undefined,
  load: LoadInput | undefined,
  services: Choices['services'],
): CapacityReport | undefined {
  const tier = tierOf(graph, services);
  if (graph === undefined || tier === undefined) return undefined;
  try {
    return capacityOf(plantOf(tier, graph, platformOf(graph)), checkLoad(load ?? { users: tier.dailyUsers }));
  } catch {
    return undefined;
  }
}
