import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import { shortName } from './short-name';

export interface PodAccountProps {
  readonly name: string;
  /** Google's project, as a reference. */
  readonly project: string;
  /** Kubernetes' service account that may act as this one. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Further ones of the same namespace. @default - none */
  readonly others?: readonly string[];
}

/** Who pods of a cluster are at Google: no key is made, the cluster vouches for them. */
export class PodAccount extends Construct {
  readonly email: string;
  /** Its path in Google's names. */
  readonly accountName: string;

  constructor(scope: Construct, id: string, { name, project, namespace, serviceAccount, others = [] }: PodAccountProps) {
    super(scope, id);
    const account = new ServiceAccount(this, 'Resource', { accountId: shortName(name, 30), displayName: `Pods of ${name}` });
    for (const [child, each] of [['pods', serviceAccount] as const, ...others.map((other) => [`pods_${other}`, other] as const)])
      new ServiceAccountIamMember(this, child, {
        serviceAccountId: account.name,
        role: 'roles/iam.workloadIdentityUser',
        member: `serviceAccount:${project}.svc.id.goog[${namespace}/${each}]`,
      });
    this.email = account.email;
    this.accountName = account.name;
  }
}
