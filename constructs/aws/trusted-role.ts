import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { terraformJson } from '../template';
import { awsAudience, type ClusterIssuer } from './cluster-issuer';

/** Service accounts of a cluster in another cloud, and nobody else there. */
export interface ForeignPods {
  readonly issuer: Pick<ClusterIssuer, 'arn' | 'issuer'>;
  readonly namespace: string;
  readonly serviceAccounts: readonly string[];
}

/** Who may take a role: a service of AWS, pods of a cluster here or in another cloud, or whoever the account's own policies let. */
export type Trusted =
  | { readonly service: string }
  | { readonly pods: true }
  | { readonly foreign: ForeignPods }
  | { readonly account: string };

/** A statement of a policy that allows something. */
export interface Allowed {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface TrustedRoleProps {
  /** Name in the account. */
  readonly name: string;
  readonly trusted: Trusted | readonly Trusted[];
  /** AWS's own policies, by name behind `arn:aws:iam::aws:policy/`. @default - none */
  readonly managedPolicies?: readonly string[];
  /** @default - none */
  readonly statements?: readonly Allowed[];
}

/** A role, AWS's own policies on it, and one of our own. */
export function trustedRole(
  scope: Construct,
  id: string,
  { name, trusted, managedPolicies = [], statements = [] }: TrustedRoleProps,
): IamRole {
  const role = new IamRole(scope, id, {
    name,
    assumeRolePolicy: terraformJson({ Version: '2012-10-17', Statement: [trusted].flat().map(trust) }),
  });
  for (const policy of managedPolicies) {
    new IamRolePolicyAttachment(scope, `${id}_${policy.replace(/^.*\//, '')}`, {
      role: role.name,
      policyArn: `arn:aws:iam::aws:policy/${policy}`,
    });
  }
  if (statements.length > 0)
    new IamRolePolicy(scope, `${id}_policy`, {
      role: role.name,
      name: 'own',
      policy: terraformJson({ Version: '2012-10-17', Statement: statements }),
    });
  return role;
}

/** The account that an ARN belongs to: known without a look-up. */
export function accountOf(arn: string): string {
  return Fn.element(Fn.split(':', arn), 4) as string;
}

function trust(trusted: Trusted) {
  if ('service' in trusted) return { Effect: 'Allow', Principal: { Service: trusted.service }, Action: 'sts:AssumeRole' };
  if ('pods' in trusted)
    return { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  if ('foreign' in trusted) return trustForeign(trusted.foreign);
  return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${trusted.account}:root` }, Action: 'sts:AssumeRole' };
}

/** Both are asked for to the letter: whom a token is for, and whose it is. */
function trustForeign({ issuer: { arn, issuer }, namespace, serviceAccounts }: ForeignPods) {
  const subjects = serviceAccounts.map((each) => `system:serviceaccount:${namespace}:${each}`);
  return {
    Effect: 'Allow',
    Principal: { Federated: arn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:aud`]: awsAudience, [`${issuer}:sub`]: subjects } },
  };
}
