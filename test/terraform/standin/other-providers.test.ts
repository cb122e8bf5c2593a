import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { servedProviders, type ServedName } from '../../../terraform/standin/served';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import type { Resources } from './fixture';
import { Workspace } from './harness';

const terraform = needs('terraform');
const ROOM = scratch('standin-other-');
let standin: Standin;

beforeAll(async () => {
  standin = await startStandin({ state: join(ROOM, 'sandbox.json') });
});
afterAll(() => standin.stop());

/** A workspace on the providers that are served from schemas. */
async function workspace(name: string, resources: Resources, provider: Record<string, unknown>): Promise<Workspace> {
  const made = new Workspace(join(ROOM, name), { TF_REATTACH_PROVIDERS: standin.reattach, TF_CLI_CONFIG_FILE: '/dev/null' });
  write(made, resources, provider);
  return made.init();
}

function write(to: Workspace, resources: Resources, provider: Record<string, unknown>): void {
  to.write(resources, { terraform: { required_providers: required(Object.keys(provider)) }, provider });
}

function required(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, { source: sourceOf(name), version: servedProviders.find((each) => each.name === name)?.version }]),
  );
}

function sourceOf(name: string): string {
  return (servedProviders.find((each) => each.name === name)?.source ?? '').replace('registry.terraform.io/', '');
}

/** Applies, finds nothing left to do, and leaves everything standing. */
async function settles(made: Workspace): Promise<void> {
  await made.must('validate', '-no-color');
  await made.apply();
  expect(await made.actions()).toEqual({});
}

const cluster = (host: string): Record<string, unknown> => ({ host, cluster_ca_certificate: 'none', token: 'none' });
const app = { app: 'app' };

/** One of each kind that a plan must get right: nested lists, sets, maps, defaults, computed values. */
const inCluster: Resources = {
  kubernetes_namespace_v1: { app: { metadata: { name: 'app', labels: { team: 'web' } } } },
  kubernetes_secret_v1: {
    app: { metadata: { name: 'app', namespace: '${kubernetes_namespace_v1.app.metadata[0].name}' }, data: { KEY: 'value' } },
  },
  kubernetes_deployment_v1: {
    app: {
      metadata: { name: 'app', namespace: '${kubernetes_namespace_v1.app.metadata[0].name}' },
      spec: {
        replicas: '2',
        selector: { match_labels: app },
        template: {
          metadata: { labels: app },
          spec: {
            container: [
              {
                name: 'app',
                image: 'ghcr.io/example/app:1',
                port: [{ container_port: 8080 }],
                env_from: [{ secret_ref: { name: '${kubernetes_secret_v1.app.metadata[0].name}' } }],
                resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } },
                security_context: { read_only_root_filesystem: true, capabilities: { drop: ['ALL'] } },
                readiness_probe: { http_get: { path: '/healthz', port: '8080' } },
              },
            ],
            topology_spread_constraint: [
              {
                max_skew: 1,
                topology_key: 'topology.kubernetes.io/zone',
                when_unsatisfiable: 'ScheduleAnyway',
                label_selector: [{ match_labels: app }],
              },
            ],
          },
        },
      },
    },
  },
  kubernetes_service_v1: {
    app: {
      metadata: { name: 'app', namespace: '${kubernetes_namespace_v1.app.metadata[0].name}' },
      spec: { selector: app, port: [{ port: 80, target_port: '8080' }] },
    },
  },
  helm_release: {
    logs: {
      name: 'loki',
      namespace: '${kubernetes_namespace_v1.app.metadata[0].name}',
      repository: 'https://charts.example.test',
      chart: 'loki',
      version: '1.2.3',
      values: ['{"a":1}'],
      set: [{ name: 'b', value: '2' }],
    },
  },
};
const providers = (host = 'https://one.example.test'): Record<string, unknown> => ({
  kubernetes: cluster(host),
  helm: { kubernetes: cluster(host) },
});

describe('schemas', () => {
  terraform('reach Terraform as the providers gave them', async () => {
    const names: readonly ServedName[] = ['kubernetes', 'helm', 'random', 'google', 'cloudflare'];
    const made = await workspace('schemas', { terraform_data: { a: {} } }, Object.fromEntries(names.map((name) => [name, {}])));
    const told = JSON.parse(await made.must('providers', 'schema', '-json')) as {
      provider_schemas: Record<string, { resource_schemas: unknown; provider: unknown }>;
    };
    for (const name of names) {
      const { source, version } = servedProviders.find((each) => each.name === name) ?? servedProviders[0];
      const wanted = JSON.parse(
        gunzipSync(readFileSync(join(__dirname, '../../../terraform/standin/data', `${name}-${version}.json.gz`))).toString('utf8'),
      ) as { resources: unknown; provider: unknown };
      expect(bare(told.provider_schemas[source]?.resource_schemas)).toEqual(bare(wanted.resources));
      expect(bare(told.provider_schemas[source]?.provider)).toEqual(bare(wanted.provider));
    }
  });
});

/** Without descriptions, which were left out when the schemas were taken in. */
function bare(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'description_kind' || key === 'description' ? undefined : inner)),
  );
}

describe('a cluster', () => {
  let made: Workspace;
  beforeAll(async () => {
    made = await workspace('cluster', inCluster, providers());
  });

  terraform('takes namespace, deployment, service and release, and needs nothing more', () => settles(made));

  terraform('changes an image in place, and replaces what has another selector', async () => {
    const changed = structuredClone(inCluster);
    const deployment = changed['kubernetes_deployment_v1']?.['app'] as unknown as {
      spec: { selector: { match_labels: object }; template: { spec: { container: { image: string }[] } } };
    };
    deployment.spec.template.spec.container[0]!.image = 'ghcr.io/example/app:2';
    write(made, changed, providers());
    expect(await made.actions()).toEqual({ 'kubernetes_deployment_v1.app': 'update' });
    deployment.spec.selector.match_labels = { app: 'other' };
    write(made, changed, providers());
    const [change] = await made.changes();
    expect(change?.change).toMatchObject({ actions: ['delete', 'create'], replace_paths: [['spec', 0, 'selector', 0, 'match_labels']] });
  });

  terraform('upgrades a release in place and replaces one that is renamed', async () => {
    const upgraded = structuredClone(inCluster);
    upgraded['helm_release']!['logs']!['version'] = '1.3.0';
    write(made, upgraded, providers());
    expect(await made.actions()).toEqual({ 'helm_release.logs': 'update' });
    upgraded['helm_release']!['logs']!['name'] = 'logs';
    write(made, upgraded, providers());
    expect(await made.actions()).toEqual({ 'helm_release.logs': 'delete-create' });
  });

  terraform('refuses what has no namespace yet, and a name that is taken', async () => {
    const homeless = await workspace(
      'homeless',
      { kubernetes_secret_v1: { a: { metadata: { name: 'a', namespace: 'nowhere' } } } },
      { kubernetes: cluster('https://one.example.test') },
    );
    expect((await homeless.run('apply', '-auto-approve', '-no-color')).out).toContain('404 namespaces "nowhere" not found');
    const second = await workspace(
      'second',
      { kubernetes_namespace_v1: { again: { metadata: { name: 'app' } } } },
      { kubernetes: cluster('https://one.example.test') },
    );
    expect((await second.run('apply', '-auto-approve', '-no-color')).out).toContain('409 namespaces "app" already exists');
  });

  terraform('is one of several: provider aliases have objects of their own under the same names', async () => {
    const both: Resources = {
      kubernetes_namespace_v1: {
        one: { metadata: { name: 'same' }, provider: 'kubernetes.one' },
        two: { metadata: { name: 'same' }, provider: 'kubernetes.two' },
      },
    };
    const regional = await workspace('aliases', both, {
      kubernetes: [
        { alias: 'one', ...cluster('https://one.example.test') },
        { alias: 'two', ...cluster('https://two.example.test') },
      ] as never,
    });
    await settles(regional);
    expect(await regional.must('destroy', '-auto-approve', '-no-color')).toContain('2 destroyed');
  });

  terraform('is emptied by a destroy, and a namespace takes what is in it along', async () => {
    write(made, inCluster, providers());
    expect(await made.must('destroy', '-auto-approve', '-no-color')).toContain('5 destroyed');
    expect(
      Object.values((JSON.parse(readFileSync(join(ROOM, 'sandbox.json'), 'utf8')) as { objects: Record<string, object> }).objects).flatMap(
        (objects) => Object.keys(objects),
      ),
    ).toEqual([]);
  });
});

describe('the other providers', () => {
  const each: readonly (readonly [ServedName, Resources, Record<string, unknown>])[] = [
    ['random', { random_password: { a: { length: 24, special: false } } }, {}],
    [
      'google',
      {
        google_compute_network: { a: { name: 'net', auto_create_subnetworks: false } },
        google_container_cluster: {
          a: {
            name: 'main',
            location: 'europe-west3',
            network: '${google_compute_network.a.id}',
            initial_node_count: 1,
            deletion_protection: false,
          },
        },
        google_container_node_pool: {
          a: {
            name: 'app',
            cluster: '${google_container_cluster.a.id}',
            autoscaling: { min_node_count: 1, max_node_count: 3 },
            node_config: { machine_type: 'e2-standard-4', labels: { pool: 'app' } },
          },
        },
      },
      { project: 'example' },
    ],
    [
      'cloudflare',
      {
        cloudflare_load_balancer_monitor: { a: { account_id: 'account', type: 'https', path: '/healthz', expected_codes: '200' } },
        cloudflare_load_balancer_pool: {
          a: {
            account_id: 'account',
            name: 'one',
            monitor: '${cloudflare_load_balancer_monitor.a.id}',
            origins: [{ name: 'a', address: '192.0.2.1', enabled: true }],
          },
        },
        cloudflare_load_balancer: {
          a: {
            zone_id: 'zone',
            name: 'app.example.test',
            fallback_pool: '${cloudflare_load_balancer_pool.a.id}',
            default_pools: ['${cloudflare_load_balancer_pool.a.id}'],
            proxied: true,
          },
        },
      },
      { api_token: 'none' },
    ],
  ];

  for (const [name, resources, provider] of each) {
    terraform(`${name}: applied, nothing left to do, destroyed`, async () => {
      const made = await workspace(name, resources, { [name]: provider });
      await settles(made);
      expect(await made.must('destroy', '-auto-approve', '-no-color')).toContain(`${Object.keys(resources).length} destroyed`);
    });
  }

  terraform('an origin is added in place, and a pool of another account is another pool', async () => {
    const [, resources, provider] = each[2] as (typeof each)[number];
    const made = await workspace('cloudflare-changes', resources, { cloudflare: provider });
    await made.apply();
    const changed = structuredClone(resources);
    const pool = changed['cloudflare_load_balancer_pool']?.['a'] as { account_id: string; origins: object[] };
    pool.origins.push({ name: 'b', address: '192.0.2.2', enabled: true });
    write(made, changed, { cloudflare: provider });
    expect(await made.actions()).toEqual({ 'cloudflare_load_balancer_pool.a': 'update' });
    await settles(made);
    pool.account_id = 'other';
    write(made, changed, { cloudflare: provider });
    expect(await made.actions()).toMatchObject({ 'cloudflare_load_balancer_pool.a': 'delete-create' });
  });
});
