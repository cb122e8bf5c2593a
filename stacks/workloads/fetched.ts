import { awsIdentity } from '../../constructs/kubernetes/foreign-identity';
import { flavours } from '../../constructs/kubernetes/flavour';
import { SecretManager } from '../../constructs/kubernetes/secret-manager';
import type { Space } from '../../constructs/kubernetes/space';
import { component } from '../platforms/naming';
import type { DatabaseForPods } from './database-for-pods';
import { fetchedEndpoints, ownSecrets } from './endpoints';
import { type Filling, isHome } from './filling';

/**
 * What brings secrets into a cluster from the manager of the environment's own cloud, whichever cluster asks: at home as who it is, in
 * another cloud by a token of its cluster. Undefined where that cloud has none, and passwords are in the platform's state.
 */
export function managerOf(filling: Filling, id: string): SecretManager | undefined {
  const { stack, cluster, environment, home } = filling;
  const { secrets } = flavours[environment.platform];
  if (secrets.kept === 'state') return undefined;
  const identity = isHome(filling) ? undefined : awsIdentity({ roleArn: home.secretReader(), region: environment.region });
  return new SecretManager(stack, id, {
    cluster,
    name: 'external-secrets',
    provider: secrets.provider(environment.region),
    ...(identity === undefined ? {} : { identity }),
  });
}

/** What the app finds in a secret of the cluster where its database needs none there. @param otherwise what it is called after in a tier without a cache */
export function fetchedBeside(filling: Filling, otherwise: string, space: Space): Pick<DatabaseForPods, 'secrets' | 'after'> {
  const id = (part: string): string => filling.id(component(filling.tier, 'cache')?.id ?? otherwise, part);
  const manager = managerOf(filling, id('secrets'));
  if (manager === undefined) return { secrets: [], after: [] };
  const told = { name: 'endpoints', namespace: space.name, ...fetchedEndpoints(filling) };
  const fetched = manager.fetch(filling.stack, id('fetched'), space.name, [told, ...ownSecrets(filling, space.name)]);
  return { secrets: [told.name], after: [fetched.release.resource] };
}
