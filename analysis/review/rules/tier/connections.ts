import { applicationPools } from '../../../../catalog/data-services';
import { usableConnections } from '../../../../catalog/digitalocean/databases';
import { databaseSizes } from '../../../../catalog/digitalocean/database-sizes.generated';
import { textsIn } from '../../../graph/addresses';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import type { Breach } from '../../types';
import { versions } from '../kubernetes/pods';
import { pointingTo } from '../pointers';
import { leaves, read } from '../read';
import { autoscalers } from './autoscaling';

/** Clusters whose pools together are larger than the connections that the size leaves to applications. */
export function poolsBeyondDatabase(graph: ResourceGraph): readonly Breach[] {
  return graph.ofType('digitalocean_database_cluster').flatMap((cluster) => {
    const sizes = pointingTo(cluster, ['digitalocean_database_connection_pool'], 'cluster_id', graph).map((pool) =>
      Number(read(pool, 'size')?.[0]),
    );
    const pooled = sizes.reduce((sum, each) => sum + each, 0);
    const usable = connectionsOf(cluster);
    return usable === undefined || !(pooled > usable)
      ? []
      : [{ address: cluster.address, detail: `Its pools hold ${pooled} connections; its size leaves ${usable} to applications.` }];
  });
}

function connectionsOf(cluster: ResourceNode): number | undefined {
  const [slug] = read(cluster, 'size') ?? [];
  const size = databaseSizes.find((each) => each.slug === slug);
  return size === undefined || cluster.values['engine'] !== 'pg' ? undefined : usableConnections(size.memoryGib);
}

/** Autoscalers whose pods may open more connections than the cluster's own PgBouncer takes. */
export function podsBeyondPooler(graph: ResourceGraph): readonly Breach[] {
  const clients = poolerClients(graph);
  const each = applicationPools.workersPerPod.value * applicationPools.poolPerWorker.value;
  if (clients === undefined) return [];
  return graph.ofType(...autoscalers).flatMap(({ address, values }) => {
    const opened = Number(leaves(values, ['spec', 'max_replicas'])[0]) * each;
    return opened > clients
      ? [{ address, detail: `Its pods may open ${opened} connections (${each} each); the pooler takes ${clients}.` }]
      : [];
  });
}

/** `max_client_conn` of every PgBouncer whose configuration is in the graph, by the pods that run it; undefined where there is none. */
function poolerClients(graph: ResourceGraph): number | undefined {
  const found = graph
    .ofType(...versions('kubernetes_config_map', 'kubernetes_deployment'))
    .flatMap(({ values }) => textsIn(values))
    .flatMap((text) => [...text.matchAll(/max_client_conn\s*=\s*(\d+)/gi)].map((match) => Number(match[1])));
  if (found.length === 0) return undefined;
  const pods = graph
    .ofType(...versions('kubernetes_deployment'))
    .filter((node) => /pgbouncer|pooler/i.test(node.address))
    .flatMap(({ values }) => leaves(values, ['spec', 'replicas']))
    .map(Number);
  return Math.max(...found) * Math.max(1, ...pods);
}
