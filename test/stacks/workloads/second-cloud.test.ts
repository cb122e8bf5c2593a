import { App, TerraformOutput } from 'cdktf';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addBackend } from '../../../stacks/backend';
import { addLayers, layerIds } from '../../../stacks/layers';
import { TierStack } from '../../../stacks/tier-stack';
import { clusterSites, siteProblems } from '../../../stacks/workloads/sites';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import { sampleEnvironment } from '../../support/environments';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import type { Document } from './fixture';

const terraform = needs('terraform');
// Dozens of objects in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(300_000);
const environment = sampleEnvironment({
  tier: 'tier6',
  platform: 'aws',
  region: 'eu-central-1',
  regions: ['us-east-1'],
  load: { dailyUsers: 1_000_000 },
  alerts: { emails: ['ops@example.com'] },
  access: { sshKeys: {}, allowedCidrs: ['203.0.113.7/32'] },
});

/** The layers of tier 6, the first of them its outputs alone. */
function synthesized(project: string): { readonly folder: (id: string) => string; readonly json: (id: string) => Document } {
  const app = new App({ outdir: join(project, 'cdktf.out') });
  const platform = new TierStack(app, 'tier6', { lock: undefined, recorded: { tier: 'tier6', disposable: true } });
  addBackend(platform, environment);
  const cluster = (region: string) => [
    region,
    {
      id: region,
      name: `coach-${region}`,
      endpoint: `https://${region}.example.test`,
      ca_certificate: Buffer.from('an authority').toString('base64'),
    },
  ];
  const outputs = {
    clusters: Object.fromEntries(['eu-central-1', 'us-east-1'].map(cluster)),
    cache: { host: 'cache.example.test', port: '6379' },
    credential_secrets: { cache: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:cache' },
    distributed_sql: { host: 'sql.example.test', port: '5432', database: 'postgres', user: 'admin' },
    entry: 'accelerator.example.test',
    model_registry: { bucket: 'coach-model-registry', endpoint: 'https://s3.eu-central-1.amazonaws.com', region: 'eu-central-1' },
  };
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(platform, name, { value, staticId: true });
  addLayers(app, environment, tier6, {}, platform);
  app.synth();
  const folder = (id: string): string => join(project, 'cdktf.out', 'stacks', id);
  return { folder, json: (id) => JSON.parse(readFileSync(join(folder(id), 'cdk.tf.json'), 'utf8')) as Document };
}

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
    expect(locals['app_europe-west3_environment']).not.toMatch(/TERRACE_DISTRIBUTED_SQL|INFERENCE_URL|REDIS_URL/);
  });
});

describe('on the stand-in', () => {
  let standin: Standin;
  beforeAll(async () => {
    standin = await startStandin({ state: join(scratch(), 'objects.json'), providers: ['google', 'cloudflare', 'kubernetes', 'helm'] });
  });
  afterAll(() => standin.stop());

  function run(directory: string, ...args: readonly string[]): Promise<string> {
    const variables = { TF_VAR_google_project: 'example', TF_VAR_cloudflare_account_id: 'account', TF_VAR_cloudflare_zone_id: 'zone' };
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_REATTACH_PROVIDERS: standin.reattach,
      ...variables,
    };
    return new Promise((done, fail) => {
      execFile('terraform', [...args, '-no-color'], { cwd: directory, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
        error === null ? done(stdout) : fail(new Error(`terraform ${args.join(' ')}:\n${(stdout + stderr).slice(-3000)}`)),
      );
    });
  }

  terraform('three layers are applied in order, need nothing more, and go in the opposite order', async () => {
    const { folder } = synthesized(scratch());
    for (const layer of layerIds(tier6)) {
      await run(folder(layer), 'init', '-input=false');
      await run(folder(layer), 'apply', '-auto-approve');
      expect(await run(folder(layer), 'plan', '-detailed-exitcode')).toContain('No changes.');
    }
    for (const layer of [...layerIds(tier6)].reverse())
      expect(await run(folder(layer), 'destroy', '-auto-approve')).toContain('Destroy complete!');
  });
});
