import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';
import { inPods, workloads } from './pods';

export const privileged: Rule = {
  id: 'TRC-K8S-001',
  severity: 'high',
  summary: 'A container runs with the rights of its node.',
  why: 'Who breaks into it owns the node, and every pod and volume there.',
  remedy: 'Leave security_context.privileged out; ask for single capabilities.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  checkov: ['CKV_K8S_16'],
  trivy: ['AVD-KSV-0017'],
  breaches: everyOf(
    workloads,
    inPods((pod) => isNot(`${pod}.container.security_context.privileged`, true)),
  ),
};
