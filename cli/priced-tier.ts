import { CdkTfJson, graphFromSynthesis, ResourceGraph } from '../analysis/graph';
import { compare, Comparison, digitalOceanBook, Estimate, estimate, StatedLine, usageFromLoad, UsagePlaces } from '../analysis/pricing';
import type { ComponentKind } from '../components/component';
import type { Environment } from '../environments/schema';
import { statedTier } from '../tiers/roadmaps';
import type { Tier } from '../tiers/tier';
import type { Stack } from './project';

/** A tier with its resources and what they cost. */
export interface PricedTier {
  readonly graph: ResourceGraph;
  readonly estimate: Estimate;
  /** List beside stated prices, by component. */
  readonly comparison: Comparison;
}

/** Prices a synthesized tier under the environment's load. */
export function priceTier(stack: Stack, { load }: Pick<Environment, 'load'>): PricedTier {
  const graph = graphFromSynthesis(stack.json as CdkTfJson);
  const usage = usageFromLoad({ dailyUsers: load.dailyUsers, ...(load.requestsPerUser === undefined ? {} : { requestsPerUser: load.requestsPerUser }) }, placesIn(stack.tier));
  const priced = estimate(graph, digitalOceanBook(), usage);
  return { graph, estimate: priced, comparison: compare(priced, statedLines(stack.tier), stack.tier.costExplanations) };
}

/** Who answers requests, and whose bucket serves what people load. */
function placesIn(tier: Tier): UsagePlaces {
  const first = (...kinds: readonly ComponentKind[]): string | undefined => kinds.flatMap((kind) => tier.components.find((component) => component.kind === kind)?.id ?? [])[0];
  const servers = first('app-servers');
  const objects = first('frontend', 'object-storage');
  return { ...(servers === undefined ? {} : { servers }), ...(objects === undefined ? {} : { objects }) };
}

/** The document's cost lines, each with the component that it pays for; of a range, the lower end. */
function statedLines(tier: Tier): readonly StatedLine[] {
  const { costLines } = statedTier(tier.roadmap, tier.stated);
  return tier.statedCosts.flatMap(({ line, component }) => costLines.filter(({ id }) => id === line).map(({ label, amount }) => ({ component, label, amount: amount.min })));
}
