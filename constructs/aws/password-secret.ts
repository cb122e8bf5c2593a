import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Construct } from 'constructs';
import { named, type Site } from './site';

export interface PasswordSecretProps {
  readonly site: Pick<Site, 'disposable'>;
  readonly name: string;
  readonly description: string;
  /** A reference to a sensitive value. */
  readonly password: string;
}

/** A password where pods fetch it with their own identity. Deleted at once in a disposable environment, after thirty days elsewhere. */
export class PasswordSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { site, name, description, password }: PasswordSecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'Resource', {
      name,
      description,
      recoveryWindowInDays: site.disposable ? 0 : 30,
      ...named(name),
    });
    new SecretsmanagerSecretVersion(this, 'value', { secretId: secret.id, secretString: password });
    this.arn = secret.arn;
  }
}
