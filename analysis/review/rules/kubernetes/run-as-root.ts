import type { Rule } from '../../types';
import { anyOf, everyOf, is } from '../conditions';
import { inEach, inPods, workloads } from './pods';

export const runAsRoot: Rule = {
  id: 'TRC-K8S-012',
  severity: 'low',
  summary: 'Pods may run as root.',
  why: "A hole in the container's runtime then gives away the node.",
  remedy: 'Set security_context.run_as_non_root = true for the pod or for each container.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  checkov: ['CKV_K8S_29'],
  trivy: ['AVD-KSV-0012'],
  breaches: everyOf(
    workloads,
    inPods((pod) =>
      anyOf(is(`${pod}.security_context.run_as_non_root`, true), inEach(`${pod}.container`, 'security_context.run_as_non_root')),
    ),
  ),
};
