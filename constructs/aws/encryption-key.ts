import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { keep } from '../keep';
import type { Site } from './site';

export interface EncryptionKeyProps {
  readonly site: Pick<Site, 'disposable'>;
  /** Name in the account and region. */
  readonly name: string;
  /** What it encrypts. */
  readonly description: string;
}

/**
 * A key of our own in one region. What was encrypted with it is lost with it, so it is deleted only after thirty days and never
 * by an environment that is kept; a disposable one waits for the shortest time that AWS allows.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  readonly keyId: string;

  constructor(scope: Construct, id: string, { site, name, description }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: site.disposable ? 7 : 30,
      ...keep(site),
    });
    new KmsAlias(this, 'alias', { name: `alias/${name}`, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.keyId = key.keyId;
  }
}
