import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1';
import { Fn, TerraformLocal, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { terraformJson, type Literal } from '../template';
import type { Space } from './space';

/** Whose settings and credentials they are. */
export interface Owner {
  readonly space: Space;
  readonly name: string;
}

/** What a program finds in its environment, as a secret of the cluster. Texts may be references, and secret; a person's own are literal. */
export function settingsSecret(
  scope: Construct,
  { space, name }: Owner,
  environment: Readonly<Record<string, string | Literal>>,
): SecretV1 {
  // As one document, because only there every character of a person's own text arrives as it stands.
  const document = new TerraformLocal(scope, 'environment', terraformJson(environment));
  return new SecretV1(scope, 'settings', {
    provider: space.cluster.kubernetes,
    metadata: { name: `${name}-settings`, namespace: space.name },
    data: Token.asStringMap(Fn.jsondecode(document.asString)),
  });
}

/** How a pod pulls its image. @param registry credentials as a Docker configuration; undefined where the image is public */
export function pullSecret(scope: Construct, { space, name }: Owner, registry: string | undefined) {
  if (registry === undefined) return {};
  const secret = new SecretV1(scope, 'registry', {
    provider: space.cluster.kubernetes,
    metadata: { name: `${name}-registry`, namespace: space.name },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': registry },
  });
  return { imagePullSecrets: [{ name: secret.metadata.name }] };
}
