import { TerraformOutput } from 'cdktf';
import type { ComponentOf } from '../../../components/component';
import { enginePlaces } from '../../../components/distributed-database';
import { BackupSchedule, Vault } from '../../../constructs/aws/backup-schedule';
import { DistributedSql } from '../../../constructs/aws/distributed-sql';
import { putInRegion } from '../../../constructs/aws/in-region';
import { NodeBalancer } from '../../../constructs/aws/node-balancer';
import { PasswordSecret } from '../../../constructs/aws/password-secret';
import { allow } from '../../../constructs/aws/policy';
import { databaseNodePort } from '../../../constructs/kubernetes/flavour';
import { accountName, component, constructId, layerOutput } from '../naming';
import { grantApp } from './app-identity';
import { passwordOf } from './passwords';
import { rangesBeyond } from './second-cloud';
import { recordEngine } from './upper';
import { watchDistributedSql } from './watches';
import type { Workshop } from './workshop';

/** The user that the app signs in as, made by hand once: no provider speaks SQL. */
const appUser = 'app';

/** Remembers the engine, and builds it where it stands here. */
export function buildDistributedSql(shop: Workshop, database: ComponentOf<'distributed-database'>): void {
  recordEngine(shop, database.engine, database.witness);
  builders[enginePlaces[database.engine]](shop, database);
}

type Build = (shop: Workshop, database: ComponentOf<'distributed-database'>) => void;

/** What is done here for an engine, by where it stands. */
const builders: Readonly<Record<'aws' | 'google' | 'cluster', Build>> = { aws: buildDsql, google: () => undefined, cluster: serveCluster };

/** What a database in the cluster fetches from here: its owner's password, and a key to the bucket of backups. */
function serveCluster(shop: Workshop, database: ComponentOf<'distributed-database'>): void {
  const { stack, site, environment, parts } = shop;
  if (parts.backupBucket === undefined) return;
  const [id, name] = [constructId(environment, database), accountName(site.prefix, environment, database)];
  const { bucket, region, accessKeyId, secretAccessKey } = parts.backupBucket.grant('database', 'readwrite');
  const keep = (what: string, secret: string, password: string): void => {
    const own = `${name}-${what}`;
    const { arn } = new PasswordSecret(stack, `${id}_${what}`, { site, name: own, password, description: `Secret of ${own}.` });
    parts.secrets.set(secret, arn);
  };
  keep('owner', 'database', passwordOf(shop, 'database'));
  keep('backups', 'database_backups', secretAccessKey);
  new TerraformOutput(stack, layerOutput(environment, shop.tier)('database_backups'), {
    value: { bucket, region, access_key_id: accessKeyId },
    staticId: true,
    description: 'Bucket that takes the backups of a database in the cluster.',
  });
  openToRegions(shop, id, name);
}

/** Port of the database's address for other regions: that of PostgreSQL. */
const entryPort = 5432;

/** An address by which the clusters of other regions, and of a cloud that a VPN joins, reach the poolers before a database in the first one. */
function openToRegions(shop: Workshop, id: string, name: string): void {
  const { stack, site, regions, parts } = shop;
  const [home, ...others] = parts.clusters;
  const group = home?.cluster.nodeGroups[0]?.resources.get(0).autoscalingGroups.get(0).name;
  if (home === undefined || group === undefined || others.length === 0) return;
  const { host, port } = new NodeBalancer(stack, `${id}_entry`, {
    site,
    name: `${name}-entry`,
    port: entryPort,
    nodePort: databaseNodePort,
    nodes: { groupName: group, securityGroupId: home.cluster.securityGroupId },
    ranges: [...regions.slice(1).map((region) => region.site.network.cidr), ...rangesBeyond(shop)],
  });
  new TerraformOutput(stack, layerOutput(shop.environment, shop.tier)('database_entry'), {
    value: { host, port: `${port}` },
    staticId: true,
    description: 'Where clusters of other regions reach the database in the first one.',
  });
}

/** Aurora DSQL, who signs in to it, and its backups. */
function buildDsql(shop: Workshop, database: ComponentOf<'distributed-database'>): void {
  const [id, name] = [constructId(shop.environment, database), accountName(shop.site.prefix, shop.environment, database)];
  const built = new DistributedSql(shop.stack, id, { site: shop.site, name, witness: database.witness });
  const peers = database.witness === undefined ? [] : peersOf(shop, id, name, built, database.witness);
  const hosts = Object.fromEntries([[shop.site.region, built.host], ...peers.map(({ region, peer }) => [region, peer.host])]);
  shop.parts.distributedSql = {
    host: built.host,
    port: '5432',
    database: 'postgres',
    user: appUser,
    ...(peers.length === 0 ? {} : { hosts }),
  };
  shop.parts.watches.push(watchDistributedSql(shop, database, built));
  admitPods(shop, id, name, [built, ...peers.map(({ peer }) => peer)]);
  backUp(shop, id, name, built);
}

/** The same rows in the second region, where pods write too: two clusters and a witness are all that AWS joins. */
function peersOf(shop: Workshop, id: string, name: string, home: DistributedSql, witness: string) {
  return shop.regions.slice(1, 2).map(({ site, provider, suffix, mark }) => {
    const peer = new DistributedSql(shop.stack, `${id}${suffix}`, { site, name: `${name}${mark}`, witness });
    peer.peerWith(home, witness);
    putInRegion(peer, provider);
    home.peerWith(peer, witness);
    return { region: site.region, peer };
  });
}

/** The app's pods sign in as who they are; a person lets their role in once. */
function admitPods(shop: Workshop, id: string, name: string, clusters: readonly DistributedSql[]): void {
  const arns = clusters.map(({ arn }) => arn);
  const role = grantApp(shop, { id, name }, [allow(['dsql:DbConnect'], arns)]);
  if (role === undefined) return;
  new TerraformOutput(shop.stack, 'database_first_statements', {
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
  const copyTo =
    second === undefined ? undefined : new Vault(stack, `${id}_vault${second.suffix}`, { site: second.site, name: `${name}-copies` });
  if (copyTo !== undefined) putInRegion(copyTo, second?.provider);
  new BackupSchedule(stack, `${id}_backups`, {
    name,
    resourceArn: arn,
    vault,
    keepDays: component(tier, 'backup')?.retentionDays ?? 7,
    ...(copyTo === undefined ? {} : { copyTo }),
  });
}
