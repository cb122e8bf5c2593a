import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';
import { nodePools } from './nodes';

export const nodesMetadata: Rule = {
  id: 'TRC-GCP-006',
  severity: 'medium',
  summary: 'Every pod reaches the credentials of its node.',
  why: 'Who breaks into one pod then acts as the node: it pulls images and reads what other pods were given.',
  remedy: 'Set node_config.workload_metadata_config with mode = "GKE_METADATA", and workload_identity_config in the cluster.',
  link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity',
  checkov: ['CKV_GCP_69'],
  breaches: everyOf(...nodePools(is('node_config.workload_metadata_config.mode', 'GKE_METADATA'))),
};
