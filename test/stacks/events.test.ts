import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CdkTfJson, graphFromSynthesis } from '../../analysis/graph';
import { estimate } from '../../analysis/pricing';
import { capacityOf, checkLoad, plantOf } from '../../analysis/capacity';
import { guardStack } from '../../analysis/review';
import { tierOf as reviewedTier } from '../../analysis/review/deltas';
import type { Environment } from '../../environments/schema';
import { tierProblems } from '../../stacks/problems';
import { tierOf } from '../../tiers/choices';
import { book } from '../analysis/pricing/support';
import type { TerraceError } from '../../values/errors';
import { sampleEnvironment } from '../support/environments';
import { expectGolden } from '../support/golden';
import { resources, synthesized } from '../support/project';
import { keptEnvironment, sandbox, secretsOf, summary, type Sandbox } from '../support/sandbox';

jest.setTimeout(300_000);

const events = { brokers: 3, retentionHours: 48, topics: { orders: 12, 'orders.refunds': 3 } } as const;
const at5 = (own: Partial<Environment> = {}) => synthesized({ tier: 'tier5', events, alerts: { emails: ['ops@example.com'] }, ...own });
const outputs = (json: Readonly<Record<string, unknown>>) => json['output'] as Readonly<Record<string, { readonly value: unknown }>>;
const cluster = 'digitalocean_database_cluster.events_g1';

describe('an event stream at tier 5 on DigitalOcean', () => {
  const found = resources(at5());
  const without = resources(at5({ events: undefined as never }));
  const bare = (address: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(found[address] ?? {}).filter(([name]) => name !== '//'));

  test('adds its own resources and touches nothing else', () => {
    expectGolden('digitalocean-tier5/addresses-with-events.txt', Object.keys(found).sort().join('\n'));
    const added = Object.keys(found).filter((address) => !(address in without));
    expect(added.sort()).toEqual([
      cluster,
      'digitalocean_database_firewall.events_g1_firewall',
      'digitalocean_database_kafka_topic.events_g1_topic_orders',
      'digitalocean_database_kafka_topic.events_g1_topic_orders_refunds',
      'digitalocean_database_user.events_g1_user',
      'digitalocean_monitor_alert.monitoring_events_g1_cpu',
      'digitalocean_monitor_alert.monitoring_events_g1_disk',
    ]);
    const changed = Object.entries(without).filter(([address, values]) => JSON.stringify(found[address]) !== JSON.stringify(values));
    expect(changed.map(([address]) => address)).toEqual(['terraform_data.recorded_events']);
    expect(bare('terraform_data.recorded_events')['for_each']).toBe('${toset(["events","topic orders","topic orders.refunds"])}');
    expect(without['terraform_data.recorded_events']?.['for_each']).toBe('${toset([])}');
  });

  test('is three brokers with CPUs of their own in the private network, reached from the clusters alone', () => {
    expect(bare(cluster)).toEqual({
      engine: 'kafka',
      version: '3.8',
      name: 'coach-sample-events-g1',
      node_count: 3,
      size: 'gd-2vcpu-8gb',
      region: 'tor1',
      private_network_uuid: '${digitalocean_vpc.network.id}',
      project_id: '${digitalocean_project.network_project.id}',
      maintenance_window: [{ day: 'sunday', hour: '05:00:00' }],
      tags: ['terrace', 'environment:sample'],
    });
    expect(bare('digitalocean_database_firewall.events_g1_firewall')['rule']).toEqual([
      { type: 'k8s', value: '${digitalocean_kubernetes_cluster.cluster_g1_tor1.id}' },
      { type: 'k8s', value: '${digitalocean_kubernetes_cluster.cluster_g1_ams3.id}' },
    ]);
  });

  test('keeps each event three times and on two before it counts, in topics that the app alone may write to and read', () => {
    expect(bare('digitalocean_database_kafka_topic.events_g1_topic_orders_refunds')).toEqual({
      cluster_id: `\${${cluster}.id}`,
      name: 'orders.refunds',
      partition_count: 3,
      replication_factor: 3,
      config: [{ cleanup_policy: 'delete', min_insync_replicas: 2, retention_ms: '172800000' }],
    });
    expect(bare('digitalocean_database_user.events_g1_user')['settings']).toEqual([
      {
        acl: [
          { topic: 'orders', permission: 'produceconsume' },
          { topic: 'orders.refunds', permission: 'produceconsume' },
        ],
      },
    ]);
  });

  test('tells when its brokers are busy or their disks fill', () => {
    expect(
      ['cpu', 'disk'].map((measure) => {
        const { type, value, entities } = bare(`digitalocean_monitor_alert.monitoring_events_g1_${measure}`);
        return [type, value, entities];
      }),
    ).toEqual([
      ['v1/dbaas/alerts/cpu_alerts', 75, [`\${${cluster}.id}`]],
      ['v1/dbaas/alerts/disk_utilization_alerts', 75, [`\${${cluster}.id}`]],
    ]);
  });

  test('costs 597 dollars a month with three brokers, and twice as much with six', () => {
    const cost = (json: unknown) =>
      estimate(graphFromSynthesis(json as CdkTfJson), book)
        .lines.filter(({ component }) => component === 'events')
        .map(({ name, quantity, monthly }) => `${name}: ${quantity.toFixed()}, ${monthly.toFixed(2)}`);
    expect(cost(at5().recorded.json)).toEqual(['managed kafka gd-2vcpu-8gb: 3, 597.00']);
    expect(cost(at5({ events: { ...events, brokers: 6 } }).recorded.json)).toEqual(['managed kafka gd-2vcpu-8gb: 6, 1194.00']);
  });

  test('is what pods are told of: brokers, a user and its password, and who signs the certificates', () => {
    const told = (synthesis: ReturnType<typeof at5>): Readonly<Record<string, string>> =>
      (synthesis.recorded.layers.at(0)?.json['locals'] ?? {}) as Readonly<Record<string, string>>;
    const of = (output: string): string =>
      `\${trimsuffix(trimprefix(jsonencode(data.terraform_remote_state.platform.outputs.${output}), "\\""), "\\"")}`;
    for (const region of ['tor1', 'ams3']) {
      const text = told(at5())[`app_${region}_environment`];
      expect(text).toContain(`"KAFKA_BROKERS":"${of('event_stream.brokers')}"`);
      expect(text).toContain(`"TERRACE_KAFKA_USER":"${of('event_stream.user')}"`);
      expect(text).toContain(`"TERRACE_KAFKA_PASSWORD":"${of('credentials.events')}"`);
      expect(text).toContain(`"TERRACE_KAFKA_CA":"${of('event_stream.ca_certificate')}"`);
      expect(told(at5({ events: undefined as never }))[`app_${region}_environment`]).not.toContain('KAFKA');
    }
    // Out of the pods, through the network policy.
    expect(JSON.stringify(at5().recorded.layers[0]?.json)).toContain('outputs.event_stream.port');
  });
});

test('a review knows it by what is there: what it carries is said of the change', () => {
  const chosen = (json: unknown) =>
    reviewedTier(graphFromSynthesis(json as CdkTfJson))?.components.filter(({ kind }) => kind === 'event-stream');
  const onAws = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], gpu: { spot: false, otherwise: 'cpu' } } as const;
  for (const own of [{}, onAws])
    expect(chosen(at5(own).recorded.json)).toEqual([{ id: 'events', kind: 'event-stream', brokers: 3, retentionHours: 48 }]);
  expect(chosen(at5({ events: undefined as never }).recorded.json)).toEqual([]);
});

test('its capacity is that of its brokers; how much their disks hold is not known', () => {
  const { recorded } = at5();
  const report = capacityOf(
    plantOf(recorded.tier, graphFromSynthesis(recorded.json as CdkTfJson), 'digitalocean'),
    checkLoad({ users: 100_000 }),
  );
  const [events] = report.components.filter(({ id }) => id === 'events');
  expect(events?.limits.map(({ name, capacity, used, at }) => [name, capacity, Math.round(used * 100) / 100, at])).toEqual([
    ['events written', 15, 4.17, 360_000],
    ['events kept', undefined, 60, undefined],
  ]);
});

test('data are lost with the cluster or a topic: the guard refuses', () => {
  const json = at5().recorded.json as CdkTfJson;
  const high = (edit: (resource: Record<string, Record<string, Record<string, unknown>>>) => void) => {
    const head = structuredClone(json) as typeof json & { resource: Record<string, Record<string, Record<string, unknown>>> };
    edit(head.resource);
    return guardStack({ stack: 'tier5', base: json, head })
      .findings.filter(({ severity }) => severity === 'high')
      .map(({ id, address }) => `${id} ${address}`);
  };
  const topics = ['orders', 'orders_refunds'].map((name) => `digitalocean_database_kafka_topic.events_g1_topic_${name}`);
  expect(high(() => undefined)).toEqual([]);
  for (const edit of [{ name: 'other' }, { engine: 'pg' }])
    expect(high((all) => Object.assign(all['digitalocean_database_cluster']?.['events_g1'] ?? {}, edit))).toEqual(
      [cluster, ...topics].map((address) => `guard/replaced ${address}`),
    );
  expect(
    high((all) => {
      delete all['digitalocean_database_cluster']?.['events_g1'];
      delete all['digitalocean_database_kafka_topic'];
      delete all['digitalocean_database_user'];
      delete all['digitalocean_database_firewall']?.['events_g1_firewall'];
    }),
  ).toEqual([cluster, ...topics].map((address) => `guard/deleted ${address}`));
  expect(high((all) => delete all['digitalocean_database_kafka_topic']?.['events_g1_topic_orders'])).toEqual([
    `guard/deleted ${topics[0]}`,
  ]);
  expect(high((all) => delete all['digitalocean_database_firewall']?.['events_g1_firewall'])).toEqual([
    'guard/public digitalocean_database_firewall.events_g1_firewall',
  ]);
});

/** On the stand-in: no account, no cloud. */
describe('by real Terraform on the stand-in', () => {
  const { region, regions = [] } = sampleEnvironment({ tier: 'tier5' });
  const before = keptEnvironment({ tier: 'tier5', region, regions });
  const with3 = { ...before, events };
  let place: Sandbox;

  beforeAll(async () => {
    place = await sandbox();
    await place.apply(before);
  });
  afterAll(() => place.stop());

  const objects = (type: string) =>
    Object.values(
      (JSON.parse(readFileSync(place.standin.state, 'utf8')) as { objects: Record<string, Record<string, Record<string, unknown>>> })
        .objects[type] ?? {},
    );

  test('it is added to an environment that stands, which is not touched, and then nothing is left to do', async () => {
    const plan = summary(await place.plan(with3));
    expect(Object.keys(plan)).toEqual(['create']);
    expect(plan.create).toHaveLength(10);
    await place.apply(with3);
    expect(summary(await place.plan(with3))).toEqual({});
  });

  test('pods get the private host with the port of the private network, and the authority', async () => {
    const [kafka = {}] = objects('digitalocean_database_cluster').filter(({ engine }) => engine === 'kafka');
    const { stdout } = await promisify(execFile)('terraform', ['output', '-json', 'event_stream'], {
      cwd: join(place.project, 'cdktf.out', 'stacks', 'tier5'),
      env: { ...process.env, ...secretsOf(with3), TF_CLI_CONFIG_FILE: '/dev/null', TF_REATTACH_PROVIDERS: place.standin.reattach },
    });
    expect(kafka['port']).toBe(25_073);
    expect(JSON.parse(stdout)).toEqual({
      brokers: `${String(kafka['private_host'])}:25080`,
      port: '25080',
      user: 'app',
      ca_certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/) as string,
    });
  });

  test('more brokers, more partitions and another retention change it in place', async () => {
    const more = { ...with3, events: { brokers: 6, retentionHours: 24, topics: { orders: 24, 'orders.refunds': 3 } } };
    expect(summary(await place.plan(more))).toEqual({
      update: [
        cluster,
        'digitalocean_database_kafka_topic.events_g1_topic_orders',
        'digitalocean_database_kafka_topic.events_g1_topic_orders_refunds',
      ],
    });
    await place.apply(more);
    expect(summary(await place.plan(more))).toEqual({});
    await expect(place.apply({ ...more, events: { ...more.events, topics: { orders: 12, 'orders.refunds': 3 } } })).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('partition_count can only be increased: it is 24, got 12.') as string }],
    });
  });

  test('what is taken out of the file is refused, a topic or all of it', async () => {
    const refused = async (environment: Environment): Promise<readonly string[]> => {
      const failure = await place.plan(environment).then(
        () => undefined,
        (error: unknown) => error as TerraceError,
      );
      return (failure?.problems ?? []).map(
        ({ message }) => /recorded_events\["([^"]+)"\] has lifecycle\.prevent_destroy/.exec(message)?.[1] ?? message,
      );
    };
    expect(await refused({ ...with3, events: { brokers: 6, retentionHours: 24, topics: { orders: 24 } } })).toEqual([
      'topic orders.refunds',
    ]);
    expect([...(await refused(before))].sort()).toEqual(['events', 'topic orders', 'topic orders.refunds']);
  });

  test('once it is disposable, it is destroyed to the last object', async () => {
    const given = { ...with3, events: { brokers: 6, retentionHours: 24, topics: { orders: 24, 'orders.refunds': 3 } } };
    await place.apply({ ...given, disposable: given.name });
    await promisify(execFile)('terraform', ['destroy', '-auto-approve', '-input=false', '-no-color'], {
      cwd: join(place.project, 'cdktf.out', 'stacks', 'tier5'),
      env: {
        ...process.env,
        ...secretsOf(given),
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        TF_REATTACH_PROVIDERS: place.standin.reattach,
      },
    });
    for (const type of ['cluster', 'kafka_topic', 'user', 'firewall'])
      expect([type, objects(`digitalocean_database_${type}`)]).toEqual([type, []]);
  });
});

test('where Kafka is not sold the tier is refused by name, with the regions that have it', () => {
  const problems = (region: string) => {
    const environment = {
      ...sampleEnvironment({ tier: 'tier5', region, regions: ['fra1'], gpu: { spot: false, otherwise: 'cpu' } }),
      events,
    };
    return tierProblems(environment, tierOf('tier5', environment)).filter(({ message }) => message.includes('Kafka'));
  };
  expect(problems('tor1')).toEqual([]);
  expect(problems('mem1')).toEqual([
    {
      code: 'DATABASE_NOT_IN_REGION',
      message:
        'events would be managed Kafka in mem1, which is not known to have it (catalog, 2026-08-21). Regions that do: ams3, atl1, blr1, fra1, lon1, nyc1, nyc3, ric1, sfo3, sgp1, syd1, tor1.',
      where: 'region',
    },
  ]);
});

test('it is named where nothing follows from it', () => {
  const said = (own: Partial<Environment>) => synthesized({ events, ...own }).warnings.filter((each) => each.startsWith('events'));
  expect(said({ tier: 'tier5' })).toEqual([]);
  expect(said({ tier: 'tier3' })).toEqual([
    'events is given, and tier3 has no event stream to choose: nothing follows from it until a tier that does.',
  ]);
  const onAws = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], gpu: { spot: false, otherwise: 'cpu' } } as const;
  expect(said({ tier: 'tier6', ...onAws })).toEqual([
    'events is given, and tier6 has an event stream of its own size: nothing follows from it.',
  ]);
  expect(said({ tier: 'tier5', ...onAws })).toEqual([
    'events.topics is given, and on aws no deploy makes topics: the app makes its own, so that nothing follows from it.',
  ]);
});

test('on AWS tier 5 has brokers of Amazon MSK for it, as tier 6 has', () => {
  const { recorded } = synthesized({
    tier: 'tier5',
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2'],
    events,
    gpu: { spot: false, otherwise: 'cpu' },
  });
  expect(resources({ recorded, tiers: [recorded] } as never)['aws_msk_cluster.events_g1']).toMatchObject({ number_of_broker_nodes: 3 });
  expect(Object.keys(outputs(recorded.json))).toContain('event_stream');
});
