import type { ResourceGraph, ResourceNode } from '../../../graph';
import { hoursPerMonth } from '../../arithmetic';
import { decimal } from '../../decimal';
import { isSet, textOr } from '../read';
import { assembled, missing, unpriced } from '../results';
import { awsType } from './place';

/** A file system, in one zone or in all. */
export const efsFileSystem = awsType('aws_efs_file_system', (block, at) => {
  const oneZone = isSet(block, 'availability_zone_name');
  const provisioned = textOr(block, 'throughput_mode', 'bursting') === 'provisioned';
  return assembled([
    at.used('storage', 'storageGb', 'efs', oneZone ? 'one-zone/storage' : 'standard/storage', 'GB-month'),
    at.used('storage, infrequent access', 'infrequentGb', 'efs', 'standard-ia/storage', 'GB-month', { optional: true }),
    provisioned ? missing('provisioned throughput', 'the price book has no price for it') : undefined,
  ]);
});

/** What a vault keeps, by where it comes from. */
export const backupVault = awsType('aws_backup_vault', (_, at) => {
  const types = backedUpIn(at.node, at.graph);
  if (types.length > 0 && types.every((type) => type === 'aws_dsql_cluster'))
    return unpriced('it keeps backups of Aurora DSQL, for which the price book has no price');
  return assembled([
    at.used('snapshots of volumes', 'snapshotGb', 'backup', 'ebs-snapshot', 'GB-month'),
    at.used('snapshots of databases', 'backupGb', 'backup', 'rds-snapshot', 'GB-month'),
    at.used('backups of file systems', 'fileBackupGb', 'backup', 'efs-warm', 'GB-month', { optional: true }),
    at.used('backups of buckets', 'objectBackupGb', 'backup', 's3-warm', 'GB-month', { optional: true }),
    at.used('backups of tables', 'tableBackupGb', 'backup', 'dynamodb-warm', 'GB-month', { optional: true }),
  ]);
});

/** Types of what the plans of a configuration put into a vault, as far as they name it. */
function backedUpIn({ address }: ResourceNode, graph: ResourceGraph): readonly string[] {
  const plans = graph.ofType('aws_backup_plan').filter(({ references }) => references.includes(address));
  return graph
    .ofType('aws_backup_selection')
    .filter(({ references }) => plans.some((plan) => references.includes(plan.address)))
    .flatMap(({ references }) => references.flatMap((each) => graph.get(each) ?? []))
    .map(({ type }) => type)
    .filter((type) => type !== 'aws_backup_plan' && type !== 'aws_iam_role');
}

/** Container images. */
export const ecrRepository = awsType('aws_ecr_repository', (_, at) =>
  assembled([at.used('images', 'registryGb', 'ecr', 'storage', 'GB-month')]),
);

/** Public ones. */
export const ecrPublicRepository = awsType('aws_ecrpublic_repository', (_, at) =>
  assembled([at.used('images', 'registryGb', 'ecr', 'public-storage', 'GB-month')]),
);

/** A snapshot that is made ready in one zone before it is restored. */
export const fastRestore = awsType('aws_ebs_fast_snapshot_restore', (_, at) =>
  assembled([at.amount('fast restore', 'ebs', 'snapshot/fast-restore', 'DSU-hour', decimal(hoursPerMonth))]),
);
