import { recordedTierAddress } from '../../../graph';
import type { ResourceGraph } from '../../../graph/types';
import { leaves } from '../read';

/** Whether something in the graph answers a risk. */
type Answer = (graph: ResourceGraph) => boolean;

/** A finding about a risk stands at the tier that the state records, one for each risk. */
export function riskAddress(risk: string): string {
  return `${recordedTierAddress}[${JSON.stringify(risk)}]`;
}

/** Resources of one of these types. */
function resources(...types: readonly string[]): Answer {
  return (graph) => graph.ofType(...types).length > 0;
}

/** Resources of one of these types at whose path something stands. */
function having(type: string, ...path: readonly string[]): Answer {
  return (graph) => graph.ofType(type).some(({ values }) => leaves(values, path).length > 0);
}

/** Something in the graph is called so, or says so. */
function mentioned(type: string, word: RegExp): Answer {
  return (graph) => graph.ofType(type).some(({ address, values }) => word.test(address) || word.test(JSON.stringify(values)));
}

/** A component of this name has resources. */
function component(id: string): Answer {
  return (graph) => graph.resources.some((node) => node.component === id);
}

/** All of them. */
function together(...answers: readonly Answer[]): Answer {
  return (graph) => answers.every((answer) => answer(graph));
}

const alerts = resources('digitalocean_monitor_alert', 'aws_cloudwatch_metric_alarm', 'google_monitoring_alert_policy');
const pooler = [
  resources('digitalocean_database_connection_pool', 'aws_db_proxy'),
  mentioned('digitalocean_spaces_bucket_object', /pgbouncer/),
  mentioned('aws_s3_object', /pgbouncer/),
  mentioned('aws_ssm_parameter', /pgbouncer/),
];
const gpuFallback = [having('aws_autoscaling_group', 'mixed_instances_policy')];
const budgets = resources('aws_budgets_budget', 'aws_ce_anomaly_monitor', 'google_billing_budget');

/**
 * What answers each risk that the roadmap of the ladder names (`risks` in tiers/roadmaps/deadlock-coach.yaml). A risk without an
 * answer here can only be accepted: see `waivers.ts`.
 */
export const riskAnswers: Readonly<Record<string, readonly Answer[]>> = {
  'single point of failure': [together(component('backup'), resources('digitalocean_volume', 'aws_ebs_volume'))],
  'no redundancy': [],
  'limited concurrent processing': [alerts],
  'still a single-server bottleneck': [together(alerts, resources('digitalocean_database_cluster', 'aws_db_instance'))],
  'LLM memory competition': [
    mentioned('digitalocean_monitor_alert', /memory/),
    mentioned('aws_cloudwatch_metric_alarm', /mem/i),
    mentioned('aws_s3_object', /mem_limit/),
    mentioned('digitalocean_spaces_bucket_object', /mem_limit/),
  ],
  'database connection limits': pooler,
  'GPU costs for LLM inference': [budgets],
  'database scaling limits': pooler,
  'screenshot storage growth': [having('digitalocean_spaces_bucket', 'lifecycle_rule'), resources('aws_s3_bucket_lifecycle_configuration')],
  'GPU availability and costs': gpuFallback,
  'database write scaling': [],
  'LLM inference latency': [component('monitoring')],
  'screenshot processing bottlenecks': [together(component('storage'), component('frontend'))],
  'complex distributed systems': [component('monitoring')],
  'data consistency across regions': [],
  'LLM model serving at scale': [component('inference')],
  'cost optimization challenges': [
    budgets,
    resources('aws_autoscaling_group', 'digitalocean_droplet_autoscale'),
    having('digitalocean_kubernetes_node_pool', 'auto_scale'),
    having('aws_eks_node_group', 'scaling_config', 'max_size'),
  ],
  'vendor lock-in': [
    (graph) =>
      new Set(
        graph.resources
          .map(({ type }) => type.split('_', 1)[0])
          .filter((provider) => ['aws', 'google', 'digitalocean'].includes(provider ?? '')),
      ).size > 1,
  ],
  'regulatory compliance': [resources('aws_cloudtrail', 'google_logging_project_sink')],
  'model accuracy at scale': [],
  'technical debt accumulation': [],
};
