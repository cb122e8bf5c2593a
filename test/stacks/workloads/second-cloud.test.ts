import { guardStack } from '../../../analysis/review';
import type { DistributedEngine } from '../../../components/distributed-database';
import { layerIds } from '../../../stacks/layers';
import { clusterSites, siteProblems } from '../../../stacks/workloads/sites';
import type { Standin } from '../../../terraform/standin/server';
import { tierOf } from '../../../tiers/choices';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import type { Document } from './fixture';
import { comeAndGo, overTwoClouds as environment, standinOfClouds, synthesized, withEngine } from './two-clouds';

const terraform = needs('terraform');
// Dozens of objects in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(300_000);
describe('a tier over two clouds', () => {
  const made = synthesized(scratch());

  test('has three layers, in order', () => {
    expect(layerIds(tier6)).toEqual(['tier6', 'tier6-google', 'tier6-workloads']);
    expect(clusterSites(environment, tier6)).toEqual([
      { region: 'eu-central-1', cloud: 'aws' },
      { region: 'us-east-1', cloud: 'aws' },
      { region: 'europe-west3', cloud: 'google' },
    ]);
    expect(siteProblems({ ...environment, region: 'me-south-1', regions: undefined }, tier6).map(({ code }) => code)).toEqual([
      'PLATFORM_REGIONS_MISSING',
      'SECOND_CLOUD_UNKNOWN',
    ]);
  });

  test("has a cluster of its own in Google's, on networks that the first cloud does not have", () => {
    const { resource, provider } = made.json('tier6-google');
    expect(Object.keys(provider)).toEqual(['google']);
    expect(Object.keys(resource).sort()).toEqual([
      'google_compute_address',
      'google_compute_network',
      'google_compute_router',
      'google_compute_router_nat',
      'google_compute_subnetwork',
      'google_container_cluster',
      'google_container_node_pool',
      'google_logging_project_bucket_config',
      'google_logging_project_exclusion',
      'google_logging_project_sink',
      'google_project_iam_audit_config',
      'google_project_iam_member',
      'google_service_account',
      'terraform_data',
    ]);
    expect(resource['google_container_cluster']?.['cluster_europe-west3']).toMatchObject({
      location: 'europe-west3',
      private_cluster_config: { enable_private_nodes: true },
      master_authorized_networks_config: { cidr_blocks: [{ cidr_block: '203.0.113.7/32' }] },
      remove_default_node_pool: true,
    });
    expect(resource['google_container_node_pool']?.['cluster_europe-west3_nodes_app']).toMatchObject({
      node_config: { machine_type: 'e2-standard-8' },
      autoscaling: { total_min_node_count: 10, total_max_node_count: 60 },
    });
    expect(JSON.stringify(resource)).not.toContain('"10.');
  });

  test('splits traffic by clusters, with health checks, and falls back to the first cloud', () => {
    const { resource } = made.json('tier6-workloads');
    expect(resource['cloudflare_load_balancer_monitor']?.['load-balancer_split_monitor']).toMatchObject({
      type: 'https',
      path: '/healthz',
      expected_codes: '200',
    });
    expect(Object.keys(resource['cloudflare_load_balancer_pool'] ?? {})).toEqual(['load-balancer_split_aws', 'load-balancer_split_google']);
    const balancer = resource['cloudflare_load_balancer']?.['load-balancer_split'];
    expect(balancer).toMatchObject({
      steering_policy: 'random',
      fallback_pool: '${cloudflare_load_balancer_pool.load-balancer_split_aws.id}',
    });
    expect(
      Object.values(
        (balancer as { random_steering: { pool_weights: Record<string, number> } } | undefined)?.random_steering.pool_weights ?? {},
      ),
    ).toEqual([0.67, 0.33]);
  });

  test('has models and databases in the first cloud only, and says so by leaving them out', () => {
    const { resource } = made.json('tier6-workloads');
    expect(Object.keys(resource['kubernetes_stateful_set_v1'] ?? {})).toEqual([
      'inference_eu-central-1_pods_stateful_set',
      'inference_us-east-1_pods_stateful_set',
    ]);
    const locals = (made.json('tier6-workloads') as unknown as { locals: Record<string, string> }).locals;
    expect(locals['app_eu-central-1_environment']).toContain('TERRACE_DISTRIBUTED_SQL');
    expect(locals['app_europe-west3_environment']).not.toMatch(/INFERENCE_URL|REDIS_URL|KAFKA_BROKERS/);
    for (const region of ['eu-central-1', 'us-east-1'])
      expect(locals[`app_${region}_environment`]).toMatch(
        /"KAFKA_BROKERS":"[^"]*terraform_remote_state\.platform\.outputs\.event_stream\.brokers/,
      );
    // What everybody may read, everybody is told of.
    for (const region of ['eu-central-1', 'us-east-1', 'europe-west3'])
      expect(locals[`app_${region}_environment`]).toContain('terraform_remote_state.platform.outputs.assets_url');
  });
});

test.each(['aurora-dsql', 'citus', 'alloydb', 'spanner', 'shards'] as const)(
  'with %s pods in both clouds have the key to the bucket',
  (engine) => {
    const { resource } = synthesized(scratch(), { tier: tierOf('tier6', { database: { engine } }) }).json('tier6-workloads');
    const holders = Object.entries(resource['helm_release'] ?? {}).flatMap(([name, release]) =>
      JSON.stringify(release).includes('STORAGE_SECRET_ACCESS_KEY') ? [name.split('_')[1]] : [],
    );
    expect(new Set(holders)).toEqual(new Set(['eu-central-1', 'us-east-1', 'europe-west3']));
  },
);

describe.each(['alloydb', 'spanner'] as const)('with %s, which stands at Google', (engine) => {
  const made = synthesized(scratch(), { tier: withEngine(engine) });
  const { locals, resource } = made.json('tier6-workloads') as Document & { readonly locals: Readonly<Record<string, string>> };

  test('the app in both clouds finds it, told by the layer that has it', () => {
    for (const region of ['eu-central-1', 'us-east-1', 'europe-west3']) {
      expect(locals[`app_${region}_environment`]).toContain('TERRACE_DISTRIBUTED_SQL');
      expect(locals[`app_${region}_environment`]).toContain('terraform_remote_state.google.outputs.distributed_sql');
    }
  });

  test('only pods at Google have an account there', () => {
    const accounts = Object.entries(resource['kubernetes_service_account_v1'] ?? {}).flatMap(([name, { metadata }]) =>
      'annotations' in (metadata as object) ? [name] : [],
    );
    expect(accounts).toEqual(['app_europe-west3_pods_account']);
  });

  test('nothing of it has a password or a public address', () => {
    const text = JSON.stringify(made.json('tier6-google').resource);
    expect(text).not.toMatch(/password|enable_public_ip|authorized_external_networks/);
  });
});

test('what holds data at Google is protected, unless the environment may go', () => {
  const of = (engine: DistributedEngine, own: object = {}) =>
    synthesized(scratch(), { tier: withEngine(engine), ...own }).json('tier6-google').resource;
  const alloydb = of('alloydb', { disposable: undefined });
  expect(alloydb['google_alloydb_cluster']?.['database_g1']).toMatchObject({
    lifecycle: { prevent_destroy: true },
    deletion_policy: 'DEFAULT',
    continuous_backup_config: { enabled: true, recovery_window_days: 14 },
    automated_backup_policy: { enabled: true, time_based_retention: { retention_period: '1209600s' } },
  });
  expect(alloydb['google_alloydb_instance']).toMatchObject({
    database_g1_primary: { availability_type: 'REGIONAL', machine_config: { cpu_count: 128 }, lifecycle: { prevent_destroy: true } },
    database_g1_readers: { read_pool_config: { node_count: 2 } },
  });
  const spanner = of('spanner', { disposable: undefined });
  expect(spanner['google_spanner_instance']?.['database_g1']).toMatchObject({
    num_nodes: 20,
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(spanner['google_spanner_database']?.['database_g1_database']).toMatchObject({
    database_dialect: 'POSTGRESQL',
    deletion_protection: true,
    enable_drop_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(spanner['google_spanner_backup_schedule']?.['database_g1_backups']).toMatchObject({ retention_duration: '1209600s' });
  expect(of('alloydb')['google_alloydb_cluster']?.['database_g1']).toMatchObject({ deletion_policy: 'FORCE' });
  expect(of('spanner')['google_spanner_database']?.['database_g1_database']).toMatchObject({ deletion_protection: false });
});

test('who reads and writes at Google is recorded for a year in the region of the cluster, but not each statement of the app', () => {
  const of = (engine: DistributedEngine, own: object = {}) =>
    synthesized(scratch(), { tier: withEngine(engine), disposable: undefined, ...own }).json('tier6-google').resource;
  const spanner = of('spanner');
  expect(spanner['google_logging_project_bucket_config']?.['audit']).toMatchObject({
    location: 'europe-west3',
    retention_days: 365,
    lifecycle: { prevent_destroy: true },
  });
  expect(spanner['google_logging_project_sink']?.['audit_records']).toMatchObject({
    destination: 'logging.googleapis.com/${google_logging_project_bucket_config.audit.id}',
    filter: 'logName:"cloudaudit.googleapis.com"',
  });
  // Google's own bucket is global.
  expect(spanner['google_logging_project_exclusion']?.['audit_elsewhere']).toMatchObject({
    filter: 'log_id("cloudaudit.googleapis.com/data_access")',
  });
  const app = { exempted_members: ['serviceAccount:${google_service_account.database_g1_account.email}'] };
  const all = [{ log_type: 'ADMIN_READ' }, { log_type: 'DATA_READ' }, { log_type: 'DATA_WRITE' }];
  expect(spanner['google_project_iam_audit_config']).toMatchObject({
    audit_cluster: { service: 'container.googleapis.com', audit_log_config: all },
    audit_database: {
      service: 'spanner.googleapis.com',
      audit_log_config: [{ log_type: 'ADMIN_READ' }, { log_type: 'DATA_READ', ...app }, { log_type: 'DATA_WRITE', ...app }],
    },
  });
  expect(of('alloydb')['google_project_iam_audit_config']?.['audit_database']).toMatchObject({ service: 'alloydb.googleapis.com' });
  expect(Object.keys(of('citus')['google_project_iam_audit_config'] ?? {})).toEqual(['audit_cluster']);
  expect(of('spanner', { disposable: 'try' })['google_logging_project_bucket_config']?.['audit']).not.toHaveProperty('lifecycle');
});

describe('an edit that endangers a database at Google', () => {
  const kept = (engine: DistributedEngine) =>
    synthesized(scratch(), { tier: withEngine(engine), disposable: undefined }).json('tier6-google');
  const base = { alloydb: kept('alloydb'), spanner: kept('spanner') };
  type Blocks = Record<string, Record<string, Record<string, unknown>>>;
  const found = (engine: keyof typeof base, edit: (resource: Blocks) => void): unknown => {
    const head = structuredClone(base[engine]);
    edit(head.resource as Blocks);
    const { findings } = guardStack({ stack: 'tier6-google', base: base[engine] as never, head: head as never });
    return findings.filter(({ severity }) => severity === 'high').map(({ id, address }) => [id, address]);
  };

  test.each<[string, keyof typeof base, (resource: Blocks) => void, readonly (readonly string[])[]]>([
    [
      'the cluster goes',
      'alloydb',
      (all) => delete all['google_alloydb_cluster'],
      [['guard/deleted', 'google_alloydb_cluster.database_g1']],
    ],
    [
      'its backups stop',
      'alloydb',
      (all) => Object.assign(all['google_alloydb_cluster']?.['database_g1'] ?? {}, { continuous_backup_config: { enabled: false } }),
      [['guard/unprotected', 'google_alloydb_cluster.database_g1']],
    ],
    [
      'the instance goes',
      'spanner',
      (all) => delete all['google_spanner_instance'],
      [
        ['guard/replaced', 'google_spanner_database.database_g1_database'],
        ['guard/deleted', 'google_spanner_instance.database_g1'],
      ],
    ],
    [
      'another dialect',
      'spanner',
      (all) => Object.assign(all['google_spanner_database']?.['database_g1_database'] ?? {}, { database_dialect: 'GOOGLE_STANDARD_SQL' }),
      [['guard/replaced', 'google_spanner_database.database_g1_database']],
    ],
    [
      'records are kept for a month',
      'spanner',
      (all) => Object.assign(all['google_logging_project_bucket_config']?.['audit'] ?? {}, { retention_days: 30 }),
      [['guard/emptied', 'google_logging_project_bucket_config.audit']],
    ],
    [
      'nobody records who reads',
      'spanner',
      (all) => delete all['google_project_iam_audit_config']?.['audit_database'],
      [['guard/deleted', 'google_project_iam_audit_config.audit_database']],
    ],
    [
      'nothing protects it',
      'spanner',
      (all) => Object.assign(all['google_spanner_database']?.['database_g1_database'] ?? {}, { deletion_protection: false }),
      [['guard/unprotected', 'google_spanner_database.database_g1_database']],
    ],
  ])('%s', (_, engine, edit, expected) => expect(found(engine, edit)).toEqual(expected));
});

describe('on the stand-in', () => {
  let standin: Standin;
  beforeAll(async () => {
    standin = await standinOfClouds();
  });
  afterAll(() => standin.stop());

  terraform('three layers are applied in order, need nothing more, and go in the opposite order', () => comeAndGo(standin, 'alloydb'));
});
