import type { Rule } from '../../types';
import { stated } from '../conditions';
import { scalarText } from '../../../../values/scalar-text';
import { read } from '../read';
import type { ResourceGraph } from '../../../graph/types';
import type { Breach } from '../../types';
import { ladder } from '../../../../tiers';

/**
 * What the tier promises to keep, in days: backups, replaced files and audit logs, each by its own component.
 */
export const retention: Rule = {
  id: 'TRC-TIER-010',
  severity: 'medium',
  summary: 'Something is kept for a shorter time than the tier promises.',
  why: 'What had to be brought back, or shown to an auditor, is gone by then.',
  remedy: 'Raise the retention to what the detail names.',
  link: 'https://www.pcisecuritystandards.org/document_library/',
  breaches: ({ graph, context }) =>
    context === undefined || context.disposable ? [] : promises(context.tier).flatMap((promise) => broken(graph, promise)),
};

interface Promised {
  readonly types: readonly string[];
  readonly component?: string;
  /** What its own name looks like. */
  readonly named?: RegExp;
  readonly path: string;
  readonly days: number;
}

/** AWS keeps automated backups of a database for 35 days at most, DigitalOcean for 7 without a choice. */
function promises(id: string): readonly Promised[] {
  const components = ladder.find((each) => each.id === id)?.components ?? [];
  return components.flatMap((each): readonly Promised[] => {
    if (each.kind === 'backup')
      return [
        ...versionsOf(each.id, each.retentionDays),
        { types: ['aws_db_instance', 'aws_rds_cluster'], path: 'backup_retention_period', days: Math.min(35, each.retentionDays) },
      ];
    if (each.kind === 'audit-log') return recordsOf(each.id, each.retentionDays);
    return each.kind === 'object-storage' ? versionsOf(each.id, each.keepVersionsDays) : [];
  });
}

/** Logs of what was done in clusters and accounts, the lock on them, and when they are deleted. */
function recordsOf(component: string, days: number): readonly Promised[] {
  return [
    { types: ['aws_cloudwatch_log_group'], named: /^\/aws\/eks\/|trail|audit/, path: 'retention_in_days', days },
    { types: ['google_logging_project_bucket_config'], component, path: 'retention_days', days },
    { types: ['aws_s3_bucket_object_lock_configuration'], component, path: 'rule.default_retention.days', days },
    { types: ['aws_s3_bucket_lifecycle_configuration'], component, path: 'rule.expiration.days', days },
  ];
}

function versionsOf(component: string, days: number): readonly Promised[] {
  return [
    { types: ['digitalocean_spaces_bucket'], component, path: 'lifecycle_rule.noncurrent_version_expiration.days', days },
    { types: ['aws_s3_bucket_lifecycle_configuration'], component, path: 'rule.noncurrent_version_expiration.noncurrent_days', days },
  ];
}

/** Nothing stated means for ever, but for a database, where the rule about backups speaks. A replica has its source's. */
function broken(graph: ResourceGraph, { types, component, named, path, days }: Promised): readonly Breach[] {
  return graph
    .ofType(...types)
    .filter((node) => component === undefined || node.component === component)
    .filter((node) => named === undefined || read(node, 'name')?.some((name) => named.test(scalarText(name))) === true)
    .filter(
      (node) =>
        stated('replicate_source_db')(node, graph) === false &&
        (read(node, path) ?? []).some((value) => Number(value) > 0 && Number(value) < days),
    )
    .map(({ address }) => ({ address, detail: `It is kept for less than ${days} days.` }));
}
