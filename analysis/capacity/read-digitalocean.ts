import { databaseSize, dropletHostLimits, dropletSize, type DropletSize } from '../../catalog/digitalocean';
import { isRecord } from '../../values/record';
import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../graph/types';
import { byComponent, numberOf, textOf, type Some } from './by-component';
import type { ManagedNodes, Plant, Servers } from './plant';

/** Families whose CPUs are shared with others' servers. */
const sharedFamilies: ReadonlySet<string> = new Set(['basic', 'basic-amd', 'basic-intel']);

/** Machines of DigitalOcean's resources, by component. */
export function readDigitalOcean(graph: ResourceGraph): Pick<Plant, 'servers' | 'managed' | 'volumes' | 'balancers'> {
  return {
    servers: {
      ...byComponent(graph, 'digitalocean_droplet', serversOf),
      ...byComponent(graph, 'digitalocean_droplet_autoscale', ([pool]) => poolOf(pool)),
      ...byComponent(graph, 'digitalocean_kubernetes_node_pool', nodesOf),
    },
    managed: {
      ...byComponent(graph, 'digitalocean_database_replica', replicasOf),
      ...byComponent(graph, 'digitalocean_database_cluster', ([cluster]) => managedOf(cluster, graph)),
    },
    volumes: byComponent(graph, 'digitalocean_volume', (volumes) =>
      volumes.reduce((sum, volume) => sum + numberOf(volume.values['size']), 0),
    ),
    balancers: byComponent(graph, 'digitalocean_loadbalancer', (balancers) =>
      balancers.reduce((sum, one) => sum + (numberOf(one.values['size_unit']) || 1), 0),
    ),
  };
}

/** Servers of one component are alike; where a plan is half way, the smallest counts. */
function serversOf(nodes: Some): Servers {
  const sizes = nodes
    .map((node) => dropletSize(textOf(node.values['size'])))
    .sort((a, b) => a.vcpus - b.vcpus || a.memoryGib - b.memoryGib);
  const [size = dropletSize(textOf(nodes[0].values['size']))] = sizes;
  return { ...serverOf(size), count: nodes.length };
}

function serverOf({ slug, vcpus, memoryGib, family }: DropletSize): Omit<Servers, 'count'> {
  return { size: slug, vcpus, memoryGib, dedicated: !sharedFamilies.has(family), networkMbit: dropletHostLimits.network.value * 1000 };
}

/** Nodes of a component's pools in all its clusters; where their sizes differ, the smallest counts for all. */
function nodesOf(pools: Some): Servers {
  const scaled = (pool: ResourceNode): boolean => pool.values['auto_scale'] === true;
  const sum = (bound: string): number => pools.reduce((all, pool) => all + numberOf(pool.values[scaled(pool) ? bound : 'node_count']), 0);
  return { ...serversOf(pools), count: sum('max_nodes'), least: sum('min_nodes') };
}

/** An autoscaled pool carries what it carries when it has grown as far as it may. */
export function poolOf({ values }: ResourceNode): Servers {
  const [config, template] = [blockOf(values['config']), blockOf(values['droplet_template'])];
  const fixed = numberOf(config['target_number_instances']);
  const [least, most] = fixed > 0 ? [fixed, fixed] : [numberOf(config['min_instances']), numberOf(config['max_instances'])];
  return { ...serverOf(dropletSize(textOf(template['size']))), count: most, least };
}

/** A block that there is one of: an object in a configuration, a list of one in a plan. */
export function blockOf(value: JsonValue | undefined): JsonObject {
  const one = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
  return isRecord(one) ? (one as JsonObject) : {};
}

function managedOf(cluster: ResourceNode, graph: ResourceGraph): ManagedNodes {
  const { slug, vcpus, memoryGib, usableConnections } = databaseSize(textOf(cluster.values['size']));
  const pools = graph.ofType('digitalocean_database_connection_pool').filter((pool) => pool.component === cluster.component);
  return {
    size: slug,
    nodes: numberOf(cluster.values['node_count']) || 1,
    vcpus,
    memoryGib,
    usableConnections,
    pools: pools.map((pool) => numberOf(pool.values['size'])),
  };
}

/** Replicas of one component are alike. Each has connections of its own, and no pool of the platform. */
function replicasOf(nodes: Some): ManagedNodes {
  const { slug, vcpus, memoryGib, usableConnections } = databaseSize(textOf(nodes[0].values['size']));
  return { size: slug, nodes: nodes.length, vcpus, memoryGib, usableConnections, pools: [] };
}
