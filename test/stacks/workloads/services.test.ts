import { flavours, type ClusterCloud } from '../../../constructs/kubernetes/flavour';
import { reservedServices } from '../../../environments/vocabulary';
import { chosen } from '../../../tiers/choices';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { isRecord } from '../../../values/record';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { layers, twoRegions, twoServices, withServices, type Document } from './fixture';
import { onStandin } from './running';

const terraform = needs('terraform');
jest.setTimeout(300_000);
const { must, ready, takenDown, planned } = onStandin();

const clouds = Object.keys(flavours) as ClusterCloud[];
const made = new Map(
  clouds.map((cloud) => [cloud, layers(scratch(), withServices(cloud), { tier: chosen(tier5, withServices(cloud)) }).json]),
);
const json = (cloud: ClusterCloud): Document => made.get(cloud) as Document;
const one = (cloud: ClusterCloud, type: string, name: string): Record<string, unknown> => json(cloud).resource[type]?.[name] ?? {};
const specOf = (type: string, name: string): unknown => one('digitalocean', type, name)['spec'];

/** What a service has more than a tier without it, in one cluster: the same on every cloud. */
const ofEach = [
  'kubernetes_deployment_v1 pods_deployment',
  'kubernetes_horizontal_pod_autoscaler_v2 autoscaler',
  'kubernetes_network_policy_v1 to_cache',
  'kubernetes_network_policy_v1 to_collector',
  'kubernetes_network_policy_v1 to_inference',
  'kubernetes_network_policy_v1 to_inference_in',
  'kubernetes_network_policy_v1 to_internet',
  'kubernetes_network_policy_v1 to_pooler',
  'kubernetes_network_policy_v1 to_pooler_in',
  'kubernetes_pod_disruption_budget_v1 pods_budget',
  'kubernetes_secret_v1 settings',
  'kubernetes_service_account_v1 pods_account',
  'kubernetes_service_v1 pods_service',
];

const addresses = (document: Document, region: string): string[] =>
  Object.entries(document.resource).flatMap(([type, named]) =>
    Object.keys(named)
      .filter((name) => name.includes(`_${region}`))
      .map((name) => `${type} ${name.replace(`_${region}`, '')}`),
  );

describe('services beside the app', () => {
  test.each(clouds)('are the same objects on %s, in each region, and change no address that was there', (cloud) => {
    const without = layers(scratch(), { ...withServices(cloud), services: {} }).json;
    const { region, regions = [] } = twoRegions(cloud);
    for (const each of [region, ...regions]) {
      const [before, after] = [without, json(cloud)].map((document) => addresses(document, each));
      expect(before?.filter((address) => !after?.includes(address))).toEqual([]);
      const own = (name: string): string[] => ofEach.map((address) => address.replace(' ', ` app_service_${name}_`));
      expect(after?.filter((address) => !before?.includes(address)).sort()).toEqual(
        [
          ...own('billing'),
          ...own('mail'),
          'kubernetes_network_policy_v1 app_service_billing_from_entrance',
          'kubernetes_network_policy_v1 app_service_billing_to_service_mail',
          'kubernetes_network_policy_v1 app_service_billing_to_service_mail_in',
          ...['billing', 'mail'].flatMap((name) => ['', '_in'].map((end) => `kubernetes_network_policy_v1 app_to_service_${name}${end}`)),
        ].sort(),
      );
    }
  });

  test('have probes, no rights they do not need, what they ask for, and spread', () => {
    const { template } = specOf('kubernetes_deployment_v1', 'app_fra1_service_billing_pods_deployment') as {
      template: { spec: { container: unknown[]; topology_spread_constraint: unknown[] } };
    };
    expect(template.spec).toMatchObject({
      automount_service_account_token: false,
      security_context: { seccomp_profile: { type: 'RuntimeDefault' } },
    });
    expect(template.spec.topology_spread_constraint).toHaveLength(2);
    const asked = { http_get: { path: '/ready', port: '8081' } };
    expect(template.spec.container).toMatchObject([
      {
        name: 'billing',
        image: twoServices['billing']?.image,
        security_context: { allow_privilege_escalation: false, capabilities: { drop: ['ALL'] } },
        startup_probe: asked,
        readiness_probe: asked,
        liveness_probe: asked,
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
      },
    ]);
    const mail = specOf('kubernetes_deployment_v1', 'app_fra1_service_mail_pods_deployment');
    expect(mail).toMatchObject({
      template: { spec: { container: [{ resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } } }] } },
    });
  });

  test('are dealt out to the clusters, each of which may grow to all, and are in the quota of their namespace', () => {
    const bounds = (name: string) => specOf('kubernetes_horizontal_pod_autoscaler_v2', `app_nyc3_service_${name}_autoscaler`);
    expect(bounds('billing')).toMatchObject({ min_replicas: 3, max_replicas: 12 });
    expect(bounds('mail')).toMatchObject({ min_replicas: 2, max_replicas: 4 });
    // 20 pods of the app with 3 vCPU and 4 GiB, 12 of 0.5 and 1, 4 of 0.25 and 0.5: twice, and what stood there before.
    expect(specOf('kubernetes_resource_quota_v1', 'app_fra1_space_quota')).toEqual({
      hard: { pods: '82', 'requests.cpu': '138', 'requests.memory': '192Gi', 'limits.memory': '192Gi' },
    });
  });

  test('have names in their namespace, and the domain leads to those that have a path', () => {
    const names = Object.values(json('digitalocean').resource['kubernetes_service_v1'] ?? {}).map(
      ({ metadata, spec }) => [(metadata as { name: string }).name, (spec as { port: { port: number }[] }).port[0]?.port] as const,
    );
    expect(Object.fromEntries(names)).toEqual({ app: 8080, billing: 8081, inference: 8081, mail: 8080, pooler: 6432 });
    const { rule } = specOf('kubernetes_ingress_v1', 'app_fra1_route') as { rule: { http: { path: unknown[] } }[] };
    const backend = (name: string) => ({ service: { name: expect.stringContaining(name) as string, port: { name: 'main' } } });
    expect(rule[0]?.http.path).toEqual([
      { path: '/', path_type: 'Prefix', backend: backend('app_fra1_pods_service') },
      { path: '/billing', path_type: 'Prefix', backend: backend('app_fra1_service_billing_pods_service') },
    ]);
  });

  test('are told what the app is told, where those are that they call, and their own settings and secrets alone', () => {
    const { locals } = json('digitalocean') as unknown as { locals: Record<string, string> };
    const told = (part: string): string[] =>
      [...(locals[`app_fra1${part}_environment`] ?? '').matchAll(/"([A-Z][A-Z_]+)":/g)].map(([, name]) => String(name)).sort();
    const common = [
      'ASSETS_URL',
      'DATABASE_REPLICA_URL',
      'DATABASE_URL',
      'INFERENCE_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'PORT',
      'REDIS_URL',
      'STORAGE_ACCESS_KEY_ID',
      'STORAGE_BUCKET',
      'STORAGE_ENDPOINT',
      'STORAGE_REGION',
      'STORAGE_SECRET_ACCESS_KEY',
      'TERRACE_SHARD_MAP',
    ];
    expect(told('_service_mail')).toEqual(common);
    expect(told('_service_billing')).toEqual([...common, 'CURRENCY', 'MAIL_URL', 'STRIPE_KEY'].sort());
    expect(told('')).toEqual([...common, 'BILLING_URL', 'MAIL_URL', 'SESSION_KEY', 'STRIPE_KEY'].sort());
    expect(locals['app_fra1_environment']?.replaceAll(/\$\{[^}]*\}/g, 'space')).toContain(
      '"BILLING_URL":"http://billing.space.svc.cluster.local:8081","MAIL_URL":"http://mail.space.svc.cluster.local:8080"',
    );
    expect(locals['app_fra1_service_billing_environment']).toContain('"CURRENCY":"$${EUR}"');
    expect(locals['app_fra1_service_billing_environment']).toContain('"PORT":"8081"');
  });

  test('find only their own secrets where the cluster fetches them', () => {
    const release = JSON.stringify(one('aws', 'helm_release', 'database_us-east-1_fetched_release'));
    const named = (name: string): boolean => release.includes(`\\"name\\":\\"${name}\\"`);
    expect(['endpoints', 'app-secrets', 'billing-secrets', 'mail-secrets'].map(named)).toEqual([true, true, true, false]);
    const secretsOf = (name: string): string[] => {
      const { template } = one('aws', 'kubernetes_deployment_v1', `app_us-east-1${name}_pods_deployment`)['spec'] as {
        template: { spec: { container: { env_from: { secret_ref: { name: string } }[] }[] } };
      };
      return template.spec.container.flatMap(({ env_from: from }) => from.map(({ secret_ref: { name: each } }) => each)).slice(1);
    };
    expect(secretsOf('')).toEqual(['endpoints', 'app-secrets']);
    expect(secretsOf('_service_billing')).toEqual(['endpoints', 'billing-secrets']);
    expect(secretsOf('_service_mail')).toEqual(['endpoints']);
  });

  test('cannot have the name of a workload that the clusters have', () => {
    const own = clouds.flatMap((cloud) =>
      Object.values(json(cloud).resource['kubernetes_service_v1'] ?? {}).map(({ metadata }) => metadata),
    );
    const taken = own.flatMap((metadata) =>
      isRecord(metadata) && !(String(metadata['name']) in twoServices) ? [String(metadata['name'])] : [],
    );
    expect([...new Set(taken)].sort()).toEqual(['app', 'inference', 'pooler']);
    expect(taken.filter((name) => !Object.hasOwn(reservedServices, name))).toEqual([]);
  });
});

describe('services beside the app, on the stand-in', () => {
  const project = scratch();
  // As plain texts: no variable has to be set.
  const environment = { ...twoRegions('digitalocean'), services: mapped(() => ({ secrets: [] })) };
  const tier = chosen(tier5, environment);
  let workloads: Awaited<ReturnType<typeof ready>>;

  terraform('are applied with the app, and need nothing more', async () => {
    workloads = await ready(project, environment, { tier });
    expect(await must(workloads.workloads, 'apply', '-auto-approve')).toContain('163 added, 0 changed, 0 destroyed');
    expect(await must(workloads.workloads, 'plan', '-detailed-exitcode')).toContain('No changes.');
  });

  terraform('an image changes its service in both clusters and nothing else', async () => {
    const image = 'ghcr.io/example/mail:2.0.2';
    layers(project, { ...environment, services: mapped((name) => ({ secrets: [], ...(name === 'mail' ? { image } : {}) })) }, { tier });
    expect(planned(await must(workloads.workloads, 'plan'))).toEqual([
      'kubernetes_deployment_v1.app_fra1_service_mail_pods_deployment will be updated in-place',
      'kubernetes_deployment_v1.app_nyc3_service_mail_pods_deployment will be updated in-place',
    ]);
  });

  terraform('they go in the order of the teardown', async () => {
    workloads = layers(project, environment, { tier });
    await takenDown(workloads);
  });
});

function mapped(change: (name: string) => Partial<(typeof twoServices)[string]>): typeof twoServices {
  return Object.fromEntries(Object.entries(twoServices).map(([name, service]) => [name, { ...service, ...change(name) }]));
}
