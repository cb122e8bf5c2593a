import type { ValueMap } from '../values';
import { short } from './identity';

/**
 * What the provider does not read back from the API: it stays as Terraform's state has it, and is missing after an
 * import. Source: the Read functions of provider 2.71.0.
 */
const UNREADABLE: Readonly<Record<string, readonly string[]>> = {
  certificate: ['private_key', 'leaf_certificate', 'certificate_chain'],
  database_cluster: ['backup_restore'],
  database_user: ['settings'],
  droplet: ['image', 'user_data', 'ssh_keys', 'droplet_agent', 'graceful_shutdown', 'resize_disk', 'backup_policy'],
  loadbalancer: ['network', 'network_stack', 'tls_cipher_policy'],
  spaces_bucket: ['acl', 'force_destroy', 'cors_rule'],
  spaces_bucket_object: ['content', 'content_base64', 'source', 'acl', 'force_destroy'],
  spaces_key: ['secret_key'],
};

/** What an import reads once although a refresh does not, or sets without reading. */
const ON_IMPORT: Readonly<Record<string, readonly string[]>> = { droplet: ['image', 'resize_disk'] };

/** The attributes of a state that a refresh leaves alone. For an import, give an empty state: they are then null. */
export function unreadable(type: string, state: ValueMap): ValueMap {
  const imported = Object.keys(state).length === 0 ? (ON_IMPORT[short(type)] ?? []) : [];
  const names = (UNREADABLE[short(type)] ?? []).filter((name) => !imported.includes(name));
  return Object.fromEntries(names.map((name) => [name, state[name] ?? null]));
}
