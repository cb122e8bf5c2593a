import type { Rule } from '../../types';
import { allOf, everyOf, isNot, not, stated } from '../conditions';
import { inPods, workloads } from './pods';

export const hostNamespaces: Rule = {
  id: 'TRC-K8S-002',
  severity: 'medium',
  summary: "Pods share the node's network, processes or files.",
  why: "They see what other pods do, and reach the node's own services.",
  remedy: "Leave host_network, host_pid, host_ipc and host_path out; use a node agent from its vendor's chart where one is needed.",
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
  trivy: ['AVD-KSV-0009', 'AVD-KSV-0010', 'AVD-KSV-0008', 'AVD-KSV-0023'],
  breaches: everyOf(
    workloads,
    inPods((pod) =>
      allOf(
        isNot(`${pod}.host_network`, true),
        isNot(`${pod}.host_pid`, true),
        isNot(`${pod}.host_ipc`, true),
        not(stated(`${pod}.volume.host_path`)),
      ),
    ),
  ),
};
