import type { Rule } from '../../types';
import { allOf, everyOf } from '../conditions';
import { inEach, inPods, workloads } from './pods';

export const resources: Rule = {
  id: 'TRC-K8S-003',
  severity: 'low',
  summary: 'A container does not say how much memory it needs and may take.',
  why: 'The scheduler puts it where there is no room, autoscaling has nothing to measure against, and one leak takes the whole node down.',
  remedy: 'Set resources.requests (cpu, memory) and resources.limits (memory).',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  checkov: ['CKV_K8S_10', 'CKV_K8S_12', 'CKV_K8S_13'],
  trivy: ['AVD-KSV-0016', 'AVD-KSV-0018'],
  breaches: everyOf(
    workloads,
    inPods((pod) => allOf(inEach(`${pod}.container`, 'resources.requests.memory'), inEach(`${pod}.container`, 'resources.limits.memory'))),
  ),
};
