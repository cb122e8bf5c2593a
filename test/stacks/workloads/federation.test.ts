import type { CdkTfJson } from '../../../analysis/graph';
import type { DatabaseEngine } from '../../../components/distributed-database';
import type { Environment } from '../../../environments/schema';
import { synthesize } from '../../../stacks/synthesize';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';

// What a chain of trust over two clouds is made of: who signs a token, for whom it is, whose it is, and who is told where it lies. Each cloud's own
// check is played here from what is synthesized; neither cloud has been asked.

const overClouds: Partial<Environment> = {
  tier: 'tier6',
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2'],
  load: { dailyUsers: 1_000_000 },
  services: {
    billing: {
      image: 'ghcr.io/example/billing:2.0.1',
      port: 8081,
      healthPath: '/healthz',
      vcpus: 0.5,
      memoryGib: 1,
      pods: { min: 2, max: 4 },
      calls: [],
      settings: {},
      secrets: [],
    },
  },
};

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
type Layer = CdkTfJson & { readonly resource: Blocks; readonly locals: Readonly<Record<string, string>> };

interface Layers {
  readonly platform: Layer;
  readonly google: Layer;
  readonly workloads: Layer;
}

function layersOf(engine: DatabaseEngine, own: Partial<Environment> = {}): Layers {
  const environment = sampleEnvironment({ ...overClouds, database: { engine }, ...own });
  const { json, layers } = synthesize(environment, { project: scratch(), recordedOnly: true }).recorded;
  const named = (ending: string): Layer => layers.find(({ id }) => id.endsWith(ending))?.json as unknown as Layer;
  return { platform: json as unknown as Layer, google: named('-google'), workloads: named('-workloads') };
}

/** A text of Terraform's with the references in it as `<reference>`. */
function read(text: unknown): string {
  return String(text)
    .replaceAll(/\$\{trimsuffix\(trimprefix\(jsonencode\((.*?)\), "\\""\), "\\""\)\}/g, '$${$1}')
    .replaceAll(/\$\{([^}]*)\}/g, (_whole, reference: string) => `<${reference.replaceAll('"', '')}>`);
}

interface Trust {
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const trustsOf = (role: Readonly<Record<string, unknown>> | undefined): readonly Trust[] =>
  (JSON.parse(read(role?.['assume_role_policy'])) as { Statement: readonly Trust[] }).Statement;

/** Claims of a token, as AWS names them in conditions. */
interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
}

/** AWS's check of a token: its issuer is known and trusted, and every condition holds to the letter. */
function admits({ platform }: Layers, role: string, { iss, aud, sub }: Claims): boolean {
  const providers = Object.entries(platform.resource['aws_iam_openid_connect_provider'] ?? {});
  const [known] =
    providers.find(([, { url, client_id_list: audiences }]) => read(url) === iss && (audiences as string[]).includes(aud)) ?? [];
  const claims: Readonly<Record<string, string>> = { aud, sub };
  return trustsOf(platform.resource['aws_iam_role']?.[role]).some(({ Principal, Action, Condition }) => {
    const conditions = Object.entries(Condition?.['StringEquals'] ?? {});
    const holds = conditions.every(([key, values]) => {
      const [from, claim] = [key.slice(0, key.lastIndexOf(':')), key.slice(key.lastIndexOf(':') + 1)];
      return `https://${from}` === iss && [values].flat().includes(claims[claim] ?? '');
    });
    const federated = known !== undefined && Principal['Federated'] === `<aws_iam_openid_connect_provider.${known}.arn>`;
    return federated && Action === 'sts:AssumeRoleWithWebIdentity' && conditions.length === 2 && holds;
  });
}

/** The pods of the app or a service in the cluster of a region. */
function podsOf({ workloads }: Layers, id: string) {
  const deployment = workloads.resource['kubernetes_deployment_v1']?.[`${id}_pods_deployment`] as unknown as Deployment | undefined;
  const account = workloads.resource['kubernetes_service_account_v1']?.[`${id}_pods_account`] as unknown as Account | undefined;
  const { volume = [], container = [] } = deployment?.spec.template.spec ?? {};
  const environment = JSON.parse(read(workloads.locals[`${id}_environment`])) as Record<string, string>;
  const [, map = ''] = /kubernetes_config_map_v1\.([^.]*)\./.exec(JSON.stringify(volume)) ?? [];
  const { data } = (workloads.resource['kubernetes_config_map_v1']?.[map] ?? {}) as { readonly data?: Record<string, string> };
  const file = data?.['credentials.json'];
  return { volume, container, account, environment, credentials: file === undefined ? undefined : (JSON.parse(read(file)) as Credentials) };
}

/** What Google's libraries are told of an identity from elsewhere, as far as a check needs it. */
interface Credentials {
  readonly audience: string;
  readonly service_account_impersonation_url: string;
}

interface Projected {
  readonly name: string;
  readonly projected?: readonly { readonly sources: readonly Readonly<Record<string, Record<string, unknown>>>[] }[];
}

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly volume?: readonly Projected[];
        readonly container: readonly { readonly volume_mount?: readonly { readonly name: string; readonly mount_path: string }[] }[];
      };
    };
  };
}

interface Account {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The token that a pod finds, but for who signs it, and where it lies. */
function projectedOf(layers: Layers, id: string) {
  const { volume, container, account } = podsOf(layers, id);
  const [own] = volume.filter(({ projected }) => projected !== undefined);
  const { audience, path } = own?.projected?.[0]?.sources[0]?.['service_account_token'] ?? {};
  const mount = container[0]?.volume_mount?.find(({ name }) => name === own?.name);
  const owner = account?.metadata;
  const [, space = ''] = /kubernetes_namespace_v1\.([^.]*)\./.exec(read(owner?.namespace)) ?? [];
  const inside = layers.workloads.resource['kubernetes_namespace_v1']?.[space] as unknown as Account | undefined;
  return {
    aud: read(audience),
    sub: `system:serviceaccount:${inside?.metadata.name}:${owner?.name}`,
    folder: `${mount?.mount_path}`,
    file: `${mount?.mount_path}/${String(path)}`,
  };
}

type Token = Claims & Pick<ReturnType<typeof projectedOf>, 'file' | 'folder'>;

/** As the cluster at Google signs it. */
function tokenOf(layers: Layers, id: string): Token {
  const cluster = layers.google.resource['google_container_cluster']?.['cluster_us-east4'];
  const place = `locations/${String(cluster?.['location'])}/clusters/${String(cluster?.['name'])}`;
  return { iss: `https://container.googleapis.com/v1/projects/<var.google_project>/${place}`, ...projectedOf(layers, id) };
}

/** As a cluster on AWS signs it. */
function tokenFor(layers: Layers, id: string): Token {
  const region = id.split('_')[1] ?? '';
  return { iss: `<data.terraform_remote_state.platform.outputs.cluster_issuers[${region}]>`, ...projectedOf(layers, id) };
}

/** Google's check of a token: the audience is the full name of a provider whose issuer has signed, its condition holds, and an account names the subject. */
function actsAs({ google }: Layers, { iss, aud, sub }: Claims): readonly unknown[] {
  const announced =
    /^https:\/\/iam\.googleapis\.com\/<data\.terraform_remote_state\.google\.outputs\.distributed_sql\.providers\[(.*)\]>$/.exec(aud)?.[1];
  const id = `database_g1_aws_cluster_${announced}`;
  const provider = google.resource['google_iam_workload_identity_pool_provider']?.[id];
  const condition = /^assertion\.sub in \[(.*)\]$/.exec(String(provider?.['attribute_condition']))?.[1]?.split(', ') ?? [];
  const { issuer_uri: issuer } = (provider?.['oidc'] ?? {}) as { readonly issuer_uri?: string };
  const mapped = (provider?.['attribute_mapping'] as Record<string, string> | undefined)?.['google.subject'] === 'assertion.sub';
  if (read(issuer) !== iss || !mapped || !condition.includes(`'${sub}'`)) return [];
  const pool = /google_iam_workload_identity_pool\.(\w+)\./.exec(String(provider?.['workload_identity_pool_id']))?.[1];
  const principal = `principal://iam.googleapis.com/<google_iam_workload_identity_pool.${pool}.name>/subject/${sub}`;
  return Object.values(google.resource['google_service_account_iam_member'] ?? {})
    .filter(({ member, role }) => read(member) === principal && role === 'roles/iam.workloadIdentityUser')
    .map((each) => read(each['service_account_id']));
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
    expect(trusting.map(([id]) => id)).toEqual([role]);
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
  expect(JSON.stringify(layers.platform.resource['aws_iam_role'])).not.toContain('Federated');
  expect(podsOf(layers, 'app_us-east4').environment).not.toHaveProperty('AWS_ROLE_ARN');
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
