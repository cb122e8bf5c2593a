import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { Construct } from 'constructs';
import { insights, postgresParameters } from './managed-postgres';
import { SecurityGroup } from './security-group';
import { named, type Site } from './site';

export interface DistantReplicaProps {
  /** The region that it stands in. */
  readonly site: Site;
  readonly name: string;
  /** ARN of the instance in another region that it follows. */
  readonly sourceArn: string;
  readonly size: string;
  /** Family of its parameters, which are not taken over from another region. */
  readonly family: string;
  /** A key of its own region: none leaves its region. */
  readonly kmsKeyArn: string;
  /** Storage that it grows to at most, in GiB: what its source may grow to. */
  readonly mostStorageGib: number;
  /** Security groups whose members may read, by role. */
  readonly trusted: Readonly<Record<string, string>>;
  /** Address ranges whose members may read: networks of other regions. */
  readonly trustedRanges: readonly string[];
}

/** A read-only copy of a managed PostgreSQL in another region: for reads near the user, and to be promoted when the first region is lost. */
export class DistantReplica extends Construct {
  readonly host: string;
  /** Under which its measurements are. */
  readonly identifier: string;

  constructor(
    scope: Construct,
    id: string,
    { site, name, sourceArn, size, family, kmsKeyArn, mostStorageGib, trusted, trustedRanges }: DistantReplicaProps,
  ) {
    super(scope, id);
    const firewall = new SecurityGroup(this, 'firewall', { site, name, description: 'Who may read from the replica.', reachesOut: false });
    for (const [role, groupId] of Object.entries(trusted)) firewall.open(role, 5432, { from: 'group', groupId });
    firewall.open('regions', 5432, { from: 'ranges', cidrs: trustedRanges });
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name,
      subnetIds: site.network.data.map(({ subnetId }) => subnetId),
      ...named(name),
    });
    const parameters = new DbParameterGroup(this, 'parameters', { name, family, parameter: postgresParameters, ...named(name) });
    const replica = new DbInstance(this, 'Resource', {
      identifier: name,
      replicateSourceDb: sourceArn,
      instanceClass: size,
      applyImmediately: true,
      storageType: 'gp3',
      maxAllocatedStorage: mostStorageGib,
      dbSubnetGroupName: subnets.name,
      parameterGroupName: parameters.name,
      vpcSecurityGroupIds: [firewall.groupId],
      storageEncrypted: true,
      kmsKeyId: kmsKeyArn,
      ...insights(kmsKeyArn),
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      skipFinalSnapshot: true,
      // It is what is left of a shard when the first region is lost.
      deletionProtection: !site.disposable,
      ...named(name),
    });
    this.host = replica.address;
    this.identifier = replica.identifier;
  }
}
