import { App } from 'cdktf';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksVersion } from '../../../catalog/aws/kubernetes';
import { charts } from '../../../constructs/kubernetes/charts';
import type { ClusterCloud } from '../../../constructs/kubernetes/flavour';
import { appPayload } from '../../../stacks/platforms/app-payload';
import { component } from '../../../stacks/platforms/naming';
import { TierStack } from '../../../stacks/tier-stack';
import { connectionPlan } from '../../../stacks/workloads/connections';
import { tier4 } from '../../../tiers/deadlock-coach/tier4';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';
import { CLOUDS, inCloud, ownApp, json, one, values } from './clouds';
import { layers, twoRegions, type Document } from './fixture';

const count = (document: Document): Record<string, number> =>
  Object.fromEntries(Object.entries(document.resource).map(([type, named]) => [type, Object.keys(named).length]));

describe('the workloads of a tier', () => {
  test('are the same objects in every cloud, but for what a cloud brings or keeps elsewhere', () => {
    const common = {
      kubernetes_cron_job_v1: 1,
      kubernetes_deployment_v1: 4,
      kubernetes_horizontal_pod_autoscaler_v2: 2,
      kubernetes_ingress_v1: 2,
      kubernetes_limit_range_v1: 5,
      kubernetes_network_policy_v1: 34,
      kubernetes_pod_disruption_budget_v1: 5,
      kubernetes_resource_quota_v1: 5,
      kubernetes_service_account_v1: 7,
      kubernetes_service_v1: 6,
      kubernetes_stateful_set_v1: 2,
      terraform_data: 2,
    };
    expect(count(json('digitalocean'))).toEqual({
      ...common,
      helm_release: 16,
      kubernetes_namespace_v1: 13,
      // Pods come with a key, and ask nobody who they are.
      kubernetes_network_policy_v1: 31,
      kubernetes_secret_v1: 5,
    });
    expect(count(json('aws'))).toEqual({
      ...common,
      helm_release: 22,
      kubernetes_namespace_v1: 15,
      kubernetes_secret_v1: 3,
      kubernetes_storage_class_v1: 2,
    });
    expect(count(json('google'))).toEqual({ ...common, helm_release: 18, kubernetes_namespace_v1: 13, kubernetes_secret_v1: 3 });
  });

  test("use Kubernetes and Helm, one block of each for a region, with a token from the cloud's own program", () => {
    const commands = { digitalocean: 'doctl', aws: 'aws', google: 'gke-gcloud-auth-plugin' };
    for (const cloud of CLOUDS) {
      const { provider } = json(cloud);
      expect(Object.keys(provider).sort()).toEqual(['helm', 'kubernetes']);
      const regions = [twoRegions(cloud).region, ...(twoRegions(cloud).regions ?? [])];
      expect(provider['kubernetes']?.map(({ alias }) => alias)).toEqual(regions);
      expect(provider['helm']?.map(({ alias }) => alias)).toEqual(regions);
      expect(provider['kubernetes']?.[0]).toMatchObject({
        exec: [{ command: commands[cloud] }],
        host: expect.stringMatching(/^\$\{data\.terraform_remote_state\.platform\.outputs\.clusters.*\.endpoint\}$/),
      });
      expect(provider['kubernetes']?.[0]?.['host']).toContain(String(regions[0]));
      expect(JSON.stringify(provider)).not.toMatch(/"token"|"password"/);
    }
  });

  test('keep a state of their own and read that of the platform', () => {
    const { terraform, data } = json('digitalocean');
    expect(terraform['backend']).toEqual({ local: { path: '../../../.terrace/state/sample-workloads.tfstate' } });
    expect(data).toEqual({
      terraform_remote_state: { platform: { backend: 'local', config: { path: '../../../.terrace/state/sample.tfstate' } } },
    });
  });

  test('keep it remotely under a name of their own too', () => {
    const state = { backend: 's3', bucket: 'states', region: 'eu-central-1', key: 'live/sample.tfstate' } as const;
    const { terraform, data } = layers(scratch(), twoRegions('aws', { state })).json;
    expect(terraform['backend']).toEqual({
      s3: { bucket: 'states', key: 'live/sample-workloads.tfstate', region: 'eu-central-1', encrypt: true, use_lockfile: true },
    });
    expect(data).toEqual({
      terraform_remote_state: {
        platform: { backend: 's3', config: { bucket: 'states', key: 'live/sample.tfstate', region: 'eu-central-1', encrypt: true } },
      },
    });
  });
});

describe('the app', () => {
  test('has probes, no rights it does not need, and spreads over zones and nodes', () => {
    const spec = one('digitalocean', 'kubernetes_deployment_v1', 'app_fra1_pods_deployment')['spec'] as {
      replicas?: string;
      template: { spec: Record<string, never> };
    };
    expect(spec.replicas).toBeUndefined();
    const pod = spec.template.spec as unknown as {
      container: Record<string, never>[];
      topology_spread_constraint: { topology_key: string }[];
    };
    expect(pod).toMatchObject({
      automount_service_account_token: false,
      security_context: { seccomp_profile: { type: 'RuntimeDefault' } },
    });
    expect(pod.topology_spread_constraint.map(({ topology_key }) => topology_key)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    expect(pod.container[0]).toMatchObject({
      image: 'ghcr.io/example/deadlock-coach:1.4.2',
      security_context: { allow_privilege_escalation: false, capabilities: { drop: ['ALL'] } },
      readiness_probe: { http_get: { path: '/healthz', port: '8080' } },
      liveness_probe: { http_get: { path: '/healthz', port: '8080' } },
      startup_probe: { http_get: { path: '/healthz', port: '8080' } },
      resources: { requests: { cpu: '3', memory: '4Gi' }, limits: { memory: '4Gi' } },
    });
  });

  test('is scaled from what the tier names, dealt out to the clusters, to all of it in each', () => {
    for (const region of ['fra1', 'nyc3'])
      expect(one('digitalocean', 'kubernetes_horizontal_pod_autoscaler_v2', `app_${region}_autoscaler`)['spec']).toMatchObject({
        min_replicas: 5,
        max_replicas: 20,
      });
    expect(one('digitalocean', 'kubernetes_pod_disruption_budget_v1', 'app_fra1_pods_budget')['spec']).toMatchObject({
      max_unavailable: '1',
    });
  });

  test("gets a person's settings as they stand, and secrets by variables", () => {
    const document = (json('digitalocean') as unknown as { locals: Record<string, string> }).locals['app_fra1_environment'];
    expect(document).toContain('"GREETING":"$${var.password} \\u0054fToken[TOKEN.1] \\"hello\\""');
    expect(document).toContain('${trimsuffix(trimprefix(jsonencode(var.secret_session_key)');
    expect(Object.keys(json('digitalocean').variable ?? {})).toEqual(['secret_session_key']);
  });

  test('is reached by the ingress controller alone, and reaches what it uses', () => {
    const policies = Object.keys(json('digitalocean').resource['kubernetes_network_policy_v1'] ?? {}).filter((name) =>
      name.startsWith('app_fra1'),
    );
    expect(policies.map((name) => name.replace('app_fra1_', '')).sort()).toEqual([
      'from_entrance',
      'space_closed',
      'space_resolver',
      'to_cache',
      'to_collector',
      'to_inference',
      'to_inference_in',
      'to_internet',
      'to_pooler',
      'to_pooler_in',
    ]);
    expect(one('digitalocean', 'kubernetes_network_policy_v1', 'app_fra1_space_closed')['spec']).toEqual({
      pod_selector: {},
      policy_types: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });
});

/** What the app of a cluster finds in its environment: what Terraform knows, and what the cluster fetches. */
function toldTo(cloud: ClusterCloud, region: string): readonly string[] {
  const document = (json(cloud) as unknown as { locals: Record<string, string> }).locals[`app_${region}_environment`] ?? '';
  const known = [...document.matchAll(/"([A-Z][A-Z_]+)":/g)].map(([, name]) => String(name));
  return [...known, ...Object.keys(fetched(cloud, region))].sort();
}

/** What the cluster fills into the app's secrets. */
function fetched(cloud: ClusterCloud, region: string): Record<string, string> {
  const objects = (values(cloud, `database_${region}_fetched_release`)['objects'] ?? []) as {
    metadata: { name: string };
    spec: { target?: { template: { data: Record<string, string> } } };
  }[];
  const own = objects.filter(({ metadata }) => ['endpoints', 'app-secrets'].includes(metadata.name));
  return Object.assign({}, ...own.map(({ spec }) => spec.target?.template.data)) as Record<string, string>;
}

/** What an app on a server is told of a tier with every part. */
function toldToServers(): readonly string[] {
  const stack = new TierStack(new App({ outdir: scratch() }), 'servers', {
    lock: undefined,
    recorded: { tier: 'tier4', disposable: true },
  });
  const storage = { bucket: 'b', region: 'r', endpoint: 'https://s', accessKeyId: 'k', secretAccessKey: 's' };
  const parts = { cache: { uri: 'rediss://c' }, inference: { url: 'http://i' }, storage, frontend: { url: 'https://a' } };
  const servers = component(tier4, 'app-servers');
  if (servers === undefined) throw new RangeError('tier 4 has servers');
  const payload = appPayload({ stack, environment: sampleEnvironment({ app: ownApp('digitalocean') }), tier: tier4, parts }, servers);
  // Added on the server: `constructs/server/release.ts`.
  return [...Object.keys({ ...payload.app?.settings, ...payload.app?.secrets }), 'PORT', 'DATABASE_URL', 'DATABASE_REPLICA_URL'];
}

describe('what the app is told', () => {
  test.each(CLOUDS)('has on %s the names that it has on servers, in every region', (cloud) => {
    const wanted = [...toldToServers(), 'OTEL_EXPORTER_OTLP_ENDPOINT', 'TERRACE_SHARD_MAP'].sort();
    const { region, regions = [] } = twoRegions(cloud);
    for (const each of [region, ...regions]) expect(toldTo(cloud, each)).toEqual(wanted);
    expect(wanted).toEqual([
      'ASSETS_URL',
      'DATABASE_REPLICA_URL',
      'DATABASE_URL',
      'GREETING',
      'INFERENCE_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'PORT',
      'REDIS_URL',
      'SESSION_KEY',
      'STORAGE_ACCESS_KEY_ID',
      'STORAGE_BUCKET',
      'STORAGE_ENDPOINT',
      'STORAGE_REGION',
      'STORAGE_SECRET_ACCESS_KEY',
      'TERRACE_SHARD_MAP',
    ]);
  });
});

describe('the copies of the shards', () => {
  const pooler = (region: string): string =>
    (one('digitalocean', 'kubernetes_secret_v1', `database_${region}_pooler_configuration`) as { data: Record<string, string> }).data[
      'pgbouncer.ini'
    ] ?? '';
  const shards = [1, 2, 3, 4].map((index) => `shard_${index}`);

  test('stand in the pooler of each cluster beside their shards, with the same password', () => {
    for (const region of ['fra1', 'nyc3']) {
      const lines = pooler(region).split('\n');
      expect(lines.flatMap((line) => /^(\w+) = host=/.exec(line)?.[1] ?? [])).toEqual(shards.flatMap((each) => [each, `${each}_reader`]));
      const [shard = '', reader = ''] = ['shard_1 ', 'shard_1_reader '].map((name) => lines.find((line) => line.startsWith(name)));
      expect(reader).toBe(shard.replace('shard_1', 'shard_1_reader').replace('"shard-1"].host', '"shard-1"].replica_host'));
      expect(reader).not.toBe(shard.replace('shard_1', 'shard_1_reader'));
    }
  });

  test('are reached by the ports of their shards, wherever they are', () => {
    const { egress } = one('digitalocean', 'kubernetes_network_policy_v1', 'database_fra1_pooler_to_databases')['spec'] as {
      egress: { ports: { port: string }[]; to?: unknown }[];
    };
    expect(egress.map(({ ports, to }) => [ports.length, to])).toEqual(shards.map(() => [1, undefined]));
  });

  test('have an address in the map, beside that of their shard', () => {
    const texts = fetched('aws', 'us-east-1');
    const map = JSON.parse((texts['TERRACE_SHARD_MAP'] ?? '').replaceAll(/\{\{.*?\}\}/g, 'x')) as {
      readonly buckets: number;
      readonly shards: readonly Record<string, string | number>[];
    };
    expect(map.buckets).toBe(1024);
    expect(map.shards.map(({ from, to }) => [from, to])).toEqual([
      [0, 255],
      [256, 511],
      [512, 767],
      [768, 1023],
    ]);
    const paths = map.shards.map(({ url, replica_url: replica }) => [url, replica].map((each) => String(each).split('/').at(-1)));
    expect(paths).toEqual(shards.map((each) => [each, `${each}_reader`]));
    expect(texts['DATABASE_REPLICA_URL']).toBe(`${texts['DATABASE_URL']}_reader`);
  });

  test('are asked for nothing in a tier without them: reads go to the shards', () => {
    const components = tier5.components.map((each) => (each.kind === 'sharded-database' ? { ...each, replicas: 0 } : each));
    const document = JSON.stringify(layers(scratch(), twoRegions('digitalocean'), { tier: { ...tier5, components } }).json);
    expect(document).not.toContain('_reader');
    expect(document).not.toContain('replica_host');
    expect(document).toContain('replica_url');
  });
});

describe('secrets of the shards', () => {
  test("come from the platform's state on DigitalOcean", () => {
    const { data } = one('digitalocean', 'kubernetes_secret_v1', 'database_fra1_pooler_configuration') as { data: Record<string, string> };
    expect(data['pgbouncer.ini']).toContain(
      `password='\${replace(data.terraform_remote_state.platform.outputs.credentials["shard-1"], "'", "''")}'`,
    );
    expect(data['pgbouncer.ini']).toContain(
      `default_pool_size = ${connectionPlan(tier5, 'digitalocean', 2)?.poolSize}\nmax_client_conn = 1000`,
    );
  });

  test('never reach Terraform on AWS: the cluster fetches them', () => {
    expect(JSON.stringify(json('aws'))).not.toContain('outputs.credentials[');
    const objects = values('aws', 'database_us-east-1_fetched_release')['objects'] as { kind: string; spec: Record<string, never> }[];
    expect(objects.map(({ kind }) => kind)).toEqual(['SecretStore', 'ExternalSecret', 'ExternalSecret', 'ExternalSecret']);
    const texts = fetched('aws', 'us-east-1');
    expect(Object.keys(texts)).toEqual([
      'DATABASE_URL',
      'DATABASE_REPLICA_URL',
      'TERRACE_SHARD_MAP',
      'REDIS_URL',
      'STORAGE_ACCESS_KEY_ID',
      'STORAGE_SECRET_ACCESS_KEY',
      'SESSION_KEY',
    ]);
    expect([texts['SESSION_KEY'], texts['STORAGE_SECRET_ACCESS_KEY']]).toEqual(['{{ .SESSION_KEY }}', '{{ .storage }}']);
    expect(json('aws')).not.toHaveProperty('variable.secret_session_key');
    // Where the environment is at home, in whichever cluster.
    expect(objects[0]?.spec).toEqual({ provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } } });
    expect(one('aws', 'kubernetes_deployment_v1', 'app_us-east-1_pods_deployment')['depends_on']).toEqual([
      'helm_release.database_us-east-1_fetched_release',
    ]);
  });
});

describe('inference', () => {
  test('asks for one GPU a pod, tolerates its nodes, and keeps the model on a disk of its own', () => {
    const spec = one('digitalocean', 'kubernetes_stateful_set_v1', 'inference_fra1_pods_stateful_set')['spec'] as {
      replicas: string;
      volume_claim_template: unknown[];
      template: { spec: { toleration: unknown; container: Record<string, never>[]; init_container: unknown[] } };
    };
    expect(spec.replicas).toBe('2');
    expect(
      (one('digitalocean', 'kubernetes_stateful_set_v1', 'inference_nyc3_pods_stateful_set')['spec'] as { replicas: string }).replicas,
    ).toBe('1');
    expect(spec.template.spec.container[0]).toMatchObject({
      resources: { requests: { 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '1' } },
      security_context: { run_as_non_root: true, read_only_root_filesystem: true },
    });
    expect(spec.template.spec.toleration).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(spec.volume_claim_template).toMatchObject([
      { spec: { access_modes: ['ReadWriteOnce'], storage_class_name: 'do-block-storage' } },
    ]);
    expect(one('digitalocean', 'kubernetes_resource_quota_v1', 'inference_fra1_space_quota')['spec']).toMatchObject({
      hard: { 'requests.nvidia.com/gpu': '2' },
    });
  });

  test('has a device plug-in where the cloud brings none', () => {
    const plugin = (cloud: ClusterCloud): string[] =>
      Object.values(json(cloud).resource['helm_release'] ?? {}).flatMap(({ chart }) =>
        chart === 'nvidia-device-plugin' ? [String(chart)] : [],
      );
    expect([plugin('digitalocean').length, plugin('aws').length, plugin('google').length]).toEqual([0, 2, 0]);
  });
});

test('nodes are moved between their bounds on AWS, whose clusters bring nothing that does', () => {
  const movers = (cloud: ClusterCloud) =>
    Object.values(json(cloud).resource['helm_release'] ?? {}).filter(({ chart }) => chart === 'cluster-autoscaler').length;
  expect(CLOUDS.map((cloud) => [cloud, movers(cloud)])).toEqual([
    ['digitalocean', 0],
    ['aws', 2],
    ['google', 0],
  ]);
  expect(values('aws', 'cluster_us-east-1_autoscaler')).toMatchObject({
    cloudProvider: 'aws',
    awsRegion: 'us-east-1',
    autoDiscovery: { clusterName: 'reference' },
    rbac: { serviceAccount: { name: 'cluster-autoscaler' } },
  });
  // The image has the minor version of the cluster.
  expect(eksVersion.autoscalerImage.startsWith(`v${eksVersion.minor}.`)).toBe(true);
});

describe('charts', () => {
  test('are pinned, each to the version of the one table', () => {
    const pins = new Map<string, { repository: string; version: string }>(
      Object.values(charts).map(({ name, repository, version }) => [name, { repository, version }]),
    );
    for (const cloud of CLOUDS) {
      for (const release of Object.values(json(cloud).resource['helm_release'] ?? {})) {
        if (String(release['chart']).startsWith('assets/')) continue;
        expect({ repository: release['repository'], version: release['version'] }).toEqual(pins.get(String(release['chart'])));
      }
    }
  });

  test('say when they were published, where that was read, and that they were not rendered', () => {
    for (const chart of Object.values(charts)) {
      expect(chart.released).toMatch(/^2026-\d\d-\d\d$/);
      expect(chart.source).toMatch(/read in its repository on 2026-11-2[12]$/);
      expect(chart.rendered).toBe(false);
    }
  });

  test('of ours travels with the stack', () => {
    const chart = String(json('digitalocean').resource['helm_release']?.['load-balancer_fra1_issuers_release']?.['chart']);
    const folder = join(inCloud('digitalocean').workloads, chart);
    expect(readFileSync(join(folder, 'templates/objects.yaml'), 'utf8')).toContain('range .Values.objects');
    expect(JSON.stringify(json('digitalocean'))).not.toContain(__dirname.split('/test/')[0] ?? '');
  });

  test('put the ingress controller on fixed ports, or behind a balancer with the reserved address', () => {
    expect(values('digitalocean', 'load-balancer_fra1_controller')).toMatchObject({
      ports: { web: { nodePort: 30080 }, websecure: { nodePort: 30443 } },
      service: { spec: { type: 'NodePort' } },
    });
    expect(values('google', 'load-balancer_us-east4_controller')).toMatchObject({
      ports: {},
      service: { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerIP: 'reference' } },
    });
  });
});
