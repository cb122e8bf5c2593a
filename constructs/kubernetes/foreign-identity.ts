import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import type { DeploymentV1SpecTemplateSpecVolume } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Construct } from 'constructs';
import { terraformJson } from '../template';
import type { Space } from './space';

/**
 * What pods show to a cloud that they are not in: a token that their own cluster signs, for that cloud alone. Nothing of it is secret, and
 * nothing is kept: the token is an hour old at the most, and the cloud gives what it is exchanged for an hour as well.
 */
export interface ForeignIdentity {
  /** Whom the token is for. It may be a Terraform reference. */
  readonly audience: string;
  /** What tells the cloud's own libraries. Texts may be references. */
  readonly environment: Readonly<Record<string, string>>;
  /** A map of configuration in the cluster, whose files lie beside the token. @default - none */
  readonly configuration?: string;
}

/** Where token and configuration lie in a container. */
const folder = '/var/run/secrets/terrace-identity';
const token = 'token';
const credentials = 'credentials.json';

/** Volume and mount have one name. */
const name = 'foreign-identity';

/** Seconds that a token lives; the cluster writes another one over it before. */
const lifeSeconds = 3600;

/**
 * A role at AWS, under the names that all of AWS's libraries know (AWS SDKs and Tools Reference Guide, "Assume role with web identity",
 * recalled 2026-11-23).
 * @param region whose endpoints are asked where a program names no other
 */
export function awsIdentity({ roleArn, region }: { readonly roleArn: string; readonly region: string }): ForeignIdentity {
  return {
    audience: 'sts.amazonaws.com',
    environment: { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: `${folder}/${token}`, AWS_REGION: region },
  };
}

export interface GoogleIdentityProps {
  readonly space: Space;
  /** What Google calls the cluster: `projects/.../providers/us-east-1`. It may be a Terraform reference. */
  readonly provider: string;
  /** The account that the pods act as, by its address. */
  readonly account: string;
}

/**
 * An account at Google, in the form that Google's libraries take for an identity from elsewhere (google.aip.dev/auth/4117, recalled
 * 2026-11-23): where the token lies, and where it is exchanged, first for the pod's own name and then for the account's.
 */
export function googleIdentity(scope: Construct, id: string, { space, provider, account }: GoogleIdentityProps): ForeignIdentity {
  const map = new ConfigMapV1(scope, id, {
    provider: space.cluster.kubernetes,
    metadata: { name: 'google-identity', namespace: space.name },
    data: {
      [credentials]: terraformJson({
        type: 'external_account',
        audience: `//iam.googleapis.com/${provider}`,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: 'https://sts.googleapis.com/v1/token',
        service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
        credential_source: { file: `${folder}/${token}`, format: { type: 'text' } },
      }),
    },
  });
  return {
    audience: `https://iam.googleapis.com/${provider}`,
    environment: { GOOGLE_APPLICATION_CREDENTIALS: `${folder}/${credentials}` },
    configuration: map.metadata.name,
  };
}

/** The volume that an identity needs, in the pod and in its container. */
export function identityFiles(identity: ForeignIdentity | undefined): {
  readonly volumes?: readonly DeploymentV1SpecTemplateSpecVolume[];
  readonly mounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly: boolean }[];
} {
  if (identity === undefined) return {};
  const { audience, configuration } = identity;
  const sources = [
    { serviceAccountToken: { path: token, audience, expirationSeconds: lifeSeconds } },
    ...(configuration === undefined ? [] : [{ configMap: [{ name: configuration }] }]),
  ];
  return { volumes: [{ name, projected: [{ sources }] }], mounts: [{ name, mountPath: folder, readOnly: true }] };
}

/** The same as values of a chart, under the names that charts have for it. The identity must have no configuration of its own. */
export function chartIdentity({ audience, environment }: Omit<ForeignIdentity, 'configuration'>): Readonly<Record<string, unknown>> {
  return {
    extraEnv: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    extraVolumes: [{ name, projected: { sources: [{ serviceAccountToken: { path: token, audience, expirationSeconds: lifeSeconds } }] } }],
    extraVolumeMounts: [{ name, mountPath: folder, readOnly: true }],
  };
}
