import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { DatabaseConnection, IDatabase } from '../database';
import { SecurityGroup } from './security-group';
import { keep } from '../keep';
import { named, type Site } from './site';

export interface ManagedPostgresProps {
  readonly site: Site;
  /** Identifier of the instance. */
  readonly name: string;
  /** Instance class: `db.t4g.small`. */
  readonly size: string;
  /** Whether a second instance in another zone takes over by itself. */
  readonly standby: boolean;
  /** What `engine_version` says, and the family of its parameters. */
  readonly version: { readonly engineVersion: string; readonly family: string };
  /** How long automatic backups are kept, in days; within them every moment can be restored. */
  readonly backupDays: number;
  /** GiB that its storage grows to by itself. @default 1000 */
  readonly mostStorageGib?: number;
  /** Password of the owner; a reference to a sensitive variable. */
  readonly ownerPassword: string;
  /** Security groups whose members may connect, by role. No one else can. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Address ranges whose members may connect: networks of other regions, pods of another cloud. @default - none */
  readonly trustedRanges?: readonly string[];
  /**
   * Whether it and databases of its network may reach each other: it subscribes to changes as a client, for which rules of the way out count
   * (RDS user guide, "Controlling access with security groups").
   * @default false
   */
  readonly movable?: boolean;
}

/** Port of PostgreSQL. */
const port = 5432;

/** Name of the owner. The app's own user is made by the first server that gets a release. */
const owner = 'terrace';

/**
 * The smallest gp3 storage that RDS makes for PostgreSQL, and how far it may grow by itself, in GiB (RDS user guide, gp3 storage). What is not grown
 * into is not paid for; a year of tier 4's 10,000 daily users writes 680.
 */
const storageGib = { first: 20, most: 1000 };

/** GiB to which the storage of a database grows by itself; a replica has to follow. */
export const largestStorageGib = storageGib.most;

/** What the database does and waits for, by statement, kept for the seven days that are free (RDS pricing, Performance Insights). */
export function insights(keyArn: string) {
  return { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 7, performanceInsightsKmsKeyId: keyArn };
}

/**
 * Megabytes of changes that an instance keeps for whoever follows it, before it gives them up: a third of its first storage. A stream that nobody reads
 * would fill the disk.
 */
const keptMb = Math.floor((storageGib.first * 1024) / 3);

/** From log in, so that promotion can copy a running database, to the refusal of plain connections. Static ones take effect at the first start. */
export const postgresParameters = [
  { name: 'rds.logical_replication', value: '1', applyMethod: 'pending-reboot' },
  { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
  { name: 'log_min_duration_statement', value: '1000', applyMethod: 'immediate' },
  { name: 'log_statement', value: 'none', applyMethod: 'immediate' },
  { name: 'max_slot_wal_keep_size', value: String(keptMb), applyMethod: 'immediate' },
];

/** PostgreSQL run by AWS: instance, its standby, its parameters, the key that encrypts it, and who may connect. */
export class ManagedPostgres extends Construct implements IDatabase {
  readonly connection: DatabaseConnection;
  /** The instance's identifier, which its measurements are under. */
  readonly identifier: string;
  /** What a read replica in the same region follows. */
  readonly instanceId: string;
  /** What a read replica in another region follows. */
  readonly instanceArn: string;
  readonly keyArn: string;
  readonly parameterGroup: string;
  readonly subnetGroup: string;
  readonly firewall: SecurityGroup;

  constructor(scope: Construct, id: string, props: ManagedPostgresProps) {
    super(scope, id);
    this.firewall = this.door(props);
    this.keyArn = this.key(props);
    this.parameterGroup = new DbParameterGroup(this, 'parameters', {
      name: props.name,
      family: props.version.family,
      parameter: postgresParameters,
      ...named(props.name),
    }).name;
    this.subnetGroup = new DbSubnetGroup(this, 'subnets', {
      name: props.name,
      subnetIds: props.site.network.data.map(({ subnetId }) => subnetId),
      ...named(props.name),
    }).name;
    const instance = this.instance(props);
    this.identifier = instance.identifier;
    this.instanceId = instance.identifier;
    this.instanceArn = instance.arn;
    this.connection = connection(instance, props.ownerPassword);
  }

  private door({ site, name, trusted, trustedRanges = [], movable = false }: ManagedPostgresProps): SecurityGroup {
    const door = new SecurityGroup(this, 'firewall', { site, name, description: 'Who may connect to the database.', reachesOut: false });
    for (const [role, groupId] of Object.entries(trusted)) door.open(role, port, { from: 'group', groupId });
    if (trustedRanges.length > 0) door.open('regions', port, { from: 'ranges', cidrs: trustedRanges });
    if (!movable) return door;
    door.open('mover', port, { from: 'ranges', cidrs: [site.network.cidr] });
    door.reach('subscription', port, site.network.cidr);
    return door;
  }

  private key({ site, name }: ManagedPostgresProps): string {
    const key = new KmsKey(this, 'key', {
      description: `Encrypts ${name} and its backups.`,
      enableKeyRotation: true,
      deletionWindowInDays: site.disposable ? 7 : 30,
      ...keep(site),
      ...named(name),
    });
    new KmsAlias(this, 'key_name', { name: `alias/${name}`, targetKeyId: key.keyId });
    return key.arn;
  }

  private instance(props: ManagedPostgresProps): DbInstance {
    const { site, name } = props;
    const logs = ['postgresql', 'upgrade'].map(
      (log) =>
        new CloudwatchLogGroup(this, `log_${log}`, { name: `/aws/rds/instance/${name}/${log}`, retentionInDays: 30, ...named(name) }),
    );
    return new DbInstance(this, 'Resource', {
      identifier: name,
      engine: 'postgres',
      engineVersion: props.version.engineVersion,
      autoMinorVersionUpgrade: true,
      instanceClass: props.size,
      // A deploy is over when it ends: what waits for the maintenance window would stand in every plan until then, and hold a promotion up.
      applyImmediately: true,
      multiAz: props.standby,
      dbName: 'app',
      username: owner,
      password: props.ownerPassword,
      port,
      storageType: 'gp3',
      allocatedStorage: storageGib.first,
      maxAllocatedStorage: props.mostStorageGib ?? storageGib.most,
      storageEncrypted: true,
      kmsKeyId: this.keyArn,
      dbSubnetGroupName: this.subnetGroup,
      vpcSecurityGroupIds: [this.firewall.groupId],
      parameterGroupName: this.parameterGroup,
      publiclyAccessible: false,
      backupRetentionPeriod: props.backupDays,
      // The quietest hours of a European or American product, in UTC.
      backupWindow: '02:00-02:30',
      maintenanceWindow: 'sun:03:00-sun:04:00',
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: site.disposable,
      deletionProtection: !site.disposable,
      skipFinalSnapshot: site.disposable,
      ...(site.disposable ? {} : { finalSnapshotIdentifier: `${name}-final` }),
      ...insights(this.keyArn),
      enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
      // RDS would make log groups of its own, which keep everything for ever.
      dependsOn: logs,
      ...keep(site),
      ...named(name),
    });
  }
}

/**
 * The app's password follows from the owner's, one way, so that the pipeline has one secret to keep. Hexadecimal digits need no
 * quoting anywhere.
 */
function connection(instance: DbInstance, ownerPassword: string): DatabaseConnection {
  const way = { host: instance.address, port: Token.asString(instance.port) };
  return {
    ...way,
    name: 'app',
    user: 'app',
    password: Fn.sha256(Fn.join(' ', ['app', ownerPassword])),
    owner: { ...way, database: 'app', user: owner, password: ownerPassword, makesUser: true },
  };
}
