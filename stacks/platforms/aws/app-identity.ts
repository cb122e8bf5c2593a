import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { federatedCloud } from '../../../components/distributed-database';
import { putInRegion } from '../../../constructs/aws/in-region';
import { trustedRole, type Allowed } from '../../../constructs/aws/trusted-role';
import { terraformJson } from '../../../constructs/template';
import { component } from '../naming';
import { googlePods } from './google-pods';
import type { Workshop } from './workshop';

/** Namespace of the app and of the services beside it. */
const namespace = 'app';

/** What grants something to the app. */
interface Granter {
  /** Construct id of the component. */
  readonly id: string;
  /** Name of the component in the account. */
  readonly name: string;
}

/**
 * What the app's pods may do at AWS, in the clusters of all regions. A service account of a cluster has one role (EKS user guide, Pod
 * Identity: one association for each service account, recalled 2026-11-22), so that everything that is granted goes into one. It is called
 * after what first granted something: a database is told of its ARN once, by hand, and has to go on knowing it.
 */
export function grantApp(shop: Workshop, { id, name }: Granter, statements: readonly Allowed[]): IamRole | undefined {
  const app = component(shop.tier, 'app-servers');
  if (app === undefined || shop.parts.clusters.length === 0) return undefined;
  const role = shop.parts.appRole ?? introduce(shop, { id, name }, app.id);
  shop.parts.appRole = role;
  new IamRolePolicy(shop.stack, `${id}_client_policy`, {
    role: role.name,
    name: id,
    policy: terraformJson({ Version: '2012-10-17', Statement: statements }),
  });
  return role;
}

/** The role, and in each cluster that the pods of the app and of the services beside it have it. */
function introduce(shop: Workshop, { id, name }: Granter, app: string): IamRole {
  const { stack, parts, environment } = shop;
  const holders = [{ serviceAccount: app, ending: '' }, ...Object.keys(environment.services ?? {}).map(asHolder)];
  const abroad = reachesAbroad(shop)
    ? googlePods(
        shop,
        namespace,
        holders.map(({ serviceAccount }) => serviceAccount),
      )
    : [];
  const role = trustedRole(stack, `${id}_client`, { name: `${name}-client`, trusted: [{ pods: true }, ...abroad] });
  if (abroad.length > 0) parts.appRoleAbroad = role.arn;
  for (const { region, cluster } of parts.clusters)
    for (const { serviceAccount, ending } of holders) {
      const identity = new EksPodIdentityAssociation(stack, `${id}_client_identity${region.suffix}${ending}`, {
        clusterName: cluster.clusterName,
        namespace,
        serviceAccount,
        roleArn: role.arn,
      });
      putInRegion(identity, region.provider);
    }
  return role;
}

/** Whether anything that the role opens is reached from another cloud: of databases and brokers the one that is in no network of ours. */
function reachesAbroad({ tier }: Workshop): boolean {
  const database = component(tier, 'distributed-database');
  return database !== undefined && federatedCloud(database) === 'aws';
}

function asHolder(serviceAccount: string): { readonly serviceAccount: string; readonly ending: string } {
  return { serviceAccount, ending: `_service_${serviceAccount}` };
}
