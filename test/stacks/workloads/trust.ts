import type { CdkTfJson } from '../../../analysis/graph';
import type { DatabaseEngine } from '../../../components/distributed-database';
import type { Environment } from '../../../environments/schema';
import { synthesize } from '../../../stacks/synthesize';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';
import { quietService } from './fixture';

const overClouds: Partial<Environment> = {
  tier: 'tier6',
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2'],
  load: { dailyUsers: 1_000_000 },
  services: { billing: quietService },
};

export type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
export type Layer = CdkTfJson & { readonly resource: Blocks; readonly locals: Readonly<Record<string, string>> };

export interface Layers {
  readonly platform: Layer;
  readonly google: Layer;
  readonly workloads: Layer;
}

export function layersOf(engine: DatabaseEngine, own: Partial<Environment> = {}): Layers {
  const environment = sampleEnvironment({ ...overClouds, database: { engine }, ...own });
  const { json, layers } = synthesize(environment, { project: scratch(), recordedOnly: true }).recorded;
  const named = (ending: string): Layer => layers.find(({ id }) => id.endsWith(ending))?.json as unknown as Layer;
  return { platform: json as unknown as Layer, google: named('-google'), workloads: named('-workloads') };
}

/** A text of Terraform's with the references in it as `<reference>`. */
export function read(text: unknown): string {
  return String(text)
    .replaceAll(/\$\{trimsuffix\(trimprefix\(jsonencode\((.*?)\), "\\""\), "\\""\)\}/g, '$${$1}')
    .replaceAll(/\$\{([^}]*)\}/g, (_whole, reference: string) => `<${reference.replaceAll('"', '')}>`);
}

interface Trust {
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const trustsOf = (role: Readonly<Record<string, unknown>> | undefined): readonly Trust[] =>
  (JSON.parse(read(role?.['assume_role_policy'])) as { Statement: readonly Trust[] }).Statement;

/** Claims of a token, as AWS names them in conditions. */
interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
}

/** AWS's check of a token: its issuer is known and trusted, and every condition holds to the letter. */
export function admits({ platform }: Layers, role: string, { iss, aud, sub }: Claims): boolean {
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
export function podsOf({ workloads }: Layers, id: string) {
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

/** The same as charts write it. */
export interface Volume {
  readonly name: string;
  readonly projected: {
    readonly sources: readonly { readonly serviceAccountToken: { readonly audience: string; readonly path: string } }[];
  };
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

/** The name of the namespace that something is in. */
function namespaceOf({ resource }: Layer, reference: unknown): string {
  const [, id = ''] = /kubernetes_namespace_v1\.([^.]*)\./.exec(read(reference)) ?? [];
  return String((resource['kubernetes_namespace_v1']?.[id] as unknown as Account | undefined)?.metadata.name);
}

/** The token that a pod finds, but for who signs it, and where it lies. */
function projectedOf(layers: Layers, id: string) {
  const { volume, container, account } = podsOf(layers, id);
  const [own] = volume.filter(({ projected }) => projected !== undefined);
  const { audience, path } = own?.projected?.[0]?.sources[0]?.['service_account_token'] ?? {};
  const mount = container[0]?.volume_mount?.find(({ name }) => name === own?.name);
  const owner = account?.metadata;
  return {
    aud: read(audience),
    sub: `system:serviceaccount:${namespaceOf(layers.workloads, owner?.namespace)}:${owner?.name}`,
    folder: `${mount?.mount_path}`,
    file: `${mount?.mount_path}/${String(path)}`,
  };
}

type Token = Claims & Pick<ReturnType<typeof projectedOf>, 'file' | 'folder'>;

/** As the cluster at Google signs it. */
export function tokenOf(layers: Layers, id: string): Token {
  const cluster = layers.google.resource['google_container_cluster']?.['cluster_us-east4'];
  const place = `locations/${String(cluster?.['location'])}/clusters/${String(cluster?.['name'])}`;
  return { iss: `https://container.googleapis.com/v1/projects/<var.google_project>/${place}`, ...projectedOf(layers, id) };
}

/** As a cluster on AWS signs it. */
export function tokenFor(layers: Layers, id: string): Token {
  const region = id.split('_')[1] ?? '';
  return { iss: `<data.terraform_remote_state.platform.outputs.cluster_issuers[${region}]>`, ...projectedOf(layers, id) };
}

/** Google's check of a token: the audience is the full name of a provider whose issuer has signed, its condition holds, and an account names the subject. */
export function actsAs({ google }: Layers, { iss, aud, sub }: Claims): readonly unknown[] {
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

/** A release of a chart in the cluster at Google, by the end of its id. */
export function releaseOf({ workloads }: Layers, ending: string) {
  const [own] = Object.entries(workloads.resource['helm_release'] ?? {}).flatMap(([id, each]) =>
    id.includes('_us-east4_') && id.endsWith(ending) ? [each] : [],
  );
  const { namespace, values } = own as unknown as { readonly namespace: string; readonly values: readonly string[] };
  return { namespace: namespaceOf(workloads, namespace), values: JSON.parse(read(values[0])) as Record<string, unknown> };
}
