import type { Rule } from '../../types';
import { allOf, everyOf, isNot, stated } from '../conditions';
import { versions, workloads } from './pods';

export const defaultNamespace: Rule = {
  id: 'TRC-K8S-006',
  severity: 'low',
  summary: 'It lies in the namespace "default".',
  why: 'Quotas, network policies and rights are given to namespaces: what lies here gets none of them.',
  remedy: 'Set metadata.namespace.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  checkov: ['CKV_K8S_21'],
  trivy: ['AVD-KSV-0110'],
  breaches: everyOf(
    [...workloads, ...versions('kubernetes_secret', 'kubernetes_config_map', 'kubernetes_service')],
    allOf(stated('metadata.namespace'), isNot('metadata.namespace', 'default')),
  ),
};
