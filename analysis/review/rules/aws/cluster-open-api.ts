import type { Rule } from '../../types';
import { anyOf, everyOf, holding, is } from '../conditions';
import { isWorld } from '../network';

/** The endpoint is public until it is switched off. */
export const clusterOpenApiOnAws: Rule = {
  id: 'TRC-AWS-037',
  severity: 'medium',
  summary: "The whole internet reaches the cluster's API.",
  why: 'A leaked credential is then enough to take the cluster over, from anywhere.',
  remedy: 'Set endpoint_public_access = false, or public_access_cidrs to the addresses that may connect.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  checkov: ['CKV_AWS_38', 'CKV_AWS_39'],
  trivy: ['AVD-AWS-0040', 'AVD-AWS-0041'],
  breaches: everyOf(
    ['aws_eks_cluster'],
    anyOf(
      is('vpc_config.endpoint_public_access', false),
      holding('vpc_config.public_access_cidrs', (ranges) => ranges.length > 0 && !ranges.some(isWorld)),
    ),
  ),
};
