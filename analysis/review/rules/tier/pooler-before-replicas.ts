import type { Rule } from '../../types';
import { stated } from '../conditions';
import type { ResourceGraph } from '../../../graph/types';
import type { Breach } from '../../types';

export const poolerBeforeReplicas: Rule = {
  id: 'TRC-TIER-002',
  severity: 'medium',
  summary: 'The database has a read replica, and no pooler stands before it.',
  why: 'Connections are the limit that binds first, and a replica does not lift it: every server still opens its own to the primary.',
  remedy: 'Add a connection pool, an RDS Proxy or PgBouncer first; replicas come after.',
  link: 'https://www.pgbouncer.org/features.html',
  breaches: ({ graph, context }) => {
    const found = context === undefined || graph.opaque.length > 0 ? [] : replicas(graph);
    return found.length === 0 || poolerIsElsewhere(graph) || hasPooler(graph) ? [] : found;
  },
};

function replicas(graph: ResourceGraph): readonly Breach[] {
  const followers = graph.ofType('aws_db_instance').filter((node) => stated('replicate_source_db')(node, graph) === true);
  return [...graph.ofType('digitalocean_database_replica'), ...followers].map(({ address }) => ({ address }));
}

/** Beside a cluster, the pooler is a workload, and so in another stack: it is not known here whether there is one. */
function poolerIsElsewhere(graph: ResourceGraph): boolean {
  return graph.ofType('digitalocean_kubernetes_cluster', 'aws_eks_cluster', 'google_container_cluster').length > 0;
}

/** PgBouncer may also stand on a server or in a pod: its name is then in a text. */
function hasPooler(graph: ResourceGraph): boolean {
  return (
    graph.ofType('digitalocean_database_connection_pool', 'aws_db_proxy').length > 0 ||
    graph.resources.some((node) => /pgbouncer/i.test(JSON.stringify(node.values)))
  );
}
