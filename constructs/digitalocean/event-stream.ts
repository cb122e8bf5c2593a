import { DataDigitaloceanDatabaseCa } from '@cdktf/provider-digitalocean/lib/data-digitalocean-database-ca';
import { DatabaseCluster } from '@cdktf/provider-digitalocean/lib/database-cluster';
import { DatabaseKafkaTopic } from '@cdktf/provider-digitalocean/lib/database-kafka-topic';
import { DatabaseUser } from '@cdktf/provider-digitalocean/lib/database-user';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { clusterSettings, type ClusterProps, trust } from './database-cluster';
import { keep } from '../keep';

export interface EventStreamProps extends ClusterProps {
  /** Hours that events are kept. */
  readonly retentionHours: number;
  /** Topics, and the partitions of each. */
  readonly topics: Readonly<Record<string, number>>;
}

/** Copies of each event, and how many of them are there before it counts as written: one broker may be lost without losing an event. */
const copies = { all: 3, written: 2 } as const;

/**
 * Kafka run by DigitalOcean: cluster, topics, a user for the app that may write to and read these alone, and who may connect. It has no
 * backups (DigitalOcean docs, Kafka Limits, last edited 2025-06-17): the copies are all there is.
 */
export class EventStream extends Construct {
  /** `host:port`, within the private network. */
  readonly brokers: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  /** Signs the brokers' certificates; PEM, and no secret. */
  readonly caCertificate: string;
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: EventStreamProps) {
    super(scope, id);
    const cluster = new DatabaseCluster(this, 'Resource', {
      ...clusterSettings(props),
      engine: 'kafka',
      maintenanceWindow: [{ day: 'sunday', hour: '05:00:00' }],
      ...keep(props.site),
    });
    const names = Object.keys(props.topics);
    for (const name of names)
      new DatabaseKafkaTopic(this, `topic_${name.replaceAll('.', '_')}`, {
        clusterId: cluster.id,
        name,
        partitionCount: props.topics[name] ?? copies.all,
        replicationFactor: copies.all,
        config: [{ cleanupPolicy: 'delete', minInsyncReplicas: copies.written, retentionMs: `${props.retentionHours * 3_600_000}` }],
        ...keep(props.site),
      });
    const user = new DatabaseUser(this, 'user', {
      clusterId: cluster.id,
      name: 'app',
      settings: [{ acl: names.map((topic) => ({ topic, permission: 'produceconsume' })) }],
    });
    trust(this, cluster.id, props.trusted);
    this.clusterId = cluster.id;
    // The provider has an attribute for the public network's port alone; of the private one it tells a URI, which holds a password.
    this.port = Fn.nonsensitive(Fn.element(Fn.regex(':([0-9]+)(?:[/?].*)?$', cluster.privateUri), 0)) as string;
    this.brokers = Fn.join(':', [cluster.privateHost, this.port]);
    this.user = user.name;
    this.password = user.password;
    this.caCertificate = new DataDigitaloceanDatabaseCa(this, 'ca', { clusterId: cluster.id }).certificate;
  }
}
