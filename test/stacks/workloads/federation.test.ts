import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DistributedEngine } from '../../../components/distributed-database';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';
import {
  actsAs,
  admits,
  type Blocks,
  type Layer,
  layersOf,
  podsOf,
  read,
  releaseOf,
  tokenFor,
  tokenOf,
  trustsOf,
  type Volume,
} from './trust';
import { synthesized, withEngine } from './two-clouds';

// What a chain of trust over two clouds is made of: who signs a token, for whom it is, whose it is, and who is told where it lies. Each cloud's own
// check is played here from what is synthesized; neither cloud has been asked.

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

describe('with Aurora DSQL', () => {
  const layers = layersOf('aurora-dsql');
  const token = tokenOf(layers, 'app_us-east4');
  const role = 'database_g1_client';

  test.each(['app_us-east4', 'app_us-east4_service_billing'])('pods of %s become the role that pods on AWS have', (id) => {
    expect(admits(layers, role, tokenOf(layers, id))).toBe(true);
    expect(trustsOf(layers.platform.resource['aws_iam_role']?.[role])[0]).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
  });

  test.each([
    ['another service account', { sub: 'system:serviceaccount:app:pooler' }],
    ['the same name in another namespace', { sub: 'system:serviceaccount:monitoring:app' }],
    ['a name that begins alike', { sub: `${token.sub}-2` }],
    ['a token for somebody else', { aud: 'https://kubernetes.default.svc' }],
    ['another cluster', { iss: `${token.iss}-2` }],
    ['the same cluster of another project', { iss: token.iss.replace('<var.google_project>', 'another') }],
  ])('%s is refused', (_, claims) => expect(admits(layers, role, { ...token, ...claims })).toBe(false));

  test('no other role takes the word of a cluster at Google', () => {
    const trusting = Object.entries(layers.platform.resource['aws_iam_role'] ?? {}).filter(([, each]) =>
      trustsOf(each).some(({ Principal }) => 'Federated' in Principal),
    );
    expect(trusting.map(([id]) => id)).toEqual(['cluster_g1_google_secrets', role]);
  });

  test('they are told by the names that all libraries of AWS know, and of the database', () => {
    expect(podsOf(layers, 'app_us-east4').environment).toMatchObject({
      AWS_ROLE_ARN: '<data.terraform_remote_state.platform.outputs.app_role>',
      AWS_WEB_IDENTITY_TOKEN_FILE: token.file,
      AWS_REGION: 'us-east-1',
      TERRACE_DISTRIBUTED_SQL: expect.stringContaining('terraform_remote_state.platform.outputs.distributed_sql.host') as string,
    });
    expect((layers.platform as unknown as { output: Blocks }).output['app_role']?.['value']).toBe(`\${aws_iam_role.${role}.arn}`);
  });

  test('pods on AWS are told nothing of it, and mount nothing: their cluster gives them the role', () => {
    for (const region of ['us-east-1', 'us-west-2']) {
      const { environment, volume } = podsOf(layers, `app_${region}`);
      expect(Object.keys(environment).filter((name) => name.startsWith('AWS_'))).toEqual([]);
      expect(volume).toEqual([]);
    }
  });

  test('no key is made for it, and none is told', () => {
    expect(Object.keys(layers.platform.resource['aws_iam_access_key'] ?? {})).toEqual(['storage_app_key']);
    expect(JSON.stringify(layers.workloads.resource)).not.toMatch(/AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN/);
  });

  test('the way out to the database is open, and none to the identity of the other cloud', () => {
    const ways = Object.keys(layers.workloads.resource['kubernetes_network_policy_v1'] ?? {}).filter((id) =>
      id.startsWith('app_us-east4_to_'),
    );
    expect(ways).toContain('app_us-east4_to_database');
    expect(ways).not.toContain('app_us-east4_to_identity');
  });

  test("a person's own setting stays what it is", () => {
    const own = layersOf('aurora-dsql', { app: { ...sampleEnvironment().app, settings: { AWS_REGION: 'eu-west-1' } } });
    expect(podsOf(own, 'app_us-east4').environment['AWS_REGION']).toBe('eu-west-1');
  });

  test('in two regions pods at Google write to the one at home', () => {
    const { environment } = podsOf(layersOf('aurora-dsql', { database: { engine: 'aurora-dsql', witness: 'us-east-2' } }), 'app_us-east4');
    expect(environment['TERRACE_DISTRIBUTED_SQL']).toContain('outputs.distributed_sql.hosts[us-east-1]');
  });
});

describe('with Spanner', () => {
  const layers = layersOf('spanner');
  const regions = ['us-east-1', 'us-west-2'];
  const account = '<google_service_account.database_g1_account.name>';
  const token = tokenFor(layers, 'app_us-east-1');

  test.each(regions.flatMap((region) => [`app_${region}`, `app_${region}_service_billing`]))(
    'pods of %s act as the one client of the database',
    (id) => {
      expect(actsAs(layers, tokenFor(layers, id))).toEqual([account]);
      expect(layers.google.resource['google_spanner_database_iam_member']?.['database_g1_client']).toMatchObject({
        member: 'serviceAccount:${google_service_account.database_g1_account.email}',
      });
    },
  );

  test.each([
    ['another service account', { sub: 'system:serviceaccount:app:pooler' }],
    ['the same name in another namespace', { sub: 'system:serviceaccount:monitoring:app' }],
    ['a token for AWS', { aud: 'sts.amazonaws.com' }],
    ["a token for the other region's cluster", { aud: tokenFor(layers, 'app_us-west-2').aud }],
    ['a cluster that nobody named', { iss: 'https://oidc.eks.us-east-1.amazonaws.com/id/other' }],
  ])('%s is refused', (_, claims) => expect(actsAs(layers, { ...token, ...claims })).toEqual([]));

  test.each(regions)('pods in %s are told where token and configuration lie, in which nothing is secret', (region) => {
    const { environment, credentials } = podsOf(layers, `app_${region}`);
    const { file, folder, aud } = tokenFor(layers, `app_${region}`);
    expect(environment['GOOGLE_APPLICATION_CREDENTIALS']).toBe(`${folder}/credentials.json`);
    expect(credentials).toEqual({
      type: 'external_account',
      audience: aud.replace('https:', ''),
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      service_account_impersonation_url:
        'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/<data.terraform_remote_state.google.outputs.distributed_sql.account>:generateAccessToken',
      credential_source: { file, format: { type: 'text' } },
    });
  });

  test('each layer reads what the one below announces', () => {
    const outputs = (layer: Layer) => (layer as unknown as { output: Blocks }).output;
    expect(outputs(layers.platform)['cluster_issuers']?.['value']).toEqual({
      'us-east-1': '${aws_eks_cluster.cluster_g1.identity[0].oidc[0].issuer}',
      'us-west-2': '${aws_eks_cluster.cluster_g1_us_west_2.identity[0].oidc[0].issuer}',
    });
    expect(outputs(layers.google)['distributed_sql']?.['value']).toMatchObject({
      account: '${google_service_account.database_g1_account.email}',
      providers: Object.fromEntries(
        regions.map((region) => [region, `\${google_iam_workload_identity_pool_provider.database_g1_aws_cluster_${region}.name}`]),
      ),
    });
  });

  test('the part at Google is deployed after the platform, whose state it reads; with another engine beside it', () => {
    const dependencies = (engine: DistributedEngine): unknown => {
      const project = scratch();
      synthesized(project, { tier: withEngine(engine) });
      const { stacks } = JSON.parse(readFileSync(join(project, 'cdktf.out', 'manifest.json'), 'utf8')) as Manifest;
      return stacks['tier6-google']?.dependencies;
    };
    expect([dependencies('spanner'), dependencies('alloydb')]).toEqual([['tier6'], []]);
  });

  test('pods at Google are who they were, without a file', () => {
    const { account: own, volume, environment } = podsOf(layers, 'app_us-east4');
    expect(own?.metadata).toHaveProperty('annotations');
    expect(volume).toEqual([]);
    expect(environment).not.toHaveProperty('GOOGLE_APPLICATION_CREDENTIALS');
  });

  test('no key of the account is made, and none is in any file', () => {
    expect(layers.google.resource).not.toHaveProperty('google_service_account_key');
    expect(JSON.stringify(layers)).not.toMatch(/private_key|client_secret/);
  });
});

test.each(['shards', 'citus', 'alloydb', 'aurora-dsql'] as const)('with %s nobody on AWS acts as an account of Google', (engine) => {
  const layers = layersOf(engine);
  expect(layers.google.resource).not.toHaveProperty('google_iam_workload_identity_pool');
  expect(podsOf(layers, 'app_us-east-1').environment).not.toHaveProperty('GOOGLE_APPLICATION_CREDENTIALS');
});

test.each(['shards', 'citus', 'alloydb', 'spanner'] as const)('with %s nobody at Google becomes a role of AWS', (engine) => {
  const layers = layersOf(engine);
  const trusting = Object.entries(layers.platform.resource['aws_iam_role'] ?? {}).filter(([, each]) =>
    read(each['assume_role_policy']).includes('Federated'),
  );
  expect(trusting.map(([id]) => id)).toEqual(['cluster_g1_google_secrets']);
  expect(podsOf(layers, 'app_us-east4').environment).not.toHaveProperty('AWS_ROLE_ARN');
});

describe.each(['shards', 'aurora-dsql', 'spanner'] as const)('secrets in the cluster at Google, with %s', (engine) => {
  const app = { ...sampleEnvironment().app, secrets: ['SESSION_KEY'], secretsFrom: 'manager' } as const;
  const [layers, kept] = [layersOf(engine), layersOf(engine, { app })];
  const role = 'cluster_g1_google_secrets';
  // A VPN leads to shards.
  const passwords =
    engine === 'shards' ? [1, 2, 3, 4].map((shard) => `aws_secretsmanager_secret.database_g1_shard_${shard}_secret.arn`) : [];

  test('the operator that fetches them, and nobody else, becomes the role that reads them', () => {
    const { values, namespace } = releaseOf(layers, '_secrets_operator');
    const told = Object.fromEntries((values['extraEnv'] as { name: string; value: string }[]).map(({ name, value }) => [name, value]));
    const [volume, mount] = [values['extraVolumes'], values['extraVolumeMounts']] as [Volume[], { name: string; mountPath: string }[]];
    const { audience, path } = volume[0]?.projected.sources[0]?.serviceAccountToken ?? { audience: '', path: '' };
    expect(told).toEqual({
      AWS_ROLE_ARN: '<data.terraform_remote_state.platform.outputs.secret_reader_role>',
      AWS_WEB_IDENTITY_TOKEN_FILE: `${mount[0]?.mountPath}/${path}`,
      AWS_REGION: 'us-east-1',
    });
    expect(mount[0]?.name).toBe(volume[0]?.name);
    const { name: account } = values['serviceAccount'] as { name: string };
    const { iss } = tokenOf(layers, 'app_us-east4');
    const token = { iss, aud: audience, sub: `system:serviceaccount:${namespace}:${account}` };
    expect(admits(layers, role, token)).toBe(true);
    expect(admits(layers, role, { ...token, sub: 'system:serviceaccount:app:app' })).toBe(false);
    expect((layers.platform as unknown as { output: Blocks }).output['secret_reader_role']?.['value']).toBe(`\${aws_iam_role.${role}.arn}`);
  });

  test.each([
    ['the key to the bucket alone', layers, ['aws_secretsmanager_secret.storage_secret.arn', ...passwords]],
    [
      "that and the app's own",
      kept,
      ['aws_secretsmanager_secret.storage_secret.arn', ...passwords, 'aws_secretsmanager_secret.configuration_secrets_session_key.arn'],
    ],
  ])('it reads %s, and no password of what it does not reach', (_, { platform }, arns) => {
    const { Statement } = JSON.parse(read(platform.resource['aws_iam_role_policy']?.[`${role}_policy`]?.['policy'])) as {
      readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: readonly string[] }[];
    };
    const reads = Statement.filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'));
    expect(reads.map(({ Resource }) => Resource)).toEqual([arns.map((arn) => `<${arn}>`)]);
  });

  test('the app there has the bucket as at home, and its own secrets where the manager has them', () => {
    const { environment } = podsOf(layers, 'app_us-east4');
    expect(environment).toMatchObject({ STORAGE_BUCKET: '<data.terraform_remote_state.platform.outputs.object_storage.bucket>' });
    const { values } = releaseOf(kept, '_fetched_release');
    const text = JSON.stringify(values);
    expect(text).toContain('{"aws":{"service":"SecretsManager","region":"us-east-1"}}');
    expect(text).toContain('STORAGE_SECRET_ACCESS_KEY');
    expect(text).toContain('credential_secrets.SESSION_KEY');
    expect(text).not.toContain('REDIS_URL');
    expect(text.includes('DATABASE_URL')).toBe(engine === 'shards');
    const deployment = JSON.stringify(kept.workloads.resource['kubernetes_deployment_v1']?.['app_us-east4_pods_deployment']);
    expect(deployment).toMatch(/"endpoints".*"app-secrets"/);
    expect(JSON.stringify(kept.workloads)).not.toContain('secret_session_key');
  });
});

test('the number of a project is refused, which would make a name that nobody has', () => {
  const { variable } = layersOf('aurora-dsql').platform as unknown as {
    variable: Record<string, { validation: readonly { condition: string }[] }>;
  };
  const [, pattern] = /regex\("(.*)", var/.exec(variable['google_project']?.validation[0]?.condition ?? '') ?? [];
  const taken = (project: string): boolean => new RegExp(pattern ?? '').test(project);
  expect(['shop-production', 'example.com:shop-production', '123456789012', 'Shop', ''].map(taken)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
