import type { Rule } from '../../types';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { autoscalers } from './autoscaling';

export const monitoringBeforeAutoscaling: Rule = {
  id: 'TRC-TIER-003',
  severity: 'medium',
  summary: 'Servers or pods come and go by themselves, and no alert says so.',
  why: 'Autoscaling hides a fault by adding machines until the upper bound is reached: then it is an outage, and a bill.',
  remedy: 'Add alerts first: digitalocean_monitor_alert, aws_cloudwatch_metric_alarm, or a monitoring stack in the cluster.',
  link: 'https://sre.google/sre-book/monitoring-distributed-systems/',
  breaches: ({ graph, context }) =>
    context === undefined || context.disposable || graph.opaque.length > 0 || hasAlerts(graph)
      ? []
      : scaled(graph).map(({ address }) => ({ address })),
};

const alerts: readonly string[] = [
  'digitalocean_monitor_alert',
  'digitalocean_uptime_alert',
  'aws_cloudwatch_metric_alarm',
  'google_monitoring_alert_policy',
];

function hasAlerts(graph: ResourceGraph): boolean {
  return (
    graph.ofType(...alerts).length > 0 ||
    graph.ofType('helm_release').some((chart) => /prometheus|datadog|grafana/.test(JSON.stringify(chart.values)))
  );
}

/** Groups whose bounds differ. A group of fixed size heals, and does not scale. */
function scaled(graph: ResourceGraph): readonly ResourceNode[] {
  const groups = graph.ofType('aws_autoscaling_group').filter(({ values }) => values['min_size'] !== values['max_size']);
  return [...groups, ...graph.ofType('digitalocean_droplet_autoscale', 'aws_appautoscaling_target', ...autoscalers)];
}
