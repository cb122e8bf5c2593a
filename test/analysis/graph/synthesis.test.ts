import { graphFromSynthesis } from '../../../analysis/graph';

test('reads resources, references and lifecycle', () => {
  const graph = graphFromSynthesis({
    resource: {
      digitalocean_database_cluster: { database_g1: { engine: 'pg', size: 'db-s-2vcpu-4gb', node_count: 2, lifecycle: { prevent_destroy: true, ignore_changes: ['version'] } } },
      digitalocean_database_replica: { 'database_g1_replica': { cluster_id: '${digitalocean_database_cluster.database_g1.id}', size: '${digitalocean_database_cluster.database_g1.size}' } },
      digitalocean_loadbalancer: { 'load-balancer': { name: 'x', droplet_ids: ['${digitalocean_droplet.app_1.id}', '${digitalocean_droplet.app_2.id}'] } },
      digitalocean_droplet: { app_1: { size: 's-1vcpu-1gb' }, app_2: { size: 's-1vcpu-1gb', depends_on: ['digitalocean_droplet.app_1'] } },
      terraform_data: { recorded_tier: { input: 'tier1' } },
    },
  });
  const replica = graph.get('digitalocean_database_replica.database_g1_replica');
  expect(replica?.values).toEqual({ cluster_id: '${digitalocean_database_cluster.database_g1.id}', size: 'db-s-2vcpu-4gb' });
  expect(replica?.unknown).toEqual(['cluster_id']);
  expect(replica?.component).toBe('database');
  expect(graph.referenced(replica!, 'cluster_id').map((node) => node.address)).toEqual(['digitalocean_database_cluster.database_g1']);
  expect(graph.get('digitalocean_loadbalancer.load-balancer')?.references).toEqual(['digitalocean_droplet.app_1', 'digitalocean_droplet.app_2']);
  expect(graph.get('digitalocean_loadbalancer.load-balancer')?.component).toBe('load-balancer');
  expect(graph.get('digitalocean_droplet.app_2')?.references).toEqual(['digitalocean_droplet.app_1']);
  expect(graph.get('digitalocean_database_cluster.database_g1')?.lifecycle).toEqual({ preventDestroy: true, ignoreChanges: ['version'] });
  expect(graph.get('terraform_data.recorded_tier')?.provider).toBe('terraform');
});
