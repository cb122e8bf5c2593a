import type { Rule } from '../../types';
import { everyOf, holding, when } from '../conditions';
import { visible } from '../read';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { versions } from './pods';

/** A budget belongs to a deployment by the labels that it selects, or by the same name where these cannot be read. */
export const disruptionBudget: Rule = {
  id: 'TRC-K8S-009',
  severity: 'low',
  summary: 'Nothing keeps some of the pods running while nodes are emptied.',
  why: 'An upgrade of the cluster may take all of them at once.',
  remedy: 'Add a kubernetes_pod_disruption_budget_v1 that selects its labels.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  breaches: everyOf(
    versions('kubernetes_deployment', 'kubernetes_stateful_set'),
    when(
      holding('spec.replicas', ([replicas]) => Number(replicas ?? 2) > 1),
      (node, graph) => budgetFor(node, graph),
    ),
  ),
};

function budgetFor(node: ResourceNode, graph: ResourceGraph): boolean | undefined {
  const budgets = graph.ofType(...versions('kubernetes_pod_disruption_budget'));
  const selected = JSON.stringify(visible(node, 'spec.selector.match_labels'));
  if (budgets.some((budget) => JSON.stringify(visible(budget, 'spec.selector.match_labels')) === selected)) return true;
  return graph.opaque.length > 0 ? undefined : false;
}
