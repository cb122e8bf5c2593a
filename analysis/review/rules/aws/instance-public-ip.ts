import type { Rule } from '../../types';
import { allOf, everyOf, isNot } from '../conditions';
import { serverTypes } from './servers';

export const instancePublicIp: Rule = {
  id: 'TRC-AWS-013',
  severity: 'medium',
  summary: 'The server has a public address.',
  why: 'It can be tried from anywhere, and a slip in its security group is an open door.',
  remedy: 'Leave associate_public_ip_address off and put a load balancer in front.',
  link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
  checkov: ['CKV_AWS_88'],
  trivy: ['AVD-AWS-0009'],
  breaches: everyOf(
    serverTypes,
    allOf(isNot('associate_public_ip_address', true), isNot('network_interfaces.associate_public_ip_address', true, 'true')),
  ),
};
