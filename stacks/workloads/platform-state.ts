import { Token } from 'cdktf';
import { readerOf, type PooledDatabase } from '../../constructs/kubernetes/pooler';
import type { ClusterAccess } from '../../constructs/kubernetes/flavour';
import { LayerState } from '../layer-state';

/**
 * What the platform layer tells the workloads layer, read from its state. From the second generation of clusters on the names
 * begin with it, `g2_clusters`: while a promotion lasts, one state tells both layers.
 *
 * | output | holds |
 * | --- | --- |
 * | `clusters` | by region: `id`, `name`, `endpoint`, `ca_certificate` (base64), and `address` where the platform reserved one for the ingress |
 * | `shards` | by name: `host`, `port`, `database`, `user`, and `replica_host`, where its copies answer on the same port: several with commas between them, its own where it has none |
 * | `cache` | `host`, `port` |
 * | `credentials` | passwords by the names above, `cache`, `events` and `storage`; sensitive |
 * | `credential_secrets` | in the place of `credentials`: ARNs in the cloud's secret manager, each secret a plain text; the app's own by the names of its variables |
 * | `object_storage` | `bucket`, `endpoint`, `region`, `access_key_id`, where pods come with a key |
 * | `distributed_sql` | `host`, `port`, `database`, `user`, in the place of `shards`; at Google `account`, which pods are there, and `providers`, what clusters on AWS are called there, by region; in two regions `hosts` by region |
 * | `cluster_issuers` | who signs the tokens of each cluster's pods, by region, where another cloud takes these |
 * | `database_backups` | `bucket`, `region`, `access_key_id`, for a database that runs in the first cluster |
 * | `database_entry` | `host`, `port` by which clusters of other regions reach that database |
 * | `model_registry` | the same, where a pipeline keeps models |
 * | `app_role` | ARN of the role at AWS that the app's pods take in another cloud, where what it opens is reached from there |
 * | `secret_reader_role` | ARN of the role at AWS by which a cluster in another cloud fetches what `credential_secrets` names for it |
 * | `event_stream` | `brokers`, in the form that Kafka's clients take, and their `port`; where clients have a password, `user` and `ca_certificate` (PEM) |
 * | `vpn_gateway` | id of the gateway of the home network, where a VPN joins a second cloud to it |
 * | `entry` | host that takes requests for all its clusters, asked for where a tier spans clouds |
 * | `assets_url` | where static files are served from |
 */
export class PlatformState extends LayerState {
  cluster(region: string): ClusterAccess {
    const of = (name: string): string => this.text('clusters', region, name);
    return { id: of('id'), name: of('name'), endpoint: of('endpoint'), caCertificate: of('ca_certificate'), region };
  }

  /** The address that the platform has reserved for a cluster's ingress. */
  address(region: string): string {
    return this.text('clusters', region, 'address');
  }

  shard(name: string, password: string): PooledDatabase {
    const of = (field: string): string => this.text('shards', name, field);
    return { name: name.replaceAll('-', '_'), host: of('host'), port: of('port'), database: of('database'), user: of('user'), password };
  }

  /** The copies of a shard, which only read. They are in other regions, and clusters of all regions reach them. */
  replica(name: string, shard: PooledDatabase): PooledDatabase {
    return { ...shard, name: readerOf(shard.name), host: this.text('shards', name, 'replica_host') };
  }

  cache(): { readonly host: string; readonly port: string } {
    return { host: this.text('cache', 'host'), port: this.text('cache', 'port') };
  }

  /** The endpoint of distributed SQL, as the platform names its parts. @param region whose own is asked for, where each has one */
  distributedSql(region?: string): { readonly host: string; readonly port: string; readonly database: string; readonly user: string } {
    const of = (field: string): string => this.text('distributed_sql', field);
    const host = region === undefined ? of('host') : this.text('distributed_sql', 'hosts', region);
    return { host, port: of('port'), database: of('database'), user: of('user') };
  }

  /** The bucket that takes backups of a database in the cluster, and the name of the key that opens it. */
  databaseBackups(): { readonly bucket: string; readonly region: string; readonly accessKeyId: string } {
    const of = (field: string): string => this.text('database_backups', field);
    return { bucket: of('bucket'), region: of('region'), accessKeyId: of('access_key_id') };
  }

  /** Where clusters of other regions reach a database that runs in the first one. */
  databaseEntry(): string {
    return `${this.text('database_entry', 'host')}:${this.text('database_entry', 'port')}`;
  }

  /** The account at Google that clients of its distributed SQL are. */
  sqlAccount(): string {
    return this.text('distributed_sql', 'account');
  }

  /** What Google calls a cluster on AWS, for which the tokens of its pods have to be made. */
  sqlProvider(region: string): string {
    return this.text('distributed_sql', 'providers', region);
  }

  /** The role at AWS that pods in another cloud take. */
  appRole(): string {
    return Token.asString(this.output('app_role'));
  }

  /** The role at AWS that fetches secrets for pods in another cloud. */
  secretReader(): string {
    return Token.asString(this.output('secret_reader_role'));
  }

  storage(field: 'bucket' | 'endpoint' | 'region' | 'access_key_id'): string {
    return this.text('object_storage', field);
  }

  modelRegistry(field: 'bucket' | 'endpoint' | 'region' | 'access_key_id'): string {
    return this.text('model_registry', field);
  }

  /** Brokers of the event stream. */
  eventStream(): { readonly brokers: string; readonly port: string } {
    return { brokers: this.text('event_stream', 'brokers'), port: this.text('event_stream', 'port') };
  }

  /** What clients sign in to the brokers with, where the identity of their cloud does not do. */
  eventClient(password: string): { readonly user: string; readonly password: string; readonly caCertificate: string } {
    return { user: this.text('event_stream', 'user'), password, caCertificate: this.text('event_stream', 'ca_certificate') };
  }

  /** Host or address of the balancer that takes requests for all clusters of its cloud. */
  entry(): string {
    return Token.asString(this.output('entry'));
  }

  assetsUrl(): string {
    return Token.asString(this.output('assets_url'));
  }

  password(name: string): string {
    return this.text('credentials', name);
  }

  /** ARN of the secret that holds a password. */
  secret(name: string): string {
    return this.text('credential_secrets', name);
  }
}
