import { short } from '../objects/identity';
import { text, type ValueMap } from '../values';

const API = 'https://api.digitalocean.com/v2';

/** What the provider says before an error of the API, and the path of its collection. */
const COLLECTIONS: Readonly<Record<string, readonly [what: string, path: string]>> = {
  cdn: ['CDN', 'cdn/endpoints'],
  certificate: ['Certificate', 'certificates'],
  database_cluster: ['database cluster', 'databases'],
  database_connection_pool: ['DatabaseConnectionPool', 'databases/{cluster}/pools'],
  database_db: ['Database DB', 'databases/{cluster}/dbs'],
  database_firewall: ['DatabaseFirewall', 'databases/{cluster}/firewall'],
  database_kafka_topic: ['database kafka topic', 'databases/{cluster}/topics'],
  database_postgresql_config: ['PostgreSQL configuration', 'databases/{cluster}/config'],
  database_replica: ['DatabaseReplica', 'databases/{cluster}/replicas'],
  database_user: ['Database User', 'databases/{cluster}/users'],
  database_valkey_config: ['Valkey configuration', 'databases/{cluster}/config'],
  domain: ['Domain', 'domains'],
  droplet: ['droplet', 'droplets'],
  firewall: ['firewall', 'firewalls'],
  loadbalancer: ['Load Balancer', 'load_balancers'],
  monitor_alert: ['Alert Policy', 'monitoring/alerts'],
  project: ['Project', 'projects'],
  record: ['record', 'domains/{domain}/records'],
  reserved_ip: ['reserved IP', 'reserved_ips'],
  reserved_ip_assignment: ['reserved IP assignment', 'reserved_ips/{ip}/actions'],
  spaces_bucket: ['Spaces bucket', 'spaces'],
  spaces_key: ['Spaces key', 'spaces/keys'],
  ssh_key: ['SSH Key', 'account/keys'],
  tag: ['tag', 'tags'],
  uptime_alert: ['Uptime Alert', 'uptime/checks/{check}/alerts'],
  uptime_check: ['Check', 'uptime/checks'],
  volume: ['Volume', 'volumes'],
  volume_attachment: ['volume attachment', 'volumes/{volume}/actions'],
  vpc: ['VPC', 'vpcs'],
};

const PARAMETERS: Readonly<Record<string, string>> = {
  cluster: 'cluster_id',
  domain: 'domain',
  ip: 'ip_address',
  check: 'check_id',
  volume: 'volume_id',
};

/** How the provider introduces an error of the API: `Error creating droplet: POST https://.../v2/droplets`. */
export function requestLine(type: string, prior: ValueMap | null, next: ValueMap | null): string {
  // The errors of other providers' APIs are not rebuilt to the letter.
  if (!type.startsWith('digitalocean_')) return `Error ${prior === null ? 'creating' : next === null ? 'deleting' : 'updating'} ${type}`;
  const [what, path] = COLLECTIONS[short(type)] ?? [short(type), short(type)];
  const verb = prior === null ? 'creating' : next === null ? 'deleting' : 'updating';
  const method = { creating: 'POST', updating: 'PUT', deleting: 'DELETE' }[verb];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => text(next ?? prior, PARAMETERS[name] ?? ''));
  return `Error ${verb} ${what}: ${method} ${API}/${filled}${prior === null ? '' : `/${text(prior, 'id')}`}`;
}
