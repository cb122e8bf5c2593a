import type { Watch } from '../../../constructs/aws/alerts';
import type { Balancer } from '../../../constructs/aws/balancer';
import type { ManagedPostgres } from '../../../constructs/aws/managed-postgres';
import type { ServerGroup } from '../../../constructs/aws/server-group';
import type { Valkey } from '../../../constructs/aws/valkey';
import type { Component } from '../../../components/component';
import { component } from '../naming';
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
export function watchGroup({ tier }: Workshop, { id }: Pick<Component, 'id'>, group: string, suffix = ''): Watch[] {
  const monitoring = component(tier, 'monitoring');
  if (monitoring?.servers.includes(id) !== true) return [];
  const dimensions = { AutoScalingGroupName: group };
  return [
    {
      id: `${id}${suffix}_cpu`,
      what: `CPU of ${id} above ${monitoring.thresholdPercent} % for ten minutes with all members that it may have`,
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      dimensions,
      statistic: 'Average',
      bound: { above: monitoring.thresholdPercent },
    },
  ];
}

/** How far a read replica is behind its source. Its writes come a second late at most (seeds.md, section 2, row 28). */
export function watchReplica({ id }: Pick<Component, 'id'>, identifier: string, number: number): Watch {
  return {
    id: `${id}_${number}_lag`,
    what: `read replica ${number} is more than a second behind`,
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

/** Sick servers behind a balancer, and requests that they fail. */
export function watchBalancer({ id }: Pick<Component, 'id'>, balancer: Balancer): Watch[] {
  const common = { namespace: 'AWS/ApplicationELB' };
  return [
    {
      ...common,
      id: `${id}_sick`,
      what: 'a server fails its health check',
      metric: 'UnHealthyHostCount',
      dimensions: { LoadBalancer: balancer.metricName, TargetGroup: balancer.targetMetricName },
      statistic: 'Maximum',
      bound: { above: 0 },
    },
    {
      ...common,
      id: `${id}_errors`,
      what: 'more than ten requests failed within five minutes',
      metric: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer: balancer.metricName },
      statistic: 'Sum',
      bound: { above: 10 },
    },
  ];
}
