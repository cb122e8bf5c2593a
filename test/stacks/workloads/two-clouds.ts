import { App, TerraformOutput } from 'cdktf';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseEngine } from '../../../components/distributed-database';
import { shardNames } from '../../../components/shard-map';
import type { Environment } from '../../../environments/schema';
import { addBackend } from '../../../stacks/backend';
import { addLayers, layerIds } from '../../../stacks/layers';
import { TierStack } from '../../../stacks/tier-stack';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { tierOf } from '../../../tiers/choices';
import { tier6 } from '../../../tiers/deadlock-coach/tier6';
import type { Tier } from '../../../tiers/tier';
import { sampleEnvironment } from '../../support/environments';
import { surroundings } from '../../support/on-standin';
import { scratch } from '../../support/scratch';
import type { Document } from './fixture';

/** An environment over two clouds. */
export const overTwoClouds = sampleEnvironment({
  tier: 'tier6',
  platform: 'aws',
  region: 'eu-central-1',
  regions: ['us-east-1'],
  load: { dailyUsers: 1_000_000 },
  alerts: { emails: ['ops@example.com'] },
  access: { sshKeys: {}, allowedCidrs: ['203.0.113.7/32'] },
});

/** What an environment has that the common one has not. */
export type Own = { readonly tier?: Tier } & {
  readonly [Field in 'disposable' | 'gpu' | 'region' | 'regions' | 'services']?: Environment[Field] | undefined;
};

/** The layers of tier 6, the first of them its outputs alone. */
export function synthesized(
  project: string,
  { tier = tier6, ...own }: Own = {},
): { readonly folder: (id: string) => string; readonly json: (id: string) => Document } {
  const app = new App({ outdir: join(project, 'cdktf.out') });
  const kept = { ...overTwoClouds, ...own } as Environment;
  const platform = new TierStack(app, 'tier6', { lock: undefined, recorded: { tier: 'tier6', disposable: true } });
  addBackend(platform, kept);
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
    clusters: Object.fromEntries([kept.region, ...(kept.regions ?? [])].map(cluster)),
    cache: { host: 'cache.example.test', port: '6379' },
    object_storage: {
      bucket: 'coach-storage',
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
      access_key_id: 'AKIA01',
    },
    assets_url: 'https://assets.app.coach.example',
    credential_secrets: Object.fromEntries(
      ['cache', 'database', 'database_backups', 'storage', ...shardNames(4)].map((each) => [
        each,
        `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${each}`,
      ]),
    ),
    database_entry: { host: 'entry.example.test', port: '5432' },
    database_backups: { bucket: 'coach-database', region: 'eu-central-1', access_key_id: 'AKIA00' },
    distributed_sql: { host: 'sql.example.test', port: '5432', database: 'postgres', user: 'admin' },
    cluster_issuers: Object.fromEntries(
      [kept.region, ...(kept.regions ?? [])].map((region) => [region, `https://oidc.eks.${region}.amazonaws.com/id/0123456789ABCDEF`]),
    ),
    secret_reader_role: 'arn:aws:iam::123456789012:role/coach-google-secrets',
    app_role: 'arn:aws:iam::123456789012:role/coach-client',
    shards: Object.fromEntries(
      shardNames(4).map((name) => [
        name,
        { host: `${name}.example.test`, port: '5432', database: 'app', user: 'terrace', replica_host: `${name}-copy.example.test` },
      ]),
    ),
    vpn_gateway: 'vgw-0123456789abcdef0',
    event_stream: { brokers: 'b-1.events.example.test:9098,b-2.events.example.test:9098', port: '9098' },
    entry: 'accelerator.example.test',
    model_registry: { bucket: 'coach-model-registry', endpoint: 'https://s3.eu-central-1.amazonaws.com', region: 'eu-central-1' },
  };
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(platform, name, { value, staticId: true });
  addLayers(app, kept, tier, {}, platform);
  app.synth();
  const folder = (id: string): string => join(project, 'cdktf.out', 'stacks', id);
  return { folder, json: (id) => JSON.parse(readFileSync(join(folder(id), 'cdk.tf.json'), 'utf8')) as Document };
}

/** Tier 6 with an engine of distributed SQL, or with shards. */
export const withEngine = (engine: DatabaseEngine): Tier => tierOf('tier6', { database: { engine } });

/** The stand-in of all that a tier over two clouds has beside AWS. */
export const standinOfClouds = (): Promise<Standin> =>
  startStandin({ state: join(scratch(), 'objects.json'), providers: ['google', 'cloudflare', 'kubernetes', 'helm'] });

/** Terraform on the stand-in. @throws Error with the end of what it said, where it did not end well */
function run(standin: Pick<Standin, 'reattach'>, directory: string, ...args: readonly string[]): Promise<string> {
  const variables = { TF_VAR_google_project: 'example', TF_VAR_cloudflare_account_id: 'account', TF_VAR_cloudflare_zone_id: 'zone' };
  const env = { ...surroundings(directory, standin), ...variables };
  return new Promise((done, fail) => {
    execFile('terraform', [...args, '-no-color'], { cwd: directory, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      error === null ? done(stdout) : fail(new Error(`terraform ${args.join(' ')}:\n${(stdout + stderr).slice(-3000)}`)),
    );
  });
}

/** The first layer applied, the next one ready to be planned; and Terraform over both. */
export async function ready(clouds: Pick<Standin, 'reattach'>, platform: string, next: string) {
  const must = (directory: string, ...args: readonly string[]): Promise<string> => run(clouds, directory, ...args);
  for (const directory of [platform, next]) await must(directory, 'init', '-input=false');
  await must(platform, 'apply', '-auto-approve');
  return must;
}

/** Each layer is applied in order and needs nothing more; then each goes, in the opposite order. */
export async function comeAndGo(
  standin: Pick<Standin, 'reattach'>,
  engine: DatabaseEngine,
  { layers = layerIds(tier6), ...own }: { readonly layers?: readonly string[] } & Omit<Own, 'tier'> = {},
): Promise<void> {
  const { folder } = synthesized(scratch(), { tier: withEngine(engine), ...own });
  for (const layer of layers) {
    await run(standin, folder(layer), 'init', '-input=false');
    await run(standin, folder(layer), 'apply', '-auto-approve');
    expect(await run(standin, folder(layer), 'plan', '-detailed-exitcode')).toContain('No changes.');
  }
  for (const layer of [...layers].reverse())
    expect(await run(standin, folder(layer), 'destroy', '-auto-approve')).toContain('Destroy complete!');
}
