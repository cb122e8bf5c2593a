import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject, type OpenProject, type Project, type Stack } from '../../cli/project';
import { startStandin } from '../../terraform/standin/server';
import { type Outcome, type } from '../cli/desk';
import { project } from '../support/project';
import { startEcho } from '../support/aws-echo';
import { needsAwsProvider } from '../support/aws-emulator';
import { patience, together } from '../stacks/transition/support';

const terraform = needsAwsProvider();
jest.setTimeout(6 * patience);

/** An environment with clusters, whose own stack tells what the real one would and makes nothing: no stand-in plays AWS, and no cluster of one takes pods. */
interface Clusters {
  readonly terrace: (...args: readonly string[]) => Promise<Outcome>;
  readonly text: () => string;
  /** Addresses in a state; undefined where there is none. */
  readonly held: (layer: string) => readonly string[] | undefined;
  readonly end: () => Promise<void>;
}

const example = (name: string, regions: string): string =>
  readFileSync(join(__dirname, '..', '..', 'environments', 'examples', `${name}.yaml`), 'utf8')
    .replace(/^name: .*$/m, 'name: shop')
    .replace(/^regions:[\s\S]*?(?=^\w)/m, `regions: [${regions}]\n`)
    .replace(/\n# No environment came[\s\S]*?(?=\nload)/, '\n')
    .replace(/\n# For a real environment[\s\S]*$/, '\n');

async function openClusters(name: string, regions: string): Promise<Clusters> {
  const folder = project({ shop: example(name, regions) });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  const echo = await startEcho();
  // AWS's end of the VPN is in the layer at Google.
  echo.speakOf(['aws_customer_gateway', 'aws_vpn_connection']);
  const standin = together(
    echo,
    await startStandin({ state: join(folder, 'sandbox.json'), providers: ['google', 'cloudflare', 'kubernetes', 'helm'] }),
  );
  const env = {
    TERRACE_ENVIRONMENT: 'shop',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: standin.reattach,
    TF_VAR_secret_session_key: 'first',
    TF_VAR_google_project: 'example',
    TF_VAR_cloudflare_account_id: 'account',
    TF_VAR_cloudflare_zone_id: 'zone',
  };
  const state = (layer: string): string => join(folder, '.terrace', 'state', `shop${layer}.tfstate`);
  return {
    terrace: (...args) => type(args, withoutCloud, { cwd: folder, env }),
    text: () => readFileSync(join(folder, 'environments', 'shop.yaml'), 'utf8'),
    held: (layer) => (existsSync(state(layer)) ? addressesIn(state(layer)) : undefined),
    end: async () => standin.stop(),
  };
}

const withoutCloud: OpenProject = async (reference, io) => {
  const opened = await openProject(reference, io);
  const stacks = opened.stacks.map(told);
  return { ...opened, stacks, recorded: stacks.find(({ id }) => id === opened.recorded.id) as Stack } satisfies Project;
};

/** A stack with the outputs of this one, and a value for each. */
function told(stack: Stack): Stack {
  if (!/^tier[56]$/.test(stack.id)) return stack;
  const outputs = Object.fromEntries(
    Object.keys((stack.json['output'] ?? {}) as object).map((name) => [name, { value: values(name) }] as const),
  );
  const { backend } = stack.json['terraform'] as { readonly backend: object };
  const resource = { terraform_data: { platform: { input: 'clusters' } } };
  const json = { terraform: { backend }, output: outputs, resource };
  writeFileSync(join(stack.directory, 'cdk.tf.json'), JSON.stringify(json));
  rmSync(join(stack.directory, '.terraform.lock.hcl'), { force: true });
  return { ...stack, json };
}

function values(output: string): unknown {
  const [, mark = 'g1', name = ''] = /^(?:(g\d+)_)?(\w+)$/.exec(output) ?? [];
  const cluster = (region: string): object => ({
    id: region,
    name: `shop-${mark}-${region}`,
    endpoint: `https://${region}-${mark}.example.test`,
    ca_certificate: Buffer.from('an authority').toString('base64'),
  });
  const shards = ['shard-1', 'shard-2', 'shard-3', 'shard-4'];
  const known: Readonly<Record<string, unknown>> = {
    clusters: Object.fromEntries(['us-east-1', 'us-west-2', 'tor1', 'ams3'].map((region) => [region, cluster(region)])),
    shards: Object.fromEntries(
      shards.map((shard) => [shard, { host: shard, port: 5432, database: 'app', user: 'app', replica_host: shard }]),
    ),
    cache: { host: 'cache.example.test', port: '6379' },
    event_stream: { brokers: 'events.example.test:9098', port: '9098' },
    credentials: Object.fromEntries([...shards, 'cache', 'storage'].map((each) => [each, `password-of-${each}`])),
    object_storage: { bucket: 'shop', endpoint: 'storage.example.test', region: 'tor1', access_key_id: 'key' },
    model_registry: { bucket: 'shop-models', endpoint: 'storage.example.test', region: 'us-east-1' },
    credential_secrets: Object.fromEntries(
      [...shards, 'cache', 'storage'].map((each) => [each, `arn:aws:secretsmanager:us-east-1:1:secret:${each}`]),
    ),
  };
  return known[name] ?? `${name}.example.test`;
}

function addressesIn(file: string): readonly string[] {
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
  };
  return resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ type: kind, name }) => `${kind}.${name}`)
    .sort();
}

const google = 'google_container_cluster.cluster_us-east4';

/** Runs a command that has to end with this code. */
const musts =
  ({ terrace }: Clusters) =>
  async (code: number, ...args: readonly string[]): Promise<Outcome> => {
    const found = await terrace(...args);
    expect([args, found.code, found.code === code ? '' : found.err + found.out]).toEqual([args, code, '']);
    return found;
  };

terraform('an environment with clusters goes to a tier with others, back, and there for good, with what runs in them', async () => {
  const shop = await openClusters('aws-tier5', 'us-west-2, eu-west-1');
  const must = musts(shop);
  const run = (...more: readonly string[]) => must(10, 'promote', 'run', 'shop', '--to', 'tier6', '--auto-approve', ...more);
  try {
    await must(0, 'deploy', 'tier5', '--auto-approve');
    const before = shop.held('-workloads') ?? [];
    expect(before).toContain('kubernetes_deployment_v1.app_us-east-1_pods_deployment');

    // Both stand: the old one as it was, the new one with pods and a second cloud.
    await run();
    expect(shop.text()).toContain('promotion: { to: tier6, phase: verify }');
    expect(shop.held('-workloads')).toEqual(before);
    expect(shop.held('-google-g2')).toContain(google);
    expect(shop.held('-workloads-g2')).toContain('kubernetes_deployment_v1.app_us-east4_pods_deployment');
    const made = shop.held('-workloads-g2');

    await run('--go');
    expect(shop.text()).toContain('promotion: { to: tier6, phase: soak }');
    expect([shop.held('-workloads'), shop.held('-workloads-g2')]).toEqual([before, made]);

    // Back: what was made for the target is gone before its clusters, the rest is what it was.
    await must(0, 'promote', 'rollback', 'shop', '--auto-approve');
    expect(shop.text()).not.toContain('promotion:');
    expect([shop.held('-workloads'), shop.held('-workloads-g2'), shop.held('-google-g2')]).toEqual([before, [], []]);
    await must(0, 'diff', 'tier5', '--detailed-exitcode');

    await run('--go');
    await must(0, 'promote', 'contract', 'shop', '--auto-approve', '--confirm', 'shop', '--backup-verified');
    expect(shop.text()).toContain('tier: tier6');
    // The generation of the first attempt is not made again.
    expect([shop.held('-workloads'), shop.held('-workloads-g2'), shop.held('-workloads-g3')]).toEqual([[], [], made]);
    await must(0, 'diff', 'tier6', '--detailed-exitcode');
  } finally {
    await shop.end();
  }
});

terraform(
  'to the same tier on another platform, phase by phase: both layers stand beside each other, back, and there for good',
  async () => {
    const shop = await openClusters('digitalocean-tier5', 'ams3');
    const must = musts(shop);
    const through = async (...phases: readonly string[]): Promise<void> => {
      for (const phase of phases) {
        const there = ['--to', 'tier5', '--platform', 'aws', '--region', 'us-east-1', '--regions', 'us-west-2'];
        await must(0, 'promote', 'phase', phase, 'shop', '--write', ...(phase === 'expand' ? there : []));
        await must(0, 'deploy', 'tier5', '--auto-approve');
      }
    };
    const pods = (region: string): string => `kubernetes_deployment_v1.app_${region}_pods_deployment`;
    try {
      await must(0, 'deploy', 'tier5', '--auto-approve');
      const before = shop.held('-workloads') ?? [];
      expect(before).toContain(pods('tor1'));

      await through('expand');
      const made = shop.held('-workloads-g2') ?? [];
      expect([made.includes(pods('us-east-1')), shop.held('-workloads')]).toEqual([true, before]);
      await through('rollback');
      expect([shop.held('-workloads'), shop.held('-workloads-g2')]).toEqual([before, []]);
      await must(0, 'promote', 'phase', 'done', 'shop', '--write');
      expect(shop.text()).not.toContain('promotion:');
      await must(0, 'diff', 'tier5', '--detailed-exitcode');

      await through('expand', 'migrate', 'verify', 'cutover', 'soak', 'contract');
      expect([shop.held('-workloads'), shop.held('-workloads-g2'), shop.held('-workloads-g3')]).toEqual([[], [], made]);
      await must(0, 'promote', 'phase', 'done', 'shop', '--write');
      expect(shop.text()).toContain('platform: aws');
      await must(0, 'diff', 'tier5', '--detailed-exitcode');
    } finally {
      await shop.end();
    }
  },
);
