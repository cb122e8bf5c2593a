import { cacheClass, databaseClass, instanceType, rdsConnections } from '../../catalog/aws';
import type { Tier } from '../../tiers/tier';
import { isRecord } from '../../values/record';
import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../graph/types';
import { byComponent, numberOf, textOf, type Some } from './by-component';
import type { ManagedNodes, Plant, Servers } from './plant';

/** Machines of AWS's resources, by component. A balancer of AWS has no size that load uses up: it grows by itself. */
export function readAws(graph: ResourceGraph, tier: Tier): Pick<Plant, 'servers' | 'managed' | 'volumes' | 'balancers'> {
  return {
    servers: {
      ...nodeServers(graph, tier),
      ...byComponent(graph, 'aws_instance', serversOf),
      ...byComponent(graph, 'aws_autoscaling_group', ([group]) => groupOf(group, graph)),
    },
    managed: {
      ...byComponent(graph, 'aws_db_instance', (nodes) => databaseOf(nodes, tier)),
      ...byComponent(graph, 'aws_elasticache_replication_group', ([group]) => cacheOf(group)),
    },
    volumes: {
      ...byComponent(graph, 'aws_ebs_volume', (volumes) => volumes.reduce((sum, volume) => sum + numberOf(volume.values['size']), 0)),
      // A managed database grows by itself as far as it was told.
      ...byComponent(
        graph,
        'aws_db_instance',
        ([{ values }]) => numberOf(values['max_allocated_storage']) || numberOf(values['allocated_storage']),
      ),
      // Of each broker.
      ...byComponent(graph, 'aws_msk_cluster', ([{ values }]) =>
        numberOf(blockOf(blockOf(blockOf(blockOf(values['broker_node_group_info'])['storage_info'])['ebs_storage_info']))['volume_size']),
      ),
    },
    balancers: byComponent(graph, 'aws_lb', (balancers) => balancers.length),
  };
}

/** Servers of one component are alike; where a plan is half way, the smallest counts. */
function serversOf(nodes: Some): Servers {
  const types = nodes
    .map((node) => instanceType(textOf(node.values['instance_type'])))
    .sort((a, b) => a.vcpus - b.vcpus || a.memoryGib - b.memoryGib);
  const [{ type, vcpus, memoryGib, family, networkGbit } = instanceType(textOf(nodes[0].values['instance_type']))] = types;
  return { size: type, count: nodes.length, vcpus, memoryGib, dedicated: family !== 'burstable', networkMbit: networkGbit * 1000 };
}

/** A group that grows and shrinks carries what it carries when it has grown as far as it may; of several types the first is the one it is made for. */
function groupOf(group: ResourceNode, graph: ResourceGraph): Servers {
  const template = graph.ofType('aws_launch_template').find((one) => group.references.includes(one.address));
  const { type, vcpus, memoryGib, family, networkGbit } = instanceType(
    firstType(group.values) ?? textOf(template?.values['instance_type']),
  );
  const [least, most] = [numberOf(group.values['min_size']), numberOf(group.values['max_size'])];
  return {
    size: type,
    count: most,
    ...(least === most ? {} : { least }),
    vcpus,
    memoryGib,
    dedicated: family !== 'burstable',
    networkMbit: networkGbit * 1000,
  };
}

/** Nodes of the clusters in all regions. Those with cards belong to the pool whose models they serve. */
function nodeServers(graph: ResourceGraph, { components }: Tier): Record<string, Servers> {
  const pipeline = components.find(({ kind }) => kind === 'ml-pipeline')?.id;
  const groups = graph.ofType('aws_eks_node_group');
  const serving = groups.filter((node) => node.component !== pipeline);
  const [cards, plain] = [true, false].map((gpu) => serving.filter(({ values }) => textOf(values['ami_type']).includes('NVIDIA') === gpu));
  const [pool, cluster] = (['gpu-pool', 'kubernetes-cluster'] as const).map((kind) => components.find((each) => each.kind === kind)?.id);
  return { ...nodesOf(plain ?? [], cluster, 'max_size'), ...nodesOf(cards ?? [], pool, 'min_size') };
}

/** @param most what of a group's bounds there is at the most: cards do not follow the load, and grow only where another region is lost */
function nodesOf(groups: readonly ResourceNode[], component: string | undefined, most: 'max_size' | 'min_size'): Record<string, Servers> {
  const [first] = groups;
  if (first === undefined || component === undefined) return {};
  const sum = (bound: string): number => groups.reduce((all, { values }) => all + numberOf(blockOf(values['scaling_config'])[bound]), 0);
  const types = first.values['instance_types'];
  const { type, vcpus, memoryGib, family, networkGbit } = instanceType(
    textOf(Array.isArray(types) ? (types as readonly JsonValue[])[0] : undefined),
  );
  const [count, least] = [sum(most), sum('min_size')];
  return {
    [component]: {
      size: type,
      count,
      ...(count === least ? {} : { least }),
      vcpus,
      memoryGib,
      dedicated: family !== 'burstable',
      networkMbit: networkGbit * 1000,
    },
  };
}

/** The first type that a group of several names. */
function firstType(values: JsonObject): string | undefined {
  const [override] = listOf(blockOf(blockOf(values['mixed_instances_policy'])['launch_template'])['override']);
  const type = override?.['instance_type'];
  return typeof type === 'string' ? type : undefined;
}

/** A block that there is one of: an object in a configuration, a list of one in a plan. */
function blockOf(value: JsonValue | undefined): JsonObject {
  return listOf(value)[0] ?? {};
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is JsonObject => isRecord(one));
}

/** The platform has no pool of its own: what the tier lets its servers open together stands in its place. */
function databaseOf([{ component, values }, ...others]: Some, tier: Tier): ManagedNodes {
  const { class: size, vcpus, memoryGib } = databaseClass(textOf(values['instance_class']));
  // Replicas of one component are alike. Each has connections of its own.
  if (tier.components.find(({ id }) => id === component)?.kind === 'read-replicas')
    return { size, nodes: others.length + 1, vcpus, memoryGib, usableConnections: rdsConnections(memoryGib), pools: [] };
  const hosting = tier.components.flatMap((component) =>
    component.kind === 'database' && component.hosting.hosting === 'managed' ? [component.hosting] : [],
  );
  return {
    size,
    nodes: values['multi_az'] === true ? 2 : 1,
    vcpus,
    memoryGib,
    usableConnections: rdsConnections(memoryGib),
    pools: hosting.map(({ poolSize }) => poolSize),
  };
}

function cacheOf({ values }: ResourceNode): ManagedNodes {
  const { class: size, vcpus, memoryGib } = cacheClass(textOf(values['node_type']));
  const shards = numberOf(values['num_node_groups']) || 1;
  const nodes = shards === 1 ? numberOf(values['num_cache_clusters']) || 1 : numberOf(values['replicas_per_node_group']) + 1;
  return { size, nodes, ...(shards === 1 ? {} : { shards }), vcpus, memoryGib, usableConnections: undefined, pools: [] };
}
