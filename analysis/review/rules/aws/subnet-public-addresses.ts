import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const subnetPublicAddresses: Rule = {
  id: 'TRC-AWS-020',
  severity: 'low',
  summary: 'Everything that is started in the subnet gets a public address.',
  why: 'Servers become reachable that nobody meant to show.',
  remedy: 'Leave map_public_ip_on_launch off; give an address to what needs one.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html',
  checkov: ['CKV_AWS_130'],
  trivy: ['AVD-AWS-0164'],
  breaches: everyOf(['aws_subnet'], isNot('map_public_ip_on_launch', true)),
};
