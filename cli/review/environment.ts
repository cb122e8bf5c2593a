import { tierOf } from '../../analysis/review/deltas';
import type { CdkTfJson } from '../../analysis/graph';
import { graphFromSynthesis } from '../../analysis/graph';
import type { ReviewInput } from '../../analysis/review';
import { loadInput } from '../environment-load';
import type { Project } from '../project';

/** What an environment file says that a review needs: its load, its budget, and what rules ask for. */
export function environmentFacts({ environment, recorded }: Project): Pick<ReviewInput, 'load' | 'budget' | 'services' | 'context'> {
  const tier = tierOf(graphFromSynthesis(recorded.json as CdkTfJson));
  return {
    load: loadInput(environment),
    services: environment.services,
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
