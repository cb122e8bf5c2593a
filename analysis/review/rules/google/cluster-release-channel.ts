import type { Rule } from '../../types';
import { allOf, everyOf, isNot, stated } from '../conditions';

export const clusterReleaseChannel: Rule = {
  id: 'TRC-GCP-008',
  severity: 'low',
  summary: 'The cluster is on no release channel.',
  why: 'Without one nobody says when its version ends, and Google upgrades it at a time of its own.',
  remedy: 'Set release_channel with channel = "REGULAR" or "STABLE".',
  link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels',
  checkov: ['CKV_GCP_70'],
  breaches: everyOf(['google_container_cluster'], allOf(stated('release_channel'), isNot('release_channel.channel', 'UNSPECIFIED'))),
};
