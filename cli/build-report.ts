import { Decimal } from 'decimal.js';
import type { ResourceGraph } from '../analysis/graph';
import { Comparison, Estimate, estimateToJson, money } from '../analysis/pricing';
import type { Environment } from '../environments/schema';
import { describeComponents } from '../stacks/describe';
import type { Tier } from '../tiers/tier';
import { priceTier } from './priced-tier';
import type { Project } from './project';
import type { ReportedComponent, ReportedCost, StartReport } from './start-report';

/** Gathers everything that the start page tells. */
export function buildReport(project: Project): StartReport {
  const { environment, recorded, file } = project;
  const { graph, estimate, comparison } = priceTier(recorded, environment);
  const budget = budgetOf(environment, estimate);
  return {
    environment: environment.name,
    file,
    tier: recorded.id,
    tierName: recorded.tier.name,
    platform: environment.platform,
    region: environment.region,
    dailyUsers: { load: environment.load.dailyUsers, tier: recorded.tier.dailyUsers },
    components: reportedComponents(recorded.tier, graph),
    resources: countByType(graph),
    cost: reportedCost(estimate, comparison),
    budget,
    deviations: recorded.tier.deviations,
    warnings: [...project.warnings, ...project.leftOut, ...costWarnings(environment, estimate, comparison)],
    next: nextCommands(environment),
  };
}

function reportedComponents(tier: Tier, graph: ResourceGraph): readonly ReportedComponent[] {
  return describeComponents(tier).map((component) => ({
    ...component,
    resources: graph.resources.filter((node) => node.component === component.id).map(({ address }) => address),
  }));
}

function countByType(graph: ResourceGraph): Readonly<Record<string, number>> {
  const types = [...new Set(graph.resources.map(({ type }) => type))].sort();
  return Object.fromEntries(types.map((type) => [type, graph.ofType(type).length]));
}

function reportedCost(estimate: Estimate, comparison: Comparison): StartReport['cost'] {
  const json = estimateToJson(estimate);
  return {
    currency: json.currency,
    monthly: json.monthly,
    low: json.low,
    high: json.high,
    stated: money(comparison.stated),
    oldestPrice: json.oldestPrice,
    lines: json.lines,
    components: comparison.rows.map(costRow),
    unpriced: [...new Set(json.unpriced.map(({ address }) => address))],
    unpricedReasons: json.unpriced,
    unverifiedShare: json.unverifiedShare,
    notes: json.notes,
  };
}

function costRow({ component, label, list, stated, difference, why }: Comparison['rows'][number]): ReportedCost {
  return { component, label, list: money(list), stated: money(stated), difference: money(difference), why };
}

function budgetOf({ budget }: Environment, estimate: Estimate): StartReport['budget'] {
  if (budget === undefined) return null;
  const monthly = new Decimal(budget.monthly);
  return { monthly: money(monthly), exceeded: estimate.monthly.gt(monthly) };
}

function costWarnings({ budget, name }: Environment, estimate: Estimate, comparison: Comparison): readonly string[] {
  const limit = budget === undefined ? undefined : new Decimal(budget.monthly);
  return [
    ...(limit !== undefined && estimate.monthly.gt(limit)
      ? [`${name} costs ${money(estimate.monthly)} USD in a typical month, which is above its budget of ${money(limit)}.`]
      : []),
    ...(limit !== undefined && estimate.monthly.lte(limit) && estimate.high.gt(limit)
      ? [`${name} can cost ${money(estimate.high)} USD in a busy month, which is above its budget of ${money(limit)}.`]
      : []),
    ...(estimate.unpriced.length > 0 ? [`${estimate.unpriced.length} resources have no known price and are not in the total.`] : []),
    ...comparison.unexplained.map((component) => `nobody has explained why the list price of ${component} differs from the stated one.`),
  ];
}

/** Commands as they are typed in the folder of the project. */
function nextCommands({ name, tier }: Environment): StartReport['next'] {
  const choose = name === 'production' ? '' : `TERRACE_ENVIRONMENT=${name} `;
  return [
    { command: `${choose}npm run sandbox -- apply ${tier}`, does: 'tries it on a stand-in: no account, no cost' },
    { command: `${choose}npx terrace estimate ${tier}`, does: 'shows every line of the cost, with its source' },
    { command: `${choose}npx terrace diff ${tier}`, does: 'shows what a deploy would change; needs DIGITALOCEAN_TOKEN' },
    { command: `${choose}npx cdktf deploy ${tier}`, does: `deploys it (or: npx terrace deploy ${tier})` },
  ];
}
