import type { DeploymentV1SpecTemplateSpecVolume } from '@cdktf/provider-kubernetes/lib/deployment-v1';

/**
 * What pods show to a cloud that they are not in: a token that their own cluster signs, for that cloud alone. Nothing of it is secret, and
 * nothing is kept: the token is an hour old at the most, and the cloud gives what it is exchanged for an hour as well.
 */
export interface ForeignIdentity {
  /** Whom the token is for. It may be a Terraform reference. */
  readonly audience: string;
  /** What tells the cloud's own libraries. Texts may be references. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where token and configuration lie in a container. */
const folder = '/var/run/secrets/terrace-identity';
const token = 'token';

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

/** The volume that an identity needs, in the pod and in its container. */
export function identityFiles(identity: ForeignIdentity | undefined): {
  readonly volumes?: readonly DeploymentV1SpecTemplateSpecVolume[];
  readonly mounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly: boolean }[];
} {
  if (identity === undefined) return {};
  const { audience } = identity;
  const sources = [{ serviceAccountToken: { path: token, audience, expirationSeconds: lifeSeconds } }];
  return { volumes: [{ name, projected: [{ sources }] }], mounts: [{ name, mountPath: folder, readOnly: true }] };
}
