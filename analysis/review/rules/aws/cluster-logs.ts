import type { Rule } from '../../types';
import { allOf, everyOf, has } from '../conditions';

export const clusterLogs: Rule = {
  id: 'TRC-AWS-038',
  severity: 'low',
  summary: 'The cluster does not record who called its API.',
  why: 'After a break-in nobody can tell what was done, and with whose rights.',
  remedy: 'Set enabled_cluster_log_types, with api, audit and authenticator at least.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  checkov: ['CKV_AWS_37'],
  trivy: ['AVD-AWS-0038'],
  breaches: everyOf(['aws_eks_cluster'], allOf(...['api', 'audit', 'authenticator'].map((type) => has('enabled_cluster_log_types', type)))),
};
