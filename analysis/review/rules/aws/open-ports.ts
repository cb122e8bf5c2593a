import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { beyond, openOnAws, securityGroupTypes, webPorts } from '../network';

export const openPortsOnAws: Rule = {
  id: 'TRC-AWS-016',
  severity: 'medium',
  summary: 'The whole internet reaches a port that no website needs.',
  why: 'Whatever listens there is found by scanners within minutes.',
  remedy: 'Open 80 and 443 at most, and those on the load balancer.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  checkov: ['CKV_AWS_277'],
  trivy: ['AVD-AWS-0102', 'AVD-AWS-0107'],
  breaches: everyOf(securityGroupTypes, (node) => beyond(openOnAws(node), webPorts).length === 0),
};
