import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { keep } from '../keep';
import { named, type Site } from './site';
import { trustedRole } from './trusted-role';

export interface VaultProps {
  readonly site: Pick<Site, 'disposable'>;
  /** Name in the account and region. */
  readonly name: string;
}

/** Where AWS Backup keeps what it makes in one region, encrypted with a key of its own. Emptied with a disposable environment only. */
export class Vault extends Construct {
  readonly vaultName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { site, name }: VaultProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'key', { site, name, description: `Encrypts the backups in ${name}.` });
    const vault = new BackupVault(this, 'Resource', {
      name,
      kmsKeyArn: key.arn,
      forceDestroy: site.disposable,
      ...named(name),
      ...keep(site),
    });
    this.vaultName = vault.name;
    this.arn = vault.arn;
  }
}

export interface BackupScheduleProps {
  readonly name: string;
  /** What is backed up: one resource, by its ARN, which AWS Backup takes whatever the account has opted into. */
  readonly resourceArn: string;
  readonly vault: Vault;
  /** Days that the backup of each day is kept. */
  readonly keepDays: number;
  /** Vault in another region that gets a copy of each day's. @default - none */
  readonly copyTo?: Vault;
}

/** Days that the backup of each hour is kept: long enough to notice over a weekend. An assumption. */
const hourlyDays = 3;

/** Minutes within which a backup begins: the shortest window that AWS Backup takes. */
export const startWindowMinutes = 60;

/**
 * Backups by AWS Backup: one each hour, the most often that it can (AWS Backup developer guide, Backup plan options, recalled
 * 2026-11-22), and one each day that is kept for longer.
 */
export class BackupSchedule extends Construct {
  constructor(scope: Construct, id: string, { name, resourceArn, vault, keepDays, copyTo }: BackupScheduleProps) {
    super(scope, id);
    const role = trustedRole(this, 'role', {
      name: `${name}-backup`,
      trusted: { service: 'backup.amazonaws.com' },
      managedPolicies: ['service-role/AWSBackupServiceRolePolicyForBackup'],
    });
    const copies = copyTo === undefined ? [] : [{ destinationVaultArn: copyTo.arn, lifecycle: { deleteAfter: keepDays } }];
    const plan = new BackupPlan(this, 'Resource', {
      name,
      rule: [
        rule('hourly', vault, 'cron(0 * ? * * *)', hourlyDays),
        { ...rule('daily', vault, 'cron(30 2 ? * * *)', keepDays), copyAction: copies },
      ],
      ...named(name),
    });
    new BackupSelection(this, 'selection', { name, planId: plan.id, iamRoleArn: role.arn, resources: [resourceArn] });
  }
}

/** @param schedule in UTC */
function rule(ruleName: string, { vaultName }: Vault, schedule: string, deleteAfter: number) {
  return {
    ruleName,
    targetVaultName: vaultName,
    schedule,
    startWindow: startWindowMinutes,
    completionWindow: 240,
    lifecycle: { deleteAfter },
  };
}
