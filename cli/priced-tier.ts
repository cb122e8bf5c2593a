import type { ResourceGraph } from '../analysis/graph';
import { placesIn, usageOf } from '../analysis/capacity';
import { compare, Comparison, Estimate, estimate, listBook, StatedLine } from '../analysis/pricing';
import { graphOfClouds, graphOfTier } from '../stacks/tier-graph';
import { statedTier } from '../tiers/roadmaps';
import type { PlatformId, Tier } from '../tiers/tier';
import { environmentLoad, type Loaded } from './environment-load';
import type { Stack } from './project';

/** A tier with its resources in clouds and what they and its workloads cost. */
export interface PricedTier {
  readonly graph: ResourceGraph;
  readonly estimate: Estimate;
  /** List beside stated prices, by component. */
  readonly comparison: Comparison;
}

/** Prices a synthesized tier under the environment's load. */
export function priceTier(stack: Stack, environment: Loaded): PricedTier {
  const usage = usageOf(environmentLoad(environment), placesIn(stack.tier, environment.platform));
  const priced = estimate(graphOfTier(stack), listBook(), usage);
  return { graph: graphOfClouds(stack), estimate: priced, comparison: besideStated(priced, stack.tier, environment.platform) };
}

/** An estimate of a tier on a platform beside what the roadmap's document states. */
export function besideStated(priced: Estimate, tier: Tier, platform: PlatformId = 'digitalocean'): Comparison {
  return compare(
    priced,
    statedLines(tier),
    tier.costExplanations.filter((one) => (one.platform ?? 'digitalocean') === platform),
  );
}

/** The document's cost lines, each with the component that it pays for; of a range, the lower end. */
function statedLines(tier: Tier): readonly StatedLine[] {
  const { costLines } = statedTier(tier.roadmap, tier.stated);
  return tier.statedCosts.flatMap(({ line, component }) =>
    costLines.filter(({ id }) => id === line).map(({ label, amount }) => ({ component, label, amount: amount.min })),
  );
}
