import { dropletSizes } from '../../../../catalog/digitalocean/droplet-sizes.generated';
import { scalarText } from '../../../../values/scalar-text';
import { ladder } from '../../../../tiers';
import type { JsonValue, ResourceGraph, ResourceNode } from '../../../graph/types';
import { isObject } from '../../../graph/json';
import { services, versions } from '../kubernetes/pods';
import { leaves, read } from '../read';
import type { RuleInput } from '../../types';

/** Resources that start and stop pods. */
export const autoscalers: readonly string[] = [
  ...versions('kubernetes_horizontal_pod_autoscaler'),
  'kubernetes_horizontal_pod_autoscaler_v2',
  'kubernetes_horizontal_pod_autoscaler_v2beta2',
];

/** What machines have, or pods ask for. */
export interface Room {
  readonly vcpus: number;
  readonly memoryGib: number;
}

/** Of all nodes at their upper bound: those in the graph, or, where the cluster is another stack, those that the tier has. */
export function roomOf({ graph, context }: RuleInput): Room | undefined {
  const pools = [
    ...graph.ofType('digitalocean_kubernetes_cluster').flatMap(({ values }) => leaves(values, ['node_pool'])),
    ...graph.ofType('digitalocean_kubernetes_node_pool').map(({ values }) => values),
  ];
  if (pools.length > 0) return total(pools.map(poolRoom));
  const [cluster] = (ladder.find(({ id }) => id === context?.tier)?.components ?? []).flatMap((each) =>
    each.kind === 'kubernetes-cluster' ? [each] : [],
  );
  return cluster === undefined
    ? undefined
    : { vcpus: cluster.nodes.max * cluster.nodeVcpus, memoryGib: cluster.nodes.max * cluster.nodeMemoryGib };
}

function poolRoom(pool: JsonValue): Room | undefined {
  if (!isObject(pool)) return undefined;
  const size = dropletSizes.find(({ slug }) => slug === pool['size']);
  const nodes = Number((pool['auto_scale'] === true ? pool['max_nodes'] : pool['node_count']) ?? Number.NaN);
  return size === undefined || Number.isNaN(nodes) ? undefined : { vcpus: nodes * size.vcpus, memoryGib: nodes * size.memoryGib };
}

/** What every autoscaled workload asks for at its upper bound; undefined where a part of it is not known, or nothing is autoscaled. */
export function askedBy(graph: ResourceGraph): Room | undefined {
  const asked = graph
    .ofType(...autoscalers)
    .map((scaler) => askedFor(scaler, graph))
    .filter((each) => each !== 'gpu');
  return asked.length === 0 ? undefined : total(asked);
}

function askedFor(scaler: ResourceNode, graph: ResourceGraph): Room | undefined | 'gpu' {
  const [most] = read(scaler, 'spec.max_replicas') ?? [];
  const [name] = leaves(scaler.values, ['spec', 'scale_target_ref', 'name']);
  const target = graph.ofType(...services).find(({ values }) => name !== undefined && leaves(values, ['metadata', 'name']).includes(name));
  if (target === undefined || most === undefined) return undefined;
  const requests = leaves(target.values, ['spec', 'template', 'spec', 'container', 'resources', 'requests']);
  if (JSON.stringify(leaves(target.values, ['spec', 'template', 'spec', 'container', 'resources'])).includes('nvidia.com/gpu'))
    return 'gpu';
  const each = total(
    requests.map((request) => ({
      vcpus: quantity(leaves(request, ['cpu'])[0]),
      memoryGib: quantity(leaves(request, ['memory'])[0]) / 2 ** 30,
    })),
  );
  return each === undefined ? undefined : { vcpus: each.vcpus * Number(most), memoryGib: each.memoryGib * Number(most) };
}

function total(rooms: readonly (Room | undefined)[]): Room | undefined {
  const known = rooms.filter((room) => room !== undefined);
  const sum = {
    vcpus: known.reduce((all, { vcpus }) => all + vcpus, 0),
    memoryGib: known.reduce((all, { memoryGib }) => all + memoryGib, 0),
  };
  return known.length < rooms.length || Number.isNaN(sum.vcpus + sum.memoryGib) ? undefined : sum;
}

/** Suffixes of Kubernetes' quantities. */
const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `500m`, `2`, `512Mi` as a number; NaN where it is none. */
export function quantity(value: JsonValue | undefined): number {
  const found = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(scalarText(value));
  return Number(found?.[1] ?? Number.NaN) * (suffixes[found?.[2] ?? ''] ?? Number.NaN);
}
