import { attributesOf, blocks, text, textOr } from '../read';
import { free, freeType, unpriced, unpricedType } from '../results';
import type { Mapping } from '../types';

const onNodes = 'it runs on nodes of its cluster, which are priced themselves';
const settings = 'a setting of its cluster';

/** What runs in a cluster costs what its nodes cost, but for what it asks of the cloud. */
const service = (type: string): Mapping => ({
  type,
  map: (node) => {
    const [spec] = blocks(attributesOf(node), 'spec');
    const kind = spec === undefined ? 'ClusterIP' : textOr(spec, 'type', 'ClusterIP');
    return kind === 'LoadBalancer' || kind === undefined
      ? unpriced('the cluster makes a load balancer for it, of a kind that this resource does not state')
      : free(onNodes);
  },
});

const claim = (type: string): Mapping => ({
  type,
  map: (node) => {
    const [spec] = blocks(attributesOf(node), 'spec');
    const named = spec === undefined ? undefined : text(spec, 'storage_class_name');
    return unpriced(
      `the cluster makes a volume for it${named === undefined ? '' : ` of the class "${named}"`}, of a kind that this resource does not state`,
    );
  },
});

const both = (names: readonly string[]): readonly string[] => names.flatMap((name) => [`kubernetes_${name}`, `kubernetes_${name}_v1`]);

const workloads = both(['cron_job', 'daemonset', 'deployment', 'job', 'pod', 'replication_controller']);
const objects = both([
  'cluster_role',
  'cluster_role_binding',
  'config_map',
  'config_map_v1_data',
  'endpoints',
  'ingress_class',
  'limit_range',
  'namespace',
  'network_policy',
  'pod_disruption_budget',
  'priority_class',
  'resource_quota',
  'role',
  'role_binding',
  'secret',
  'service_account',
  'storage_class',
  'validating_webhook_configuration',
  'mutating_webhook_configuration',
  'annotations',
  'labels',
]);

/** Kubernetes and Helm. */
export const clusterMappings: readonly Mapping[] = [
  ...both(['service']).map(service),
  ...both(['persistent_volume_claim']).map(claim),
  ...workloads.map((type) => freeType(type, onNodes)),
  ...objects.map((type) => freeType(type, settings)),
  ...[
    'kubernetes_horizontal_pod_autoscaler',
    'kubernetes_horizontal_pod_autoscaler_v1',
    'kubernetes_horizontal_pod_autoscaler_v2',
    'kubernetes_horizontal_pod_autoscaler_v2beta2',
    'kubernetes_pod_disruption_budget',
    'kubernetes_env',
    'kubernetes_node_taint',
  ]
    .filter((type) => !objects.includes(type))
    .map((type) => freeType(type, settings)),
  ...both(['stateful_set']).map((type) =>
    unpricedType(type, `${onNodes}, but the volumes that its template asks for are of a kind that it does not state`),
  ),
  ...both(['ingress']).map((type) => unpricedType(type, 'whether the cluster makes a load balancer for it depends on what watches it')),
  ...both(['persistent_volume']).map((type) => unpricedType(type, 'the disk behind it is of a kind that it does not state')),
  unpricedType('kubernetes_manifest', 'what it makes is not read; what runs on nodes is priced with them'),
  unpricedType(
    'helm_release',
    'what a chart makes is not in Terraform; what runs on nodes is priced with them, volumes and load balancers are not',
  ),
];
