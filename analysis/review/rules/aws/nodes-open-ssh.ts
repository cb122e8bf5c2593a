import type { Rule } from '../../types';
import { everyOf, stated, when } from '../conditions';

export const nodesOpenSsh: Rule = {
  id: 'TRC-AWS-040',
  severity: 'high',
  summary: 'The whole internet reaches the nodes by SSH.',
  why: 'A key without the security groups that may use it opens port 22 to everyone.',
  remedy: 'Leave remote_access out, or set source_security_group_ids.',
  link: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html',
  checkov: ['CKV_AWS_100'],
  breaches: everyOf(['aws_eks_node_group'], when(stated('remote_access.ec2_ssh_key'), stated('remote_access.source_security_group_ids'))),
};
