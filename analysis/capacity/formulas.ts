import { vectorNodeLimits } from '../../catalog/data-services';
import { hoursPerMonth } from '../pricing/arithmetic';

/**
 * Formulas of the scaling documents that stand beside the load model: what a number of agents, workers, shards or providers
 * would need. Numbers in seeds.md, section 2.
 */

/** Minutes a month in which a service with this availability may be down. Row 27. */
export function downtimeMinutes(availabilityPercent: number): number {
  return (1 - availabilityPercent / 100) * hoursPerMonth * 60;
}

/** Pieces of work a second that a provider's requests a minute allow. Row 4. */
export function workflowsPerSecond(requestsPerMinute: number, callsPerWorkflow: number): number {
  return requestsPerMinute / 60 / callsPerWorkflow;
}

/** What workers are asked to hold, and how much of it one of them can. */
export interface WorkerNeeds {
  readonly configurations: number;
  readonly workflowsPerSecond: number;
  readonly agentsPerWorkflow: number;
  readonly secondsPerWorkflow: number;
  readonly agentsPerWorker: number;
}

/** Workers that keep every configuration in memory, or every running agent: the larger. Row 12. */
export function workersNeeded(needs: WorkerNeeds): { readonly byConfigurations: number; readonly byAgents: number } {
  const agents = needs.workflowsPerSecond * needs.agentsPerWorkflow * needs.secondsPerWorkflow;
  return { byConfigurations: needs.configurations / needs.agentsPerWorker, byAgents: agents / needs.agentsPerWorker };
}

/** US dollars of one piece of work at prices for a million tokens. Row 5. */
export function tokenCost(
  tokens: { readonly input: number; readonly output: number },
  perMillion: { readonly input: number; readonly output: number },
): number {
  return (tokens.input * perMillion.input + tokens.output * perMillion.output) / 1e6;
}

/** Connections of pods that each keep their own pools. Row 10. */
export function pooledConnections(pods: number, workersPerPod: number, poolSize: number): number {
  return pods * workersPerPod * poolSize;
}

/** A year's growth, as it lies hot, warm and cold. Row 17. */
export function storageSplit(growthPerYear: number): { readonly hot: number; readonly warm: number; readonly cold: number } {
  return { hot: (growthPerYear * 30) / 365, warm: (growthPerYear * 60) / 365, cold: (growthPerYear * 275) / 365 };
}

/** Memory of a vector index over its vectors. Row 18: Qdrant's documentation, vectors x dimensions x 4 bytes x 1.5. */
export const vectorIndexFactor = vectorNodeLimits.indexFactor.value;

/** US dollars an hour of a mix of interruptible and ordinary workers. Row 25. */
export function spotMix(
  spot: { readonly count: number; readonly perHour: number },
  ordinary: { readonly count: number; readonly perHour: number },
): number {
  return spot.count * spot.perHour + ordinary.count * ordinary.perHour;
}
