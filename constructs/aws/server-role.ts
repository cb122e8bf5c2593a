import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Construct } from 'constructs';
import { terraformJson } from '../template';
import type { AppSecrets } from './app-secrets';
import { allow, assumedBy } from './policy';

export interface ServerRoleProps {
  readonly name: string;
}

/**
 * Who the servers of a group are to AWS. Session Manager is their way in: it needs no open port, knows every administrator by
 * name, and writes down who came.
 */
export class ServerRole extends Construct {
  /** Name of the instance profile. */
  readonly profile: string;
  private readonly roleName: string;

  constructor(scope: Construct, id: string, { name }: ServerRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', { name, assumeRolePolicy: assumedBy('ec2.amazonaws.com') });
    this.roleName = role.name;
    new IamRolePolicyAttachment(this, 'sessions', { role: role.name, policyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' });
    this.profile = new IamInstanceProfile(this, 'profile', { name, role: role.name }).name;
  }

  /** Lets the servers read one object, and no other. @param id what it is for; part of the address of the policy */
  mayRead(id: string, bucketArn: string, key: string): void {
    const policy = terraformJson({ Version: '2012-10-17', Statement: [allow(['s3:GetObject'], [`${bucketArn}/${key}`])] });
    new IamRolePolicy(this, id, { name: id, role: this.roleName, policy });
  }

  /** Lets the servers read these secrets, and no other. */
  mayAskFor({ arns, keyArn }: Pick<AppSecrets, 'arns' | 'keyArn'>): void {
    const statements = [allow(['secretsmanager:GetSecretValue'], Object.values(arns)), allow(['kms:Decrypt'], [keyArn])];
    const policy = terraformJson({ Version: '2012-10-17', Statement: statements });
    new IamRolePolicy(this, 'secrets', { name: 'secrets', role: this.roleName, policy });
  }
}
