import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { MskCluster } from '@cdktf/provider-aws/lib/msk-cluster';
import { MskConfiguration } from '@cdktf/provider-aws/lib/msk-configuration';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { allow } from './policy';
import { SecurityGroup } from './security-group';
import { keep } from '../keep';
import type { Site } from './site';
import type { Allowed } from './trusted-role';

/** Port on which brokers take clients that sign with IAM. */
const iamPort = 9098;

export interface EventStreamProps {
  readonly site: Site;
  /** Name of the cluster; it cannot be changed. */
  readonly name: string;
  /** Brokers in all; a multiple of the network's zones, because each zone gets as many. */
  readonly brokers: number;
  /** Hours that events are kept. */
  readonly retentionHours: number;
  /** Storage of each broker, in GiB. It can grow, never shrink. */
  readonly storageGib: number;
  /** `kafka.m7g.large` */
  readonly instanceType: string;
  /** Security groups whose members may connect, by what they are. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Address ranges whose members may connect: networks of other regions. @default - none */
  readonly trustedRanges?: readonly string[];
}

/** Kafka run by AWS: three copies of every event, clients sign with IAM over TLS, nothing in clear and nobody without a name. */
export class EventStream extends Construct {
  /** Comma-separated brokers for clients that sign with IAM. */
  readonly bootstrapBrokers: string;
  readonly port = iamPort;
  /** What a client may do: see `clientStatements`. */
  readonly clientStatements: readonly Allowed[];
  readonly arn: string;
  /** Under which its measurements are. */
  readonly clusterName: string;

  constructor(scope: Construct, id: string, props: EventStreamProps) {
    super(scope, id);
    const { site, name, trustedRanges = [] } = props;
    const group = new SecurityGroup(this, 'group', { site, name: `${name}-brokers`, description: `Brokers of ${name}`, reachesOut: false });
    for (const [client, groupId] of Object.entries(props.trusted)) group.open(client, iamPort, { from: 'group', groupId });
    if (trustedRanges.length > 0) group.open('regions', iamPort, { from: 'ranges', cidrs: trustedRanges });
    const key = new EncryptionKey(this, 'key', { site, name: `${name}-events`, description: `Events in ${name}` });
    const logs = new CloudwatchLogGroup(this, 'logs', { name: `/terrace/${name}/brokers`, retentionInDays: 30 });
    const configuration = new MskConfiguration(this, 'configuration', {
      name,
      kafkaVersions: [kafkaVersion],
      serverProperties: properties(props.retentionHours),
    });
    const cluster = new MskCluster(this, 'Resource', {
      clusterName: name,
      kafkaVersion,
      numberOfBrokerNodes: props.brokers,
      brokerNodeGroupInfo: {
        instanceType: props.instanceType,
        clientSubnets: site.network.data.map(({ subnetId }) => subnetId),
        securityGroups: [group.groupId],
        storageInfo: { ebsStorageInfo: { volumeSize: props.storageGib } },
      },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      encryptionInfo: { encryptionAtRestKmsKeyArn: key.arn, encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } },
      enhancedMonitoring: 'PER_BROKER',
      ...keep(site),
    });
    this.bootstrapBrokers = cluster.bootstrapBrokersSaslIam;
    this.arn = cluster.arn;
    this.clientStatements = clientStatements(cluster.arn);
    this.clusterName = cluster.clusterName;
  }
}

/**
 * What a client needs that makes topics (brokers make none by themselves), writes and reads: those of this cluster, and groups of readers of
 * any name. Producers write idempotently unless they are told not to. Nothing is deleted, and no setting changed. Source: Amazon MSK
 * developer guide, IAM access control, "Semantics of actions and resources", recalled 2026-11-22.
 */
function clientStatements(clusterArn: string): readonly Allowed[] {
  const all = (kind: 'topic' | 'group'): string => `${Fn.replace(clusterArn, ':cluster/', `:${kind}/`)}/*`;
  const may = (...actions: readonly string[]): string[] => actions.map((action) => `kafka-cluster:${action}`);
  return [
    allow(may('Connect', 'DescribeCluster', 'WriteDataIdempotently'), [clusterArn]),
    allow(may('CreateTopic', 'DescribeTopic', 'WriteData', 'ReadData'), [all('topic')]),
    allow(may('AlterGroup', 'DescribeGroup'), [all('group')]),
  ];
}

/** Amazon MSK, supported Apache Kafka versions (docs.aws.amazon.com/msk, supported-kafka-versions), recalled 2026-11-21. */
const kafkaVersion = '3.8.x';

/** A write counts when two of three copies have it, so that one zone can be lost without losing an event. */
function properties(retentionHours: number): string {
  return [
    'auto.create.topics.enable=false',
    'default.replication.factor=3',
    'min.insync.replicas=2',
    'unclean.leader.election.enable=false',
    `log.retention.hours=${retentionHours}`,
  ].join('\n');
}
