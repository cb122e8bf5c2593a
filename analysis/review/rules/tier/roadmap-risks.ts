import type { Rule } from '../../types';
import type { ResourceGraph } from '../../../graph/types';
import type { Breach } from '../../types';
import { statedTier } from '../../../../tiers/roadmaps';
import { ladder } from '../../../../tiers';
import { riskAddress, riskAnswers } from './risk-answers';

/**
 * Each risk that the roadmap names for the tier is answered by a resource, or accepted by a waiver. The address tells risks apart:
 * `terraform_data.recorded_tier["vendor lock-in"]`. An environment that is to be thrown away takes all of them;
 * the stack of its workloads is not asked.
 */
export const roadmapRisks: Rule = {
  id: 'TRC-TIER-011',
  severity: 'low',
  summary: 'The roadmap names a risk of this tier that nothing here answers.',
  why: 'Who wrote the plan expected it to happen at this size.',
  remedy: 'Add what answers it, or accept it with a waiver that says why.',
  link: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html',
  breaches: ({ graph, context }) =>
    context === undefined || context.disposable || graph.opaque.length > 0 || isWorkloads(graph) ? [] : unanswered(graph, context.tier),
};

function isWorkloads(graph: ResourceGraph): boolean {
  return graph.resources.some(({ type }) => type.startsWith('kubernetes_'));
}

function unanswered(graph: ResourceGraph, id: string): readonly Breach[] {
  return risksOf(id)
    .filter((risk) => !(riskAnswers[risk] ?? []).some((answers) => answers(graph)))
    .map((risk) => ({ address: riskAddress(risk), summary: `The roadmap names a risk of this tier that nothing here answers: ${risk}.` }));
}

/** What the roadmap says of a tier of the ladder; nothing of any other. */
function risksOf(id: string): readonly string[] {
  const tier = ladder.find((each) => each.id === id);
  return tier === undefined ? [] : statedTier(tier.roadmap, tier.stated).risks;
}
