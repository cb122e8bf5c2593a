import { freeType } from '../results';
import type { Mapping } from '../types';

const settings = 'a setting of its cluster, which is priced itself';
const partOfDatabase = 'part of its cluster, which is priced itself';
const bucketSetting = 'a setting of its bucket';
const link = 'a link between resources that are priced themselves';
const account = 'an entry in the account';

const reasons: Readonly<Record<string, string>> = {
  digitalocean_cdn: 'the CDN of a bucket is included in the Spaces subscription, and its transfer counts there',
  digitalocean_certificate: 'certificates are free',
  digitalocean_container_registry_docker_credentials: account,
  digitalocean_database_connection_pool: partOfDatabase,
  digitalocean_database_db: partOfDatabase,
  digitalocean_database_firewall: settings,
  digitalocean_database_kafka_config: settings,
  digitalocean_database_kafka_schema_registry: partOfDatabase,
  digitalocean_database_kafka_topic: partOfDatabase,
  digitalocean_database_mongodb_config: settings,
  digitalocean_database_mysql_config: settings,
  digitalocean_database_online_migration: 'a process; the databases at both ends are priced themselves',
  digitalocean_database_opensearch_config: settings,
  digitalocean_database_postgresql_config: settings,
  digitalocean_database_redis_config: settings,
  digitalocean_database_user: partOfDatabase,
  digitalocean_database_valkey_config: settings,
  digitalocean_domain: 'DNS zones are free',
  digitalocean_firewall: 'cloud firewalls are free',
  digitalocean_floating_ip_assignment: link,
  digitalocean_genai_agent_knowledge_base_attachment: link,
  digitalocean_genai_agent_route: link,
  digitalocean_genai_indexing_job_cancel: 'an action without a resource of its own',
  digitalocean_genai_openai_api_key: "an entry in the account; its vendor bills the key's use",
  digitalocean_monitor_alert: 'metrics and alerts are free',
  digitalocean_nfs_attachment: link,
  digitalocean_project: account,
  digitalocean_project_resources: link,
  digitalocean_record: 'DNS records are free',
  digitalocean_reserved_ip_assignment: link,
  digitalocean_reserved_ipv6_assignment: link,
  digitalocean_spaces_bucket_cors_configuration: bucketSetting,
  digitalocean_spaces_bucket_logging: bucketSetting,
  digitalocean_spaces_bucket_object: "its bytes count in its bucket's storage",
  digitalocean_spaces_bucket_policy: bucketSetting,
  digitalocean_spaces_key: account,
  digitalocean_ssh_key: account,
  digitalocean_tag: account,
  digitalocean_uptime_alert: 'alerts of an uptime check are free; the check is priced itself',
  digitalocean_volume_attachment: link,
  digitalocean_vpc: 'VPC networks are free',
};

/** Types that never cost anything of their own. */
export const freeTypes: readonly Mapping[] = Object.entries(reasons).map(([type, reason]) => freeType(type, reason));
