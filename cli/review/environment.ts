import { tierOf } from '../../analysis/review/deltas';
import type { CdkTfJson } from '../../analysis/graph';
import { graphFromSynthesis } from '../../analysis/graph';
import type { ReviewInput } from '../../analysis/review';
import { loadInput } from '../environment-load';
import type { Io } from '../io';
import type { OpenProject } from '../project';

/** What an environment file says that a review needs: its load, its budget, and what rules ask for. */
export async function environmentFacts(reference: string, io: Io, open: OpenProject): Promise<Partial<ReviewInput>> {
  const { environment, recorded } = await open(reference, io);
  const tier = tierOf(graphFromSynthesis(recorded.json as CdkTfJson));
  return {
    load: loadInput(environment),
    ...(environment.budget === undefined ? {} : { budget: String(environment.budget.monthly) }),
    context: {
      environment: environment.name,
      roadmap: environment.roadmap,
      tier: tier?.id ?? environment.tier,
      disposable: environment.disposable !== undefined,
      stateBackend: environment.state.backend,
      settings: { ...environment.app.settings },
    },
  };
}
