import { App, TerraformOutput } from 'cdktf';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterCloud } from '../../../constructs/kubernetes/flavour';
import type { Environment } from '../../../environments/schema';
import { addBackend } from '../../../stacks/backend';
import type { Lock } from '../../../stacks/locks';
import { TierStack } from '../../../stacks/tier-stack';
import { buildWorkloads } from '../../../stacks/workloads/build';
import { clusterSites } from '../../../stacks/workloads/sites';
import { shardNames } from '../../../components/shard-map';
import { tier5 } from '../../../tiers/deadlock-coach/tier5';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import type { Tier } from '../../../tiers/tier';
import { sampleEnvironment } from '../../support/environments';

/** An environment with clusters in two regions of a cloud. */
export function twoRegions(cloud: ClusterCloud, overrides: Partial<Environment> = {}): Environment {
  const [region, other] = { digitalocean: ['fra1', 'nyc3'], aws: ['eu-central-1', 'us-east-1'], google: ['europe-west3', 'us-east4'] }[
    cloud
  ] as [string, string];
  return sampleEnvironment({ tier: 'tier5', platform: cloud, region, regions: [other], load: { dailyUsers: 100_000 }, ...overrides });
}

/** A service that pods alone reach, that calls nobody and is given nothing. */
export const quietService: NonNullable<Environment['services']>[string] = {
  image: 'ghcr.io/example/mail:2.0.1',
  port: 8080,
  healthPath: '/healthz',
  vcpus: 0.25,
  memoryGib: 0.5,
  pods: { min: 2, max: 4 },
  calls: [],
  settings: {},
  secrets: [],
};

/** Two services beside the app: one for people, which calls the other, and one that pods alone reach. */
export const twoServices: NonNullable<Environment['services']> = {
  billing: {
    image: `ghcr.io/example/billing@sha256:${'b'.repeat(64)}`,
    port: 8081,
    healthPath: '/ready',
    vcpus: 0.5,
    memoryGib: 1,
    pods: { min: 6, max: 12 },
    public: '/billing',
    calls: ['mail'],
    settings: { CURRENCY: '${EUR}' },
    secrets: ['STRIPE_KEY'],
  },
  mail: quietService,
};

/** An environment with these services, and a secret more that neither of them is given. */
export function withServices(cloud: ClusterCloud): Environment {
  const plain = twoRegions(cloud);
  const app = { ...plain.app, secrets: ['SESSION_KEY', 'STRIPE_KEY'], ...(cloud === 'aws' ? { secretsFrom: 'manager' as const } : {}) };
  return { ...plain, app, services: twoServices };
}

/** Both layers of an environment, the platform one a stand-in of its outputs: what the workloads may rely on, and nothing else. */
export interface Layers {
  readonly platform: string;
  readonly workloads: string;
  readonly json: Document;
}

/** A synthesized stack, as far as tests look into it. */
export interface Document {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<Record<string, unknown>>;
}

/** Tier 5 with the pipeline of tier 6, which the ladder has on AWS alone: the jobs are the same in every cloud. */
export const withPipeline: Tier = {
  ...tier5,
  components: [...tier5.components, ...tier6.components.filter(({ kind }) => kind === 'ml-pipeline')],
};

/** Synthesizes both layers into a project. */
export function layers(
  project: string,
  environment: Environment,
  { tier = tier5, lock }: { readonly tier?: Tier; readonly lock?: Lock } = {},
): Layers {
  const outdir = join(project, 'cdktf.out');
  const app = new App({ outdir });
  const platform = new TierStack(app, tier.id, { lock: undefined, recorded: { tier: tier.id, disposable: true } });
  addBackend(platform, environment);
  for (const [name, value] of Object.entries(outputsOf(environment, tier)))
    new TerraformOutput(platform, name, { value, staticId: true, sensitive: name === 'credentials' });
  buildWorkloads(app, environment, tier, { lock }, [platform]);
  app.synth();
  const folder = (id: string): string => join(outdir, 'stacks', id);
  const workloads = folder(`${tier.id}-workloads`);
  return { platform: folder(tier.id), workloads, json: JSON.parse(readFileSync(join(workloads, 'cdk.tf.json'), 'utf8')) as Document };
}

/** Has the form of a certificate, in lines, and is none. */
export const authority = '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n';

/** The contract between the layers, see `stacks/workloads/platform-state.ts`. */
function outputsOf(environment: Environment, tier: Tier): Record<string, unknown> {
  const sites = clusterSites(environment, tier);
  const shards = shardNames(4);
  const host = (name: string): string => `${name}.example.test`;
  return {
    clusters: Object.fromEntries(
      sites.map(({ region }, index) => [
        region,
        {
          id: `id-${region}`,
          name: `coach-${region}`,
          endpoint: `https://${host(region)}`,
          ca_certificate: Buffer.from('an authority').toString('base64'),
          address: `192.0.2.${index + 1}`,
        },
      ]),
    ),
    shards: Object.fromEntries(
      shards.map((name) => [name, { host: host(name), port: 25060, database: 'app', user: 'app', replica_host: host(`${name}-replica`) }]),
    ),
    cache: { host: host('cache'), port: 25061 },
    event_stream: { brokers: `${host('events')}:25080`, port: '25080', user: 'app', ca_certificate: authority },
    object_storage: { bucket: 'coach-storage', endpoint: 'fra1.digitaloceanspaces.com', region: 'fra1', access_key_id: 'DO00' },
    model_registry: { bucket: 'coach-models', endpoint: 'fra1.digitaloceanspaces.com', region: 'fra1', access_key_id: 'DO01' },
    assets_url: 'https://assets.app.coach.example',
    credentials: Object.fromEntries(
      [...shards, 'cache', 'events', 'storage', 'model_registry'].map((name) => [name, `it's the password of ${name}`]),
    ),
    credential_secrets: Object.fromEntries(
      [...shards, 'cache', 'storage'].map((name) => [name, `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}`]),
    ),
  };
}
