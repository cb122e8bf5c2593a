import type { Rule } from '../../types';
import { anyOf, everyOf, holding, is, matches, allOf, somewhere, stated, when } from '../conditions';
import { scalarText } from '../../../../values/scalar-text';

/** In JSON or YAML, as the add-on takes both. */
const enforced = /\benableNetworkPolicy["']?\s*:\s*["']?true\b/;

/** Charts of others that enforce them beside Amazon's network add-on. */
const enforcers = somewhere(['helm_release'], allOf(stated('chart'), matches('chart', /calico|tigera|cilium/i)));

export const clusterNetworkPolicyOnAws: Rule = {
  id: 'TRC-AWS-065',
  severity: 'medium',
  summary: 'The cluster does not enforce network policies.',
  why: 'Policies are accepted and do nothing, so that every pod reaches every other one.',
  remedy: 'Set configuration_values = jsonencode({ enableNetworkPolicy = "true" }) of the add-on vpc-cni, 1.14 or later.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  breaches: everyOf(
    ['aws_eks_addon'],
    when(
      is('addon_name', 'vpc-cni'),
      anyOf(
        holding('configuration_values', (values) => values.some((value) => enforced.test(scalarText(value)))),
        enforcers,
      ),
    ),
  ),
};
