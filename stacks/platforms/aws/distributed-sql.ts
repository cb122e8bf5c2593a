import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { TerraformOutput } from 'cdktf';
import type { ComponentOf } from '../../../components/component';
import { BackupSchedule, Vault } from '../../../constructs/aws/backup-schedule';
import { DistributedSql } from '../../../constructs/aws/distributed-sql';
import { putInRegion } from '../../../constructs/aws/in-region';
import { allow } from '../../../constructs/aws/policy';
import { trustedRole } from '../../../constructs/aws/trusted-role';
import { accountName, component, constructId } from '../naming';
import { recordEngine } from './upper';
import type { Workshop } from './workshop';

/** The user that the app signs in as, made by hand once: no provider speaks SQL. */
const appUser = 'app';

/** Aurora DSQL, who signs in to it, and its backups. */
export function buildDistributedSql(shop: Workshop, database: ComponentOf<'distributed-database'>): void {
  recordEngine(shop, database.engine);
  const [id, name] = [constructId(shop.environment, database), accountName(shop.site.prefix, shop.environment, database)];
  const built = new DistributedSql(shop.stack, id, { site: shop.site, name });
  shop.parts.distributedSql = { host: built.host, port: '5432', database: 'postgres', user: appUser };
  admitPods(shop, id, name, built);
  backUp(shop, id, name, built);
}

/** One role for the app's pods of all clusters, so that the database is told of one. */
function admitPods({ stack, parts, tier }: Workshop, id: string, name: string, { arn }: DistributedSql): void {
  const app = component(tier, 'app-servers');
  if (app === undefined) return;
  const role = trustedRole(stack, `${id}_client`, {
    name: `${name}-client`,
    trusted: { pods: true },
    statements: [allow(['dsql:DbConnect'], [arn])],
  });
  for (const { region, cluster } of parts.clusters) {
    const identity = new EksPodIdentityAssociation(stack, `${id}_client_identity${region.suffix}`, {
      clusterName: cluster.clusterName,
      namespace: 'app',
      serviceAccount: app.id,
      roleArn: role.arn,
    });
    putInRegion(identity, region.provider);
  }
  new TerraformOutput(stack, 'database_first_statements', {
    value: [
      `CREATE ROLE ${appUser} WITH LOGIN;`,
      `AWS IAM GRANT ${appUser} TO '${role.arn}';`,
      `CREATE SCHEMA ${appUser};`,
      `GRANT USAGE, CREATE ON SCHEMA ${appUser} TO ${appUser};`,
    ],
    staticId: true,
    description: 'What an administrator runs once in the new database, so that the app can sign in.',
  });
}

/** Kept as long as other backups are; each day's also in the second region. */
function backUp(shop: Workshop, id: string, name: string, { arn }: DistributedSql): void {
  const { stack, site, regions, tier } = shop;
  const [, second] = regions;
  const vault = new Vault(stack, `${id}_vault`, { site, name });
  const copyTo = second === undefined ? undefined : new Vault(stack, `${id}_vault${second.suffix}`, { site, name: `${name}-copies` });
  if (copyTo !== undefined) putInRegion(copyTo, second?.provider);
  new BackupSchedule(stack, `${id}_backups`, {
    name,
    resourceArn: arn,
    vault,
    keepDays: component(tier, 'backup')?.retentionDays ?? 7,
    ...(copyTo === undefined ? {} : { copyTo }),
  });
}
