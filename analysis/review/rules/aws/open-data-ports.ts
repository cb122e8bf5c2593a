import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { closed, dataPorts, openOnAws, securityGroupTypes } from '../network';

export const openDataPortsOnAws: Rule = {
  id: 'TRC-AWS-015',
  severity: 'high',
  summary: 'The whole internet reaches a port where data is served.',
  why: 'Databases and caches are tried day and night; several of them ask for no password unless told to.',
  remedy: 'Let in the security group of what uses it.',
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  trivy: ['AVD-AWS-0107'],
  breaches: everyOf(securityGroupTypes, closed(openOnAws, dataPorts)),
};
