import { ClusterIssuer } from '../../../constructs/aws/cluster-issuer';
import type { Trusted } from '../../../constructs/aws/trusted-role';
import { googlePlace, googleProject, issuerOf } from '../google/cluster-place';
import { clusterId } from './clusters';
import type { Workshop } from './workshop';

/**
 * Service accounts of the tier's cluster at Google, as whoever a role trusts: its pods show a token that the cluster signs, and no key is
 * made. Nobody where the tier has no cluster there.
 */
export function googlePods(shop: Workshop, namespace: string, serviceAccounts: readonly string[]): readonly Trusted[] {
  const issuer = googleIssuer(shop);
  return issuer === undefined ? [] : [{ foreign: { issuer, namespace, serviceAccounts } }];
}

/** AWS knows an issuer once, however many roles trust its pods. */
function googleIssuer(shop: Workshop): ClusterIssuer | undefined {
  const { stack, environment, tier, parts } = shop;
  const place = googlePlace(environment, tier);
  if (place === undefined) return undefined;
  parts.googleIssuer ??= new ClusterIssuer(stack, `${clusterId(shop)}_google`, { issuer: issuerOf(googleProject(stack), place) });
  return parts.googleIssuer;
}
