import type { Rule } from '../../types';
import { everyOf, matches } from '../conditions';
import { inPods, workloads } from './pods';

export const imageTag: Rule = {
  id: 'TRC-K8S-005',
  severity: 'low',
  summary: "A container's image has no fixed version.",
  why: 'The same manifest runs something else tomorrow, and there is no way back to what ran today.',
  remedy: 'Name a version, or better a digest.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/',
  checkov: ['CKV_K8S_14'],
  trivy: ['AVD-KSV-0013'],
  breaches: everyOf(
    workloads,
    inPods((pod) => matches(`${pod}.container.image`, /(?:@sha256:[\da-f]{64}|:(?!latest$)[\w.-]+)$/)),
  ),
};
