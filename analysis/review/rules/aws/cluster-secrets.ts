import type { Rule } from '../../types';
import { everyOf, has } from '../conditions';

export const clusterSecrets: Rule = {
  id: 'TRC-AWS-039',
  severity: 'low',
  summary: "The cluster's secrets are not encrypted with a key of your own.",
  why: "Only AWS's own key stands between a copy of the cluster's store and its secrets, and it cannot be withdrawn.",
  remedy: 'Set encryption_config with a KMS key and resources = ["secrets"].',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html',
  checkov: ['CKV_AWS_58'],
  trivy: ['AVD-AWS-0039'],
  breaches: everyOf(['aws_eks_cluster'], has('encryption_config.resources', 'secrets')),
};
