import type { JsonObject } from '../../analysis/graph';

/**
 * How what was forgotten is taken up again, so that Terraform can delete it. A type that is not here is imported by its id.
 *
 * - `with`: it goes with what it belongs to: a cluster's users, a bucket's policy, an attachment of a server.
 * - `by-hand`: the provider takes it up by no id.
 * - a function: the import id, from its values.
 *
 * Source: the section "Import" of each resource's page of digitalocean/digitalocean 2.71.0 and hashicorp/aws 5.100.0; which types of
 * DigitalOcean have no importer is known from the provider itself.
 */
type Rule = 'with' | 'by-hand' | ((values: JsonObject) => string);

const rules: Readonly<Record<string, Rule>> = {
  terraform_data: 'with',
  digitalocean_volume_attachment: 'with',
  digitalocean_database_connection_pool: 'with',
  digitalocean_database_db: 'with',
  digitalocean_database_firewall: 'with',
  digitalocean_database_kafka_topic: 'with',
  digitalocean_database_postgresql_config: 'with',
  digitalocean_database_user: 'with',
  digitalocean_spaces_bucket_cors_configuration: 'with',
  digitalocean_spaces_bucket_policy: 'with',
  digitalocean_project_resources: 'with',
  digitalocean_spaces_key: 'by-hand',
  digitalocean_database_replica: (values) => joined(values, ',', 'cluster_id', 'name'),
  digitalocean_record: (values) => joined(values, ',', 'domain', 'id'),
  digitalocean_spaces_bucket: (values) => joined(values, ',', 'region', 'name'),
  aws_acm_certificate_validation: 'with',
  aws_db_instance: (values) => joined(values, '', 'identifier'),
  aws_kms_key_policy: 'with',
  aws_route: 'with',
  aws_route_table_association: 'with',
  aws_s3_bucket_cors_configuration: 'with',
  aws_s3_bucket_lifecycle_configuration: 'with',
  aws_s3_bucket_object_lock_configuration: 'with',
  aws_s3_bucket_ownership_controls: 'with',
  aws_s3_bucket_policy: 'with',
  aws_s3_bucket_public_access_block: 'with',
  aws_s3_bucket_server_side_encryption_configuration: 'with',
  aws_s3_bucket_versioning: 'with',
  aws_volume_attachment: 'with',
  aws_vpc_security_group_egress_rule: 'with',
  aws_vpc_security_group_ingress_rule: 'with',
};

/** What Terraform imports an object by; null where it is not imported. */
export function importIdOf(type: string, values: JsonObject): string | null {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (typeof rule === 'string') return null;
  const id = rule === undefined ? joined(values, '', 'id') : rule(values);
  return id === '' ? null : id;
}

/** Whether a person deletes it: no provider takes it up again. */
export function isByHand(type: string): boolean {
  return rules[type] === 'by-hand';
}

function joined(values: JsonObject, separator: string, ...keys: readonly string[]): string {
  const parts = keys.map((key) => values[key]).filter((each) => typeof each === 'string' || typeof each === 'number');
  return parts.length === keys.length ? parts.join(separator) : '';
}
