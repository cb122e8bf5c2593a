import type { Rule } from '../../types';
import { everyOf, stated } from '../conditions';
import { nodePools } from './nodes';

export const nodesDefaultAccount: Rule = {
  id: 'TRC-GCP-004',
  severity: 'medium',
  summary: "The nodes act as the project's default service account.",
  why: 'That account may edit the whole project, so that one broken pod is enough to take it over.',
  remedy: 'Make a service account with the role container.defaultNodeServiceAccount and name it in node_config.service_account.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa',
  breaches: everyOf(...nodePools(stated('node_config.service_account'))),
};
