import { cacheClass, databaseClass, instanceType, rdsConnections } from '../../catalog/aws';
import type { Tier } from '../../tiers/tier';
import type { ResourceGraph, ResourceNode } from '../graph/types';
import { byComponent, numberOf, textOf, type Some } from './by-component';
import type { ManagedNodes, Plant, Servers } from './plant';

/** Machines of AWS's resources, by component. A balancer of AWS has no size that load uses up: it grows by itself. */
export function readAws(graph: ResourceGraph, tier: Tier): Pick<Plant, 'servers' | 'managed' | 'volumes' | 'balancers'> {
  return {
    servers: byComponent(graph, 'aws_instance', serversOf),
    managed: { ...byComponent(graph, 'aws_db_instance', (nodes) => databaseOf(nodes, tier)), ...byComponent(graph, 'aws_elasticache_replication_group', ([group]) => cacheOf(group)) },
    volumes: {
      ...byComponent(graph, 'aws_ebs_volume', (volumes) => volumes.reduce((sum, volume) => sum + numberOf(volume.values['size']), 0)),
      // A managed database grows by itself as far as it was told.
      ...byComponent(graph, 'aws_db_instance', ([{ values }]) => numberOf(values['max_allocated_storage']) || numberOf(values['allocated_storage'])),
    },
    balancers: byComponent(graph, 'aws_lb', (balancers) => balancers.length),
  };
}

/** Servers of one component are alike; where a plan is half way, the smallest counts. */
function serversOf(nodes: Some): Servers {
  const types = nodes.map((node) => instanceType(textOf(node.values['instance_type']))).sort((a, b) => a.vcpus - b.vcpus || a.memoryGib - b.memoryGib);
  const [{ type, vcpus, memoryGib, family, networkGbit } = instanceType(textOf(nodes[0].values['instance_type']))] = types;
  return { size: type, count: nodes.length, vcpus, memoryGib, dedicated: family !== 'burstable', networkMbit: networkGbit * 1000 };
}

/** The platform has no pool of its own: what the tier lets its servers open together stands in its place. */
function databaseOf([{ values }]: Some, tier: Tier): ManagedNodes {
  const { class: size, vcpus, memoryGib } = databaseClass(textOf(values['instance_class']));
  const hosting = tier.components.flatMap((component) => (component.kind === 'database' && component.hosting.hosting === 'managed' ? [component.hosting] : []));
  return { size, nodes: values['multi_az'] === true ? 2 : 1, vcpus, memoryGib, usableConnections: rdsConnections(memoryGib), pools: hosting.map(({ poolSize }) => poolSize) };
}

function cacheOf({ values }: ResourceNode): ManagedNodes {
  const { class: size, vcpus, memoryGib } = cacheClass(textOf(values['node_type']));
  return { size, nodes: numberOf(values['num_cache_clusters']) || 1, vcpus, memoryGib, usableConnections: undefined, pools: [] };
}
