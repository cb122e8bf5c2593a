import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { synthesize } from '../../stacks/synthesize';
import { Terraform } from '../../terraform';
import { packageFile } from '../../terraform/package-root';
import { type AwsProvider, startProviders } from '../support/aws-provider';
import { offlineArguments, offlineSurroundings } from '../support/aws-offline';
import { installed, needsGiven } from '../support/needs';
import { mirrorConfiguration, providerMirror } from '../support/provider-mirror';
import { scratch } from '../support/scratch';
import { soak } from '../support/soak';
import { typesIn } from '../support/spoken';

jest.setTimeout(600_000);

const mirror = installed('terraform') ? providerMirror('hashicorp/aws', '5.100.0') : undefined;
const withMirror = needsGiven('a mirror with hashicorp/aws 5.100.0', mirror);

function environmentOf(room: string) {
  writeFileSync(join(room, 'rc'), mirrorConfiguration(mirror ?? ''));
  const settings = {
    TF_CLI_CONFIG_FILE: join(room, 'rc'),
    CHECKPOINT_DISABLE: '1',
    ...offlineSurroundings,
  };
  const secrets = {
    TF_VAR_secret_session_key: 'a-secret',
    TF_VAR_database_password: 'a-database-password',
    TF_VAR_cache_password: 'a-cache-password',
    TF_VAR_google_project: 'example',
  };
  return { ...process.env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', ...settings, ...secrets };
}

/** For every change these are planned beside this: tier 1 on its way to tier 2, with no cloud either, and the others on the emulator, which applies them. */
const beside = [
  { example: 'aws-tier1', change: {}, fewest: 50 },
  { example: 'aws-tier2', change: {}, fewest: 70 },
  { example: 'aws-tier3', change: {}, fewest: 90 },
];

describe('the real provider, hashicorp/aws 5.100.0, without a network', () => {
  let provider: AwsProvider;
  beforeAll(async () => {
    if (mirror === undefined) return;
    const folder = scratch();
    const env = environmentOf(folder);
    provider = await startProviders({ folder, directory: folder, env });
  });
  afterAll(() => provider?.stop());

  for (const { example, change, fewest, ...how } of [
    ...(soak ? beside : []),
    // The second provider configuration, which us-east-1 itself does without; by the soak with the provider as Terraform itself starts it.
    { example: 'aws-tier3', change: { region: 'eu-central-1' }, fewest: 90, ...(soak && { own: true }) },
    { example: 'aws-tier4', change: {}, fewest: 140 },
    // A provider configuration for each of two regions.
    {
      example: 'aws-tier5',
      change: { events: { brokers: 3, retentionHours: 48, topics: { orders: 12 } } },
      fewest: 280,
      has: { type: 'aws_msk_cluster', times: 1 },
    },
    // A peering in each, which the emulator has none of; without it tier 6 is applied there by the soak.
    {
      example: 'aws-tier6',
      change: { database: { engine: 'aurora-dsql' as const, witness: 'us-east-2' as const } },
      fewest: 220,
      has: { type: 'aws_dsql_cluster_peering', times: 2 },
    },
  ]) {
    withMirror(`plans ${example}${'region' in change ? ` in ${change.region}` : ''}`, async () => {
      const project = scratch();
      cpSync(packageFile('environments'), join(project, 'environments'), { recursive: true });
      const { environment } = loadEnvironment(`environments/examples/${example}.yaml`, { cwd: project });
      const { recorded } = synthesize(
        { ...environment, ...change, alerts: { emails: ['ops@example.com'] } },
        { project, recordedOnly: true },
      );
      const blocks = (recorded.json as { provider: { aws: readonly { alias?: string }[] } }).provider.aws;
      writeFileSync(
        join(recorded.directory, 'offline_override.tf.json'),
        JSON.stringify({
          provider: { aws: blocks.map(({ alias }) => ({ ...offlineArguments, ...(alias === undefined ? {} : { alias }) })) },
        }),
      );
      provider.speakOf(typesIn(recorded.json));
      const env = { ...environmentOf(project), ...('own' in how ? {} : { TF_REATTACH_PROVIDERS: provider.reattach }) };
      const terraform = await Terraform.in({ directory: recorded.directory, env });
      await terraform.init();
      const { plan } = await terraform.plan();
      expect(plan.changes.filter(({ action }) => action !== 'create')).toEqual([]);
      expect(plan.changes.length).toBeGreaterThan(fewest);
      if (!('has' in how)) return;
      expect(plan.changes.filter(({ address }) => address.startsWith(`${how.has.type}.`))).toHaveLength(how.has.times);
    });
  }
});
