import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { terraformJson } from '../template';

/** Who may take a role: a service of AWS, pods of a cluster, or whoever the account's own policies let. */
export type Trusted = { readonly service: string } | { readonly pods: true } | { readonly account: string };

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
  readonly trusted: Trusted;
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
  const role = new IamRole(scope, id, { name, assumeRolePolicy: terraformJson({ Version: '2012-10-17', Statement: [trust(trusted)] }) });
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
  return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${trusted.account}:root` }, Action: 'sts:AssumeRole' };
}
