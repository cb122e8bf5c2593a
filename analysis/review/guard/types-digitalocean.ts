import { copies, type HelperType, more, off, on, ordered, size, sized, type StatefulType } from './protection';

/** Of a database's slug: `db-s-2vcpu-4gb` has 4 GiB of memory, and with it a disk that grows in the same order. */
function memoryOf(slug: string): number | undefined {
  const found = /-(\d+)gb$/.exec(slug)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The disk comes with the slug where it is not stated. */
const slug = sized('size', 'size and the disk that comes with it', memoryOf, 'storage_size_mib');

const expiry = more('lifecycle_rule.expiration.days', 'days after which objects are deleted', Number.POSITIVE_INFINITY, 'emptied');
const noncurrent = more(
  'lifecycle_rule.noncurrent_version_expiration.days',
  'days for which old versions are kept',
  Number.POSITIVE_INFINITY,
);

/** DigitalOcean's resources that hold something. Source: digitalocean/digitalocean 2.71.0, docs of each resource. */
export const digitalOceanTypes: Readonly<Record<string, StatefulType>> = {
  digitalocean_database_cluster: {
    holds: 'a managed database with its backups',
    protections: [copies('node_count', 'nodes', 1), size('storage_size_mib', 'storage'), slug],
  },
  digitalocean_database_replica: { holds: 'a read replica', protections: [slug, size('storage_size_mib', 'storage')] },
  digitalocean_database_db: { holds: 'a database' },
  digitalocean_database_kafka_topic: {
    holds: 'the messages of a topic',
    protections: [copies('replication_factor', 'copies', 2), more('config.retention_ms', 'retention', 'kept')],
  },
  digitalocean_volume: { holds: 'a volume with its data', protections: [size('size', 'size')] },
  digitalocean_volume_snapshot: { holds: 'a snapshot of a volume' },
  digitalocean_droplet_snapshot: { holds: 'a snapshot of a server' },
  digitalocean_spaces_bucket: {
    holds: 'a bucket with its objects',
    protections: [
      off('force_destroy', 'refusal to delete a bucket that is not empty', false, 'emptied'),
      on('versioning.enabled', 'versioning'),
      ordered('acl', 'access', ['public-read', 'private'], 'private', 'public'),
      expiry,
      noncurrent,
    ],
  },
  digitalocean_domain: { holds: 'a DNS zone', kind: 'address' },
  digitalocean_reserved_ip: { holds: 'a reserved address', kind: 'address' },
  digitalocean_reserved_ipv6: { holds: 'a reserved address', kind: 'address' },
  digitalocean_floating_ip: { holds: 'a reserved address', kind: 'address' },
  digitalocean_kubernetes_cluster: {
    holds: 'a cluster with its volumes',
    protections: [
      on('ha', 'highly available control plane'),
      on('control_plane_firewall.enabled', 'firewall of the control plane', false, 'public'),
      off('destroy_all_associated_resources', 'keeping volumes when the cluster goes', false),
    ],
  },
  digitalocean_container_registry: { holds: 'a registry with its images' },
  digitalocean_nfs: { holds: 'a shared file system', protections: [size('size', 'size')] },
  digitalocean_nfs_snapshot: { holds: 'a snapshot of a file system' },
  digitalocean_genai_knowledge_base: { holds: 'a knowledge base' },
};

/** What protects them. Deleting a database's firewall opens it to the world, as DigitalOcean documents. */
export const digitalOceanHelpers: Readonly<Record<string, HelperType>> = {
  digitalocean_database_firewall: { what: 'the trusted sources', refers: 'cluster_id', deleted: 'public' },
  digitalocean_firewall: { what: 'the firewall', refers: 'tags', deleted: 'public' },
  digitalocean_spaces_bucket_policy: { what: 'the policy', refers: 'bucket', named: 'name' },
  digitalocean_volume_attachment: { what: 'the attachment', refers: 'volume_id' },
};

/** Protections of what holds no data itself. */
export const digitalOceanServers: Readonly<Record<string, StatefulType>> = {
  digitalocean_droplet: { holds: 'a server', protections: [on('backups', 'backups')] },
  digitalocean_loadbalancer: {
    holds: 'a load balancer',
    protections: [
      on('redirect_http_to_https', 'redirect to HTTPS', false, 'weaker'),
      ordered('network', 'reach', ['EXTERNAL', 'INTERNAL'], 'EXTERNAL', 'public'),
    ],
  },
};
