import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { DatabaseReaders } from '../database';
import { insights, largestStorageGib, type ManagedPostgres } from './managed-postgres';
import { named, type Site } from './site';

export interface ReadReplicasProps {
  readonly site: Site;
  /** Beginning of the identifiers. */
  readonly name: string;
  readonly source: ManagedPostgres;
  readonly count: number;
  /** Instance class; at least the source's, or a replica falls behind it. */
  readonly size: string;
  /** Domain of the private name under which all of them answer together: `readers.<domain>`. */
  readonly domain: string;
}

/** How long a client may keep the answer to which replica is next, in seconds: a replica that is lost is forgotten as soon. */
const readerTtl = 5;

/** Copies of a managed PostgreSQL that answer reads: one a zone in turn, each with an address of its own and all of them with one together. */
export class ReadReplicas extends Construct implements DatabaseReaders {
  readonly hosts: readonly string[];
  readonly port: string;
  /** A name that answers with one of them after the other. Known within the network only. */
  readonly endpoint: string;
  /** Identifiers, which their measurements are under. */
  readonly identifiers: readonly string[];

  constructor(scope: Construct, id: string, props: ReadReplicasProps) {
    super(scope, id);
    const replicas = Array.from({ length: props.count }, (_, index) => this.replica(props, index));
    this.hosts = replicas.map(({ address }) => address);
    this.port = Token.asString(replicas[0]?.port);
    this.identifiers = replicas.map(({ identifier }) => identifier);
    this.endpoint = this.reader(props);
  }

  /** Everything that it does not say follows its source: engine, storage, user, database. It can be made again, so nothing keeps it. */
  private replica({ site, name, source, size }: ReadReplicasProps, index: number): DbInstance {
    const own = `${name}-${index + 1}`;
    const places = site.network.data;
    return new DbInstance(this, String(index + 1), {
      identifier: own,
      replicateSourceDb: source.instanceId,
      instanceClass: size,
      applyImmediately: true,
      storageType: 'gp3',
      maxAllocatedStorage: largestStorageGib,
      availabilityZone: places[index % places.length]?.zone ?? '',
      parameterGroupName: source.parameterGroup,
      vpcSecurityGroupIds: [source.firewall.groupId],
      storageEncrypted: true,
      kmsKeyId: source.keyArn,
      ...insights(source.keyArn),
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      maintenanceWindow: `sun:0${4 + (index % 5)}:00-sun:0${4 + (index % 5)}:30`,
      copyTagsToSnapshot: true,
      skipFinalSnapshot: true,
      deletionProtection: false,
      ...named(own),
    });
  }

  private reader({ site, domain, name }: ReadReplicasProps): string {
    const zone = new Route53Zone(this, 'names', {
      name: `readers.${domain}`,
      comment: '',
      forceDestroy: true,
      vpc: [{ vpcId: site.network.vpcId }],
      ...named(name),
    });
    this.hosts.forEach((host, index) => {
      new Route53Record(this, `name_${index + 1}`, {
        zoneId: zone.zoneId,
        name: `all.readers.${domain}`,
        type: 'CNAME',
        ttl: readerTtl,
        records: [host],
        setIdentifier: String(index + 1),
        weightedRoutingPolicy: { weight: 1 },
      });
    });
    return `all.readers.${domain}`;
  }
}
