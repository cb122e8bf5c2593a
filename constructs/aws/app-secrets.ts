import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { keep } from '../keep';
import { named, type Site } from './site';

export interface AppSecretsProps {
  readonly site: Pick<Site, 'prefix' | 'disposable'>;
  /** Names of the app's environment variables. */
  readonly names: readonly string[];
}

/**
 * A place in Secrets Manager for each of an app's secrets, under a key of the environment. A person fills it; Terraform never
 * sees what is in it, so that it is in no state and no plan. One that is deleted can be called back for thirty days; in a
 * disposable environment it is gone at once.
 */
export class AppSecrets extends Construct {
  /** ARNs by the name of the variable. */
  readonly arns: Readonly<Record<string, string>>;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { site, names }: AppSecretsProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', { site, name: `${site.prefix}-app-secrets`, description: "Encrypts the app's secrets." });
    this.keyArn = key.arn;
    this.arns = Object.fromEntries(names.map((each) => [each, this.place(site, each, key.arn)]));
  }

  private place(site: AppSecretsProps['site'], variable: string, kmsKeyId: string): string {
    const word = variable.toLowerCase();
    const name = `${site.prefix}-app-${word.replaceAll('_', '-')}`;
    const secret = new SecretsmanagerSecret(this, word, {
      name,
      description: `${variable} of the app. Filled by hand.`,
      kmsKeyId,
      recoveryWindowInDays: site.disposable ? 0 : 30,
      ...named(name),
      ...keep(site),
    });
    return secret.arn;
  }
}
