import type { Watch } from '../../../constructs/aws/alerts';
import type { Balancer } from '../../../constructs/aws/balancer';
import type { DistributedSql } from '../../../constructs/aws/distributed-sql';
import type { EventStream } from '../../../constructs/aws/event-stream';
import type { ManagedPostgres } from '../../../constructs/aws/managed-postgres';
import type { ServerGroup } from '../../../constructs/aws/server-group';
import type { Valkey } from '../../../constructs/aws/valkey';
import { dsqlLimits } from '../../../catalog/aws';
import type { Component, ComponentOf } from '../../../components/component';
import { component } from '../naming';
import type { Region } from './regions';
import type { Workshop } from './workshop';

/** Free storage of a database below which someone is told, in bytes: two of the twenty GiB that it begins with. */
const leastFreeStorage = 2 * 2 ** 30;

/**
 * CPU and life of each server that the tier watches. What only the machine itself can see, memory and disk, CloudWatch does not
 * know without an agent on it.
 */
export function watchServers({ tier }: Workshop, { id }: Pick<Component, 'id'>, group: ServerGroup): Watch[] {
  const monitoring = component(tier, 'monitoring');
  if (monitoring?.servers.includes(id) !== true) return [];
  return group.ids.flatMap((instance, index) => {
    const common = { namespace: 'AWS/EC2', dimensions: { InstanceId: instance } };
    const server = `${id} server ${index + 1}`;
    return [
      {
        ...common,
        id: `${id}_${index + 1}_cpu`,
        what: `CPU of ${server} above ${monitoring.thresholdPercent} % for ten minutes`,
        metric: 'CPUUtilization',
        statistic: 'Average',
        bound: { above: monitoring.thresholdPercent },
      },
      {
        ...common,
        id: `${id}_${index + 1}_alive`,
        what: `${server} fails the checks of EC2`,
        metric: 'StatusCheckFailed',
        statistic: 'Maximum',
        bound: { above: 0 },
        missingIsBad: true,
      },
    ];
  });
}

/** CPU of a group that grows and shrinks. @param suffix tells groups of one component apart */
export function watchGroup(shop: Workshop, { id }: Pick<Component, 'id'>, group: string, suffix = ''): Watch[] {
  return groupCpu(shop, id, { id: `${id}${suffix}`, group, what: (share) => `CPU of ${id} ${share} with all members that it may have` });
}

/** CPU of the nodes of a cluster that carry a component. */
export function watchNodes(shop: Workshop, { id }: Pick<Component, 'id'>, group: string): Watch[] {
  return groupCpu(shop, id, { id, group, what: (share) => `CPU of the nodes of ${id} ${share}` });
}

interface GroupWatch {
  readonly id: string;
  readonly group: string;
  readonly what: (share: string) => string;
}

/** Nothing where the tier does not watch the component. */
function groupCpu({ tier }: Workshop, watched: string, { id, group, what }: GroupWatch): Watch[] {
  const monitoring = component(tier, 'monitoring');
  if (monitoring?.servers.includes(watched) !== true) return [];
  return [
    {
      id: `${id}_cpu`,
      what: what(`above ${monitoring.thresholdPercent} % for ten minutes`),
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: group },
      statistic: 'Average',
      bound: { above: monitoring.thresholdPercent },
    },
  ];
}

/** How far a read replica is behind its source. Its writes come a second late at most (seeds.md, section 2, row 28). @param number which of several */
export function watchReplica({ id }: Pick<Component, 'id'>, identifier: string, number?: number): Watch {
  return {
    id: number === undefined ? `${id}_lag` : `${id}_${number}_lag`,
    what: number === undefined ? `the copy of ${id} is more than a second behind` : `read replica ${number} is more than a second behind`,
    namespace: 'AWS/RDS',
    metric: 'ReplicaLag',
    dimensions: { DBInstanceIdentifier: identifier },
    statistic: 'Average',
    bound: { above: 1 },
  };
}

/** CPU and storage of a managed database. */
export function watchDatabase({ tier }: Workshop, { id }: Pick<Component, 'id'>, database: ManagedPostgres): Watch[] {
  const threshold = component(tier, 'monitoring')?.thresholdPercent ?? 80;
  const common = { namespace: 'AWS/RDS', dimensions: { DBInstanceIdentifier: database.identifier } };
  return [
    {
      ...common,
      id: `${id}_cpu`,
      what: `CPU of the database above ${threshold} % for ten minutes`,
      metric: 'CPUUtilization',
      statistic: 'Average',
      bound: { above: threshold },
    },
    {
      ...common,
      id: `${id}_storage`,
      what: 'the database has less than 2 GiB of storage left',
      metric: 'FreeStorageSpace',
      statistic: 'Minimum',
      bound: { below: leastFreeStorage },
    },
  ];
}

/** Memory of each node of a cache. */
export function watchCache({ tier }: Workshop, { id }: Pick<Component, 'id'>, cache: Valkey): Watch[] {
  const threshold = component(tier, 'monitoring')?.thresholdPercent ?? 80;
  return cache.nodeIds.map((node, index) => ({
    id: `${id}_${index + 1}_memory`,
    what: `memory of cache node ${index + 1} above ${threshold} % for ten minutes`,
    namespace: 'AWS/ElastiCache',
    metric: 'DatabaseMemoryUsagePercentage',
    dimensions: { CacheClusterId: node },
    statistic: 'Average',
    bound: { above: threshold },
  }));
}

/** Servers that a balancer finds sick. */
export function watchTargets(
  { id }: Pick<Component, 'id'>,
  balancer: Pick<Balancer, 'metricName' | 'targetMetricName'>,
  server = 'server',
): Watch {
  return {
    namespace: 'AWS/ApplicationELB',
    id: `${id}_sick`,
    what: `a ${server} fails its health check`,
    metric: 'UnHealthyHostCount',
    dimensions: { LoadBalancer: balancer.metricName, TargetGroup: balancer.targetMetricName },
    statistic: 'Maximum',
    bound: { above: 0 },
  };
}

/** Sick servers behind a balancer, and requests that they fail. */
export function watchBalancer(watched: Pick<Component, 'id'>, balancer: Balancer, server?: string): Watch[] {
  return [
    watchTargets(watched, balancer, server),
    {
      namespace: 'AWS/ApplicationELB',
      id: `${watched.id}_errors`,
      what: 'more than ten requests failed within five minutes',
      metric: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer: balancer.metricName },
      statistic: 'Sum',
      bound: { above: 10 },
    },
  ];
}

/** Storage of distributed SQL: what AWS has agreed to is a wall, and it is raised by asking, which takes days. */
export function watchDistributedSql(
  { tier }: Workshop,
  database: ComponentOf<'distributed-database'>,
  { identifier }: DistributedSql,
): Watch {
  const threshold = component(tier, 'monitoring')?.thresholdPercent ?? 80;
  const { storageTib = dsqlLimits.storageTib.value, id } = database;
  return {
    id: `${id}_storage`,
    what: `the database has filled ${threshold} % of its ${storageTib} TiB`,
    namespace: 'AWS/AuroraDSQL',
    metric: 'ClusterStorageSize',
    dimensions: { ClusterId: identifier },
    statistic: 'Maximum',
    bound: { above: (storageTib * 2 ** 40 * threshold) / 100 },
  };
}

/** Partitions that nobody can write to, and disks of brokers, which grow by a deploy only. */
export function watchStream({ tier }: Workshop, { id, brokers }: ComponentOf<'event-stream'>, { clusterName }: EventStream): Watch[] {
  const threshold = component(tier, 'monitoring')?.thresholdPercent ?? 80;
  const common = { namespace: 'AWS/Kafka', statistic: 'Maximum' as const };
  const disks = Array.from({ length: brokers }, (_, index): Watch => ({
    ...common,
    id: `${id}_${index + 1}_disk`,
    what: `the disk of broker ${index + 1} is more than ${threshold} % full`,
    metric: 'KafkaDataLogsDiskUsed',
    dimensions: { 'Cluster Name': clusterName, 'Broker ID': String(index + 1) },
    bound: { above: threshold },
  }));
  const offline: Watch = {
    ...common,
    id: `${id}_offline`,
    what: 'parts of the event stream take no events',
    metric: 'OfflinePartitionsCount',
    dimensions: { 'Cluster Name': clusterName },
    bound: { above: 0 },
  };
  return [offline, ...disks];
}

/** The same in one of several regions: at home as they are, elsewhere by alarms of that region. */
export function inRegion(watches: readonly Watch[], { site, provider, suffix }: Region): readonly Watch[] {
  return provider === undefined
    ? watches
    : watches.map((each) => ({ ...each, id: `${each.id}${suffix}`, what: `in ${site.region} ${each.what}`, region: { provider, suffix } }));
}
