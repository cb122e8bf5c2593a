import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { read, visible } from '../read';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { versions } from './pods';

export const networkPolicy: Rule = {
  id: 'TRC-K8S-010',
  severity: 'low',
  summary: 'Every pod of the cluster may talk to the pods of this namespace.',
  why: 'Who breaks into one of them can try all the others, databases and caches included.',
  remedy: 'Add a kubernetes_network_policy_v1 that denies what is not named.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  trivy: ['AVD-KSV-0038'],
  breaches: everyOf(versions('kubernetes_namespace'), (node, graph) => policyIn(node, graph)),
};

function policyIn(node: ResourceNode, graph: ResourceGraph): boolean | undefined {
  const policies = graph.ofType(...versions('kubernetes_network_policy'));
  const names = visible(node, 'metadata.name');
  const here = policies.some(
    (policy) =>
      graph.referenced(policy, 'metadata').includes(node) || visible(policy, 'metadata.namespace').some((name) => names.includes(name)),
  );
  if (here) return true;
  const hidden = policies.some(
    (policy) => read(policy, 'metadata.namespace') === undefined && graph.referenced(policy, 'metadata').length === 0,
  );
  return hidden || graph.opaque.length > 0 ? undefined : false;
}
