import { databaseSize, dropletHostLimits, dropletSize } from '../../catalog/digitalocean';
import type { JsonValue, ResourceGraph, ResourceNode } from '../graph/types';
import type { ManagedNodes, Plant, Servers } from './plant';

/** Families whose CPUs are shared with others' servers. */
const sharedFamilies: ReadonlySet<string> = new Set(['basic', 'basic-amd', 'basic-intel']);

/** Machines of DigitalOcean's resources, by component. */
export function readDigitalOcean(graph: ResourceGraph): Pick<Plant, 'servers' | 'managed' | 'volumes' | 'balancers'> {
  return {
    servers: byComponent(graph, 'digitalocean_droplet', serversOf),
    managed: { ...byComponent(graph, 'digitalocean_database_replica', replicasOf), ...byComponent(graph, 'digitalocean_database_cluster', ([cluster]) => managedOf(cluster, graph)) },
    volumes: byComponent(graph, 'digitalocean_volume', (volumes) => volumes.reduce((sum, volume) => sum + numberOf(volume.values['size']), 0)),
    balancers: byComponent(graph, 'digitalocean_loadbalancer', (balancers) => balancers.reduce((sum, one) => sum + (numberOf(one.values['size_unit']) || 1), 0)),
  };
}

type Some = readonly [ResourceNode, ...ResourceNode[]];

function byComponent<T>(graph: ResourceGraph, type: string, read: (nodes: Some) => T): Readonly<Record<string, T>> {
  const groups = new Map<string, [ResourceNode, ...ResourceNode[]]>();
  for (const node of graph.ofType(type)) {
    const group = groups.get(node.component);
    if (group === undefined) groups.set(node.component, [node]);
    else group.push(node);
  }
  return Object.fromEntries([...groups].map(([component, nodes]) => [component, read(nodes)]));
}

/** Servers of one component are alike; where a plan is half way, the smallest counts. */
function serversOf(nodes: Some): Servers {
  const sizes = nodes.map((node) => dropletSize(textOf(node.values['size']))).sort((a, b) => a.vcpus - b.vcpus || a.memoryGib - b.memoryGib);
  const [size = dropletSize(textOf(nodes[0].values['size']))] = sizes;
  const { slug, vcpus, memoryGib, family } = size;
  return { size: slug, count: nodes.length, vcpus, memoryGib, dedicated: !sharedFamilies.has(family), networkMbit: dropletHostLimits.network.value * 1000 };
}

function managedOf(cluster: ResourceNode, graph: ResourceGraph): ManagedNodes {
  const { slug, vcpus, memoryGib, usableConnections } = databaseSize(textOf(cluster.values['size']));
  const pools = graph.ofType('digitalocean_database_connection_pool').filter((pool) => pool.component === cluster.component);
  return { size: slug, nodes: numberOf(cluster.values['node_count']) || 1, vcpus, memoryGib, usableConnections, pools: pools.map((pool) => numberOf(pool.values['size'])) };
}

/** Replicas of one component are alike. Each has connections of its own, and no pool of the platform. */
function replicasOf(nodes: Some): ManagedNodes {
  const { slug, vcpus, memoryGib, usableConnections } = databaseSize(textOf(nodes[0].values['size']));
  return { size: slug, nodes: nodes.length, vcpus, memoryGib, usableConnections, pools: [] };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
