import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct } from 'constructs';
import type { PodAccount } from './pod-account';
import { shortName } from './short-name';

export interface ForeignPodsProps {
  readonly name: string;
  /** Whom they act as. */
  readonly account: Pick<PodAccount, 'accountName'>;
  /** Who signs the tokens of each cluster, a URL, by the cluster's region. It may be a Terraform reference. */
  readonly issuers: Readonly<Record<string, string>>;
  readonly namespace: string;
  /** Service accounts that are let in, the same in all of these clusters, and nobody else there. */
  readonly serviceAccounts: readonly string[];
}

/**
 * Pods of clusters elsewhere that act as an account of Google: each cluster vouches for its own, and no key is made. They share a pool, in
 * which a pod is called after its service account, because they are the same app in each region.
 */
export class ForeignPods extends Construct {
  /** What Google calls the cluster of a region, for which tokens have to be made: `projects/.../providers/us-east-1`. */
  readonly providers: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { name, account, issuers, namespace, serviceAccounts }: ForeignPodsProps) {
    super(scope, id);
    const pool = new IamWorkloadIdentityPool(this, 'Resource', {
      // Names have 4 to 32 characters, and `gcp-` is Google's own.
      workloadIdentityPoolId: shortName(`aws-${name}`, 32),
      displayName: shortName(`aws-${name}`, 32),
      description: `Pods of ${name} on AWS`,
    });
    const subjects = serviceAccounts.map((each) => `system:serviceaccount:${namespace}:${each}`);
    const known = Object.entries(issuers).map(([region, issuerUri]) => {
      const provider = new IamWorkloadIdentityPoolProvider(this, `cluster_${region}`, {
        workloadIdentityPoolId: pool.workloadIdentityPoolId,
        workloadIdentityPoolProviderId: region,
        attributeMapping: { 'google.subject': 'assertion.sub' },
        attributeCondition: `assertion.sub in [${subjects.map((each) => `'${each}'`).join(', ')}]`,
        // Without a list of audiences a token has to be made for this provider, by its full name.
        oidc: { issuerUri },
      });
      return [region, provider.name] as const;
    });
    for (const [index, subject] of subjects.entries())
      new ServiceAccountIamMember(this, `pods_${serviceAccounts[index]}`, {
        serviceAccountId: account.accountName,
        role: 'roles/iam.workloadIdentityUser',
        member: `principal://iam.googleapis.com/${pool.name}/subject/${subject}`,
      });
    this.providers = Object.fromEntries(known);
  }
}
