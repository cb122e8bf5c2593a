import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { adminPorts, closed, openOnAws, securityGroupTypes } from '../network';

export const openAdminPortsOnAws: Rule = {
  id: 'TRC-AWS-014',
  severity: 'high',
  summary: 'The whole internet reaches a port where servers are administered, such as SSH or RDP.',
  why: 'A leaked key or a hole in the service is then enough, from anywhere.',
  remedy: 'Use Session Manager and open no such port, or name the addresses of the administrators.',
  link: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
  checkov: ['CKV_AWS_24', 'CKV_AWS_25'],
  trivy: ['AVD-AWS-0107'],
  breaches: everyOf(securityGroupTypes, closed(openOnAws, adminPorts)),
};
