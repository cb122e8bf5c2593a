import { ClusterIssuer } from '../../../constructs/aws/cluster-issuer';
import { allow } from '../../../constructs/aws/policy';
import { trustedRole, type Trusted } from '../../../constructs/aws/trusted-role';
import { joinsClouds } from '../between-clouds';
import { googlePlace, googleProject, issuerOf } from '../google/cluster-place';
import { accountName, component } from '../naming';
import { clusterId, secretReader } from './clusters';
import type { Workshop } from './workshop';

/**
 * Service accounts of the tier's cluster at Google, as whoever a role trusts: its pods show a token that the cluster signs, and no key is
 * made. Nobody where the tier has no cluster there.
 */
export function googlePods(shop: Workshop, namespace: string, serviceAccounts: readonly string[]): readonly Trusted[] {
  const issuer = googleIssuer(shop);
  return issuer === undefined ? [] : [{ foreign: { issuer, namespace, serviceAccounts } }];
}

/**
 * Lets the operator that fetches secrets in the cluster at Google read those that the app there needs: the key to its bucket, its own, and the
 * passwords of a database that a VPN leads to. Those of cache and brokers are not among them.
 */
export function letGoogleRead(shop: Workshop): void {
  const { stack, environment, tier, site, parts } = shop;
  const cluster = component(tier, 'kubernetes-cluster');
  const named = ['storage', ...databaseSecrets(shop)].map((each) => parts.secrets.get(each));
  const arns = [...named, ...Object.values(parts.appSecrets?.arns ?? {})].filter((each) => each !== undefined);
  const trusted = googlePods(shop, secretReader.namespace, [secretReader.serviceAccount]);
  if (cluster === undefined || arns.length === 0 || trusted.length === 0) return;
  const decrypt = parts.appSecrets === undefined ? [] : [allow(['kms:Decrypt'], [parts.appSecrets.keyArn])];
  parts.secretReaderAbroad = trustedRole(stack, `${clusterId(shop)}_google_secrets`, {
    name: `${accountName(site.prefix, environment, cluster)}-google-secrets`,
    trusted,
    statements: [allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], arns), ...decrypt],
  }).arn;
}

/** What passwords of the database are called: of each shard its own, of Citus the owner's. */
function databaseSecrets({ tier, parts }: Workshop): readonly string[] {
  return joinsClouds(tier) ? (parts.shards?.map(({ name }) => name) ?? ['database']) : [];
}

/** AWS knows an issuer once, however many roles trust its pods. */
function googleIssuer(shop: Workshop): ClusterIssuer | undefined {
  const { stack, environment, tier, parts } = shop;
  const place = googlePlace(environment, tier);
  if (place === undefined) return undefined;
  parts.googleIssuer ??= new ClusterIssuer(stack, `${clusterId(shop)}_google`, { issuer: issuerOf(googleProject(stack), place) });
  return parts.googleIssuer;
}
