import type { ComponentOf } from '../../components/component';
import { enginePlaces, federatedCloud } from '../../components/distributed-database';
import { awsIdentity, googleIdentity } from '../../constructs/kubernetes/foreign-identity';
import type { Space } from '../../constructs/kubernetes/space';
import type { DatabaseForPods } from './database-for-pods';
import type { Filling } from './filling';

type Identity = Pick<DatabaseForPods, 'account' | 'identity'>;

/**
 * Who the app's pods are to a database that asks no password. In its own cloud they are known: at Google by an account that their service
 * account names, on AWS by namespace and name. In another cloud they show a token of their cluster.
 */
export function identityOf(filling: Filling, database: ComponentOf<'distributed-database'>, space: Space): Identity {
  const { site, sql } = filling;
  if (site.cloud === enginePlaces[database.engine]) return site.cloud === 'google' ? { account: sql.sqlAccount() } : {};
  const cloud = federatedCloud(database);
  return cloud === undefined ? {} : { identity: identities[cloud](filling, database, space) };
}

/** How pods of other clouds become somebody in a cloud. */
const identities: Readonly<Record<'aws' | 'google', (...about: Parameters<typeof identityOf>) => NonNullable<Identity['identity']>>> = {
  aws: ({ sql, environment }) => awsIdentity({ roleArn: sql.appRole(), region: environment.region }),
  google: ({ stack, id, sql, site }, database, space) =>
    googleIdentity(stack, id(database.id, 'identity'), { space, provider: sql.sqlProvider(site.region), account: sql.sqlAccount() }),
};
