import type { Environment } from '../../environments/schema';
import { resources, synthesized } from '../support/project';

type Resources = ReturnType<typeof resources>;

function at(own: Partial<Environment>): Resources {
  return resources(
    synthesized({ platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], alerts: { emails: ['ops@example.com'] }, ...own }),
  );
}

/** Alarms by what they are on, without what all of them have. */
function alarms(found: Resources): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const type = 'aws_cloudwatch_metric_alarm.';
  return Object.fromEntries(
    Object.entries(found).flatMap(([address, values]) =>
      address.startsWith(`${type}monitoring_`) ? [[address.slice(`${type}monitoring_`.length), values]] : [],
    ),
  );
}

describe('who is told at tier 4', () => {
  test('also when a server with a card fails its health check', () => {
    const found = alarms(at({ tier: 'tier4' }));
    expect(found['inference_sick']).toMatchObject({
      metric_name: 'UnHealthyHostCount',
      dimensions: {
        LoadBalancer: '${aws_lb.inference_balancer.arn_suffix}',
        TargetGroup: '${aws_lb_target_group.inference_balancer_targets.arn_suffix}',
      },
      threshold: 0,
    });
  });
});

describe('who is told at tier 5', () => {
  const found = at({ tier: 'tier5' });
  const all = alarms(found);

  test('balancers and nodes of both regions, each by a topic of its own region', () => {
    for (const suffix of ['', '_us_west_2']) {
      const topic = `\${aws_sns_topic.monitoring_topic${suffix}.arn}`;
      const provider = suffix === '' ? undefined : 'aws.us_west_2';
      for (const watched of ['load-balancer', 'cluster', 'inference'].map((id) => `${id}${id === 'load-balancer' ? '_sick' : '_cpu'}`))
        expect([watched, all[`${watched}${suffix}`]]).toMatchObject([watched, { alarm_actions: [topic], ok_actions: [topic] }]);
      expect(all[`load-balancer_errors${suffix}`]?.['provider']).toBe(provider);
      expect(found[`aws_sns_topic.monitoring_topic${suffix}`]?.['provider']).toBe(provider);
      expect(found[`aws_sns_topic_subscription.monitoring_topic${suffix}_ops_at_example_com`]).toMatchObject({
        topic_arn: topic,
        endpoint: 'ops@example.com',
      });
    }
    expect(all['cluster_cpu_us_west_2']).toMatchObject({
      alarm_description: 'coach-sample: in us-west-2 CPU of the nodes of cluster above 75 % for ten minutes',
      dimensions: {
        AutoScalingGroupName: '${aws_eks_node_group.cluster_g1_us_west_2_nodes_app.resources[0].autoscaling_groups[0].name}',
      },
    });
    expect(all['inference_cpu']).toMatchObject({
      dimensions: { AutoScalingGroupName: '${aws_eks_node_group.cluster_g1_nodes_gpu.resources[0].autoscaling_groups[0].name}' },
    });
  });

  test('each shard, and how far its copy in the other region is behind', () => {
    for (const shard of [1, 2, 3, 4]) {
      expect(all[`database_shard_${shard}_storage`]).toBeDefined();
      expect(all[`database_shard_${shard}_lag_us_west_2`]).toMatchObject({
        provider: 'aws.us_west_2',
        metric_name: 'ReplicaLag',
        dimensions: { DBInstanceIdentifier: `\${aws_db_instance.database_g1_shard_${shard}_replica_us_west_2.identifier}` },
      });
    }
  });

  test('no two topics and no two alarms of a region have one name', () => {
    // The second region is the one from which Route 53 reports.
    const other = at({ tier: 'tier5', region: 'us-west-2', regions: ['us-east-1'] });
    const names = Object.entries(other).flatMap(([address, values]) =>
      /^aws_(sns_topic|cloudwatch_metric_alarm)\./.test(address) ? [`${String(values['name'] ?? values['alarm_name'])}`] : [],
    );
    const elsewhere = names.filter((name) => name === 'coach-sample-alerts');
    // One at home, one for the measurements of Route 53, in different regions.
    expect(elsewhere).toHaveLength(2);
    expect(names).toContain('coach-sample-alerts-us-east-1');
    const others = names.filter((name) => name !== 'coach-sample-alerts');
    expect(new Set(others).size).toBe(others.length);
  });

  test('nobody, where there is nobody to tell', () => {
    const quiet = at({ tier: 'tier5', alerts: { emails: [] } });
    expect(Object.keys(quiet).filter((address) => /^aws_(sns_topic|cloudwatch_metric_alarm)\./.test(address))).toEqual([]);
  });
});

describe('who is told at tier 6', () => {
  const own = { tier: 'tier6', regions: ['us-west-2', 'eu-west-1'] } as const;

  test('every broker, and parts of the stream that take nothing', () => {
    const found = alarms(at({ ...own, database: { engine: 'aurora-dsql' } }));
    expect(Object.keys(found).filter((name) => /^events_\d+_disk$/.test(name))).toHaveLength(12);
    expect(found['events_12_disk']).toMatchObject({
      namespace: 'AWS/Kafka',
      dimensions: { 'Cluster Name': '${aws_msk_cluster.events_g1.cluster_name}', 'Broker ID': '12' },
      threshold: 75,
    });
    expect(found['events_offline']).toMatchObject({ metric_name: 'OfflinePartitionsCount', threshold: 0 });
  });

  test('storage of distributed SQL, against what AWS has agreed to', () => {
    const bound = (storageTib?: number): unknown =>
      alarms(at({ ...own, database: { engine: 'aurora-dsql', ...(storageTib === undefined ? {} : { storageTib }) } }))['database_storage'];
    expect(bound()).toMatchObject({
      metric_name: 'ClusterStorageSize',
      dimensions: { ClusterId: '${aws_dsql_cluster.database_g1.identifier}' },
      threshold: 7.5 * 2 ** 40,
    });
    expect(bound(84)).toMatchObject({ threshold: 63 * 2 ** 40 });
  });
});
