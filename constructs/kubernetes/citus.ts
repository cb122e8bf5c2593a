import { Construct } from 'constructs';
import { charts } from './charts';
import type { Cluster } from './cluster';
import { OwnObjects } from './own-objects';
import { ChartRelease } from './release';
import type { SecretManager } from './secret-manager';
import { Space } from './space';
import { retainedStorageClass } from './storage';

export interface CitusProps {
  readonly cluster: Cluster;
  /** Namespace, and name of the database in it. */
  readonly name: string;
  /** Groups of servers that hold the rows; a coordinator of the same size stands before them. */
  readonly workers: number;
  /** Servers of each group: the primary and its standbys. */
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Disk of each server. */
  readonly volumeGib: number;
  /** Base backups that are kept: one a day, with every change between them. */
  readonly backupsKept: number;
  /** Bucket that takes them. Texts may be references. */
  readonly backups: { readonly bucket: string; readonly region: string; readonly accessKeyId: string };
  /** Fetches what Terraform does not know. */
  readonly manager: SecretManager;
  /** ARNs of the owner's password and of the key that opens the bucket. */
  readonly secrets: { readonly password: string; readonly backupKey: string };
  /** Whether a destroy is let through. */
  readonly disposable: boolean;
}

/** The owner of the database, and the database that tables are distributed in. */
export const citusOwner = 'postgres';
export const citusDatabase = 'app';

/** Where clients find StackGres' pooler before the coordinator (StackGres 1.18, "Sharded Cluster K8s Internal DNS"). */
const port = 5432;

/** What Helm leaves in the cluster when the release goes. */
const kept = { 'helm.sh/resource-policy': 'keep' };

/**
 * Citus by StackGres' operator, which alone of the operators that were looked at has sharded clusters as an object of its own
 * (SGShardedCluster): coordinator and workers with standbys by Patroni, backups of all of them that belong together, certificates.
 * Written by its object definitions, tag 1.18.6; no cluster has run it.
 */
export class Citus extends Construct {
  readonly space: Space;
  /** Name by which pods of this cluster reach the coordinator. */
  readonly host: string;
  readonly port = port;
  readonly objects: OwnObjects;

  constructor(scope: Construct, id: string, props: CitusProps) {
    super(scope, id);
    const { cluster, name, disposable } = props;
    const operator = operatorOf(this, cluster);
    this.space = new Space(this, 'space', { cluster, name, security: 'privileged' });
    const storageClass = retainedStorageClass(this, 'storage', cluster);
    const fetched = fetch(this, this.space.name, props);
    this.objects = new OwnObjects(this, 'objects', {
      cluster,
      name,
      namespace: this.space.name,
      objects: objectsOf(this.space.name, storageClass, props),
      after: [operator.resource, fetched.release.resource],
      holdsData: !disposable,
    });
    this.host = `${name}.${this.space.name}.svc.cluster.local`;
  }
}

function operatorOf(scope: Construct, cluster: Cluster): ChartRelease {
  const space = new Space(scope, 'operator_space', { cluster, name: 'stackgres', security: 'privileged' });
  return new ChartRelease(scope, 'operator', {
    cluster,
    chart: charts.stackgres,
    name: 'stackgres-operator',
    namespace: space.name,
    // Nobody needs its pages; what it keeps is written here.
    values: { adminui: { service: { type: 'ClusterIP' } } },
  });
}

function fetch(scope: Construct, namespace: string, { manager, secrets, backups }: CitusProps): OwnObjects {
  return manager.fetch(scope, 'fetched', namespace, [
    {
      name: 'owner',
      namespace,
      from: { password: secrets.password },
      texts: { username: citusOwner, password: '{{ .password }}' },
    },
    {
      name: 'backups',
      namespace,
      from: { key: secrets.backupKey },
      texts: { 'access-key-id': backups.accessKeyId, 'secret-access-key': '{{ .key }}' },
    },
  ]);
}

function objectsOf(namespace: string, storageClass: string, props: CitusProps): readonly Readonly<Record<string, unknown>>[] {
  const { name, vcpus, memoryGib, backups } = props;
  const of = (apiVersion: string, kind: string, own: string, spec: object) => ({
    apiVersion: `stackgres.io/${apiVersion}`,
    kind,
    metadata: { name: own, namespace, annotations: kept },
    spec,
  });
  const selected = (secret: string, key: string) => ({ name: secret, key });
  return [
    of('v1', 'SGInstanceProfile', 'size', { cpu: `${vcpus}`, memory: `${memoryGib}Gi` }),
    of('v1beta1', 'SGObjectStorage', 'backups', {
      type: 's3',
      s3: {
        bucket: backups.bucket,
        region: backups.region,
        awsCredentials: {
          secretKeySelectors: {
            accessKeyId: selected('backups', 'access-key-id'),
            secretAccessKey: selected('backups', 'secret-access-key'),
          },
        },
      },
    }),
    of('v1alpha1', 'SGShardedCluster', name, shardedCluster(storageClass, props)),
  ];
}

function shardedCluster(storageClass: string, { workers, nodes, volumeGib, backupsKept }: CitusProps) {
  const servers = { sgInstanceProfile: 'size', pods: { persistentVolume: { size: `${volumeGib}Gi`, storageClass } } };
  const owner = (key: string) => ({ name: 'owner', key });
  return {
    type: 'citus',
    database: citusDatabase,
    postgres: { version: '17' },
    // A write is answered when a standby has it: the loss of a server loses none.
    replication: nodes > 1 ? { mode: 'sync', syncInstances: 1 } : { mode: 'async' },
    coordinator: { instances: nodes, ...servers },
    shards: { clusters: workers, instancesPerCluster: nodes, ...servers },
    configurations: {
      backups: [{ sgObjectStorage: 'backups', cronSchedule: '0 2 * * *', retention: backupsKept, compression: 'lz4' }],
      credentials: { users: { superuser: { username: owner('username'), password: owner('password') } } },
    },
  };
}
