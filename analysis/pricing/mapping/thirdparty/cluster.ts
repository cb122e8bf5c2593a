import type { Decimal } from 'decimal.js';
import { one } from '../../decimal';
import { attributesOf, type Block, blocks, countOr, text, textOr, why } from '../read';
import { assembled, free, freeType, missing, unpriced, unpricedType } from '../results';
import type { Mapping } from '../types';
import { type Claim, gibOf, ofNoKnownKind, volumesOf } from './claims';
import { onNodes } from './on-nodes';
import { release } from './releases';

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
  map: (node, graph) => {
    const [spec] = blocks(attributesOf(node), 'spec');
    const asked = spec === undefined ? undefined : claimOf(spec, one);
    return asked?.gib === undefined ? unpriced(ofNoKnownKind(asked?.storageClass)) : assembled([volumesOf(asked, node, graph)]);
  },
});

/** The volumes that a claim asks for. Its class may be an expression, which says all the same which it is. */
function claimOf(spec: Block, count: Decimal): Claim {
  const [resources] = blocks(spec, 'resources');
  const [requests] = resources === undefined ? [] : blocks(resources, 'requests');
  const storageClass = spec.values['storage_class_name'];
  return {
    gib: requests === undefined ? undefined : gibOf(text(requests, 'storage')),
    count,
    storageClass: typeof storageClass === 'string' ? storageClass : undefined,
  };
}

/** Classes of ingress whose controllers are pods, which take requests by a service of their own. */
const servedByPods: ReadonlySet<string | undefined> = new Set(['nginx', 'traefik']);

const ingress = (type: string): Mapping => ({
  type,
  map: (node) => {
    const [spec] = blocks(attributesOf(node), 'spec');
    const name = spec === undefined ? undefined : text(spec, 'ingress_class_name');
    return servedByPods.has(name)
      ? free('pods of its class take its requests; what leads to them is priced itself')
      : unpriced('whether the cluster makes a load balancer for it depends on what watches it');
  },
});

/** Pods, each with volumes of its own. */
const statefulSet = (type: string): Mapping => ({
  type,
  map: (node, graph) => {
    const [spec] = blocks(attributesOf(node), 'spec');
    if (spec === undefined) return unpriced(`${onNodes}, but the volumes that its template asks for are of a kind that it does not state`);
    const templates = blocks(spec, 'volume_claim_template').flatMap((template) => blocks(template, 'spec'));
    if (templates.length === 0) return free(onNodes);
    const pods = countOr(spec, 'replicas', 1);
    if (pods === undefined) return assembled([missing('volumes', why(spec, 'replicas'))]);
    return assembled(templates.map((template) => volumesOf(claimOf(template, pods), node, graph)));
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
  ...both(['stateful_set']).map(statefulSet),
  ...both(['ingress']).map(ingress),
  ...both(['persistent_volume']).map((type) => unpricedType(type, 'the disk behind it is of a kind that it does not state')),
  unpricedType('kubernetes_manifest', 'what it makes is not read; what runs on nodes is priced with them'),
  release,
];
