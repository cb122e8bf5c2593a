import { changeEffectsOf, conditionalReplacements, replacementPaths, replaces } from '../../../catalog/digitalocean';
import { forcesReplacement } from '../../../catalog/digitalocean/replacement.generated';

test('all 70 resource types of the provider are known, with their 131 forcing paths', () => {
  expect(Object.keys(forcesReplacement)).toHaveLength(70);
  expect(Object.values(forcesReplacement).flat()).toHaveLength(131);
});

test.each([
  ['digitalocean_droplet', ['droplet_agent', 'image', 'monitoring', 'region', 'ssh_keys', 'user_data', 'vpc_uuid']],
  ['digitalocean_database_cluster', ['engine', 'name', 'private_network_uuid', 'project_id']],
  ['digitalocean_database_replica', ['cluster_id', 'name', 'private_network_uuid', 'region', 'tags', 'uuid']],
  ['digitalocean_database_connection_pool', ['cluster_id', 'db_name', 'mode', 'name', 'size', 'user']],
  ['digitalocean_firewall', []],
  ['digitalocean_spaces_bucket', ['region']],
  ['digitalocean_volume', ['description', 'initial_filesystem_label', 'initial_filesystem_type', 'name', 'region', 'snapshot_id']],
])('%s is replaced by %j', (type, paths) => {
  expect(replacementPaths(type)).toEqual(paths);
});

test.each([
  ['digitalocean_droplet', 'user_data', true],
  ['digitalocean_droplet', 'size', false],
  ['digitalocean_droplet', 'ssh_keys[0]', true],
  ['digitalocean_kubernetes_cluster', 'node_pool[0].size', true],
  ['digitalocean_kubernetes_cluster', 'node_pool.0.size', true],
  ['digitalocean_kubernetes_cluster', 'node_pool[0].node_count', false],
  ['aws_instance', 'ami', false],
])('%s.%s replaces: %s', (type, path, answer) => {
  expect(replaces(type, path)).toBe(answer);
});

test('a type the provider does not have is unknown, not harmless', () => {
  expect(replacementPaths('digitalocean_floppy')).toBeUndefined();
});

test('conditional replacements and felt changes are told apart', () => {
  expect(conditionalReplacements('digitalocean_droplet')).toEqual([{ type: 'digitalocean_droplet', path: 'ipv6', when: 'switched off' }]);
  expect(changeEffectsOf('digitalocean_spaces_bucket').map((row) => row.path)).toEqual(['name']);
});
