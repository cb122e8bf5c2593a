import { ladder } from '../../../../tiers';
import { recordedTierAddress } from '../../../graph';
import type { ResourceGraph } from '../../../graph/types';
import type { Rule } from '../../types';

/**
 * A tier with an audit log has one in each cloud that it stands in: each stack has one cloud, or the workloads of its clusters, which
 * record nothing themselves.
 */
export const auditLogMissing: Rule = {
  id: 'TRC-TIER-012',
  severity: 'medium',
  summary: 'The tier promises an audit log, and nothing here writes one.',
  why: 'After a break-in nobody can say what was done, by whom and since when, and an auditor is shown nothing.',
  remedy: 'Add an aws_cloudtrail that logs, or a google_project_iam_audit_config for each service that holds data.',
  link: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-user-guide.html',
  breaches: ({ graph, context }) =>
    context === undefined || context.disposable || graph.opaque.length > 0 || !promises(context.tier) || recorded(graph)
      ? []
      : [{ address: recordedTierAddress }],
};

function promises(tier: string): boolean {
  return ladder.some(({ id, components }) => id === tier && components.some(({ kind }) => kind === 'audit-log'));
}

/** What writes the log in a cloud, by the beginning of its types. */
const writers: Readonly<Record<string, (graph: ResourceGraph) => boolean>> = {
  aws_: (graph) => graph.ofType('aws_cloudtrail').some(({ values }) => values['enable_logging'] !== false),
  google_: (graph) => graph.ofType('google_project_iam_audit_config').length > 0,
};

/** The ends of a VPN in another stack's cloud, which that one's log records. */
const foreignEnds: ReadonlySet<string> = new Set(['aws_customer_gateway', 'aws_vpn_connection']);

function recorded(graph: ResourceGraph): boolean {
  const own = graph.resources.filter(({ type }) => !foreignEnds.has(type));
  return Object.entries(writers).every(([prefix, writes]) => !own.some(({ type }) => type.startsWith(prefix)) || writes(graph));
}
