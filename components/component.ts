import type { AppServers } from './app-servers';
import type { AuditLog } from './audit-log';
import type { Backup } from './backup';
import type { Cache } from './cache';
import type { Configuration } from './configuration';
import type { Database } from './database';
import type { DistributedDatabase } from './distributed-database';
import type { Dns } from './dns';
import type { EdgeCompute } from './edge-compute';
import type { EventStream } from './event-stream';
import type { Frontend } from './frontend';
import type { GlobalLoadBalancer } from './global-load-balancer';
import type { GpuPool } from './gpu-pool';
import type { Inference } from './inference';
import type { KubernetesCluster } from './kubernetes-cluster';
import type { LoadBalancer } from './load-balancer';
import type { MlPipeline } from './ml-pipeline';
import type { Monitoring } from './monitoring';
import type { Network } from './network';
import type { ObjectStorage } from './object-storage';
import type { ReadReplicas } from './read-replicas';
import type { ShardedDatabase } from './sharded-database';

/** One role in a tier, with what it must be able to do. Platforms turn it into resources; nothing here names a vendor. */
export type Component =
  | AppServers
  | AuditLog
  | Backup
  | Cache
  | Configuration
  | Database
  | DistributedDatabase
  | Dns
  | EdgeCompute
  | EventStream
  | Frontend
  | GlobalLoadBalancer
  | GpuPool
  | Inference
  | KubernetesCluster
  | LoadBalancer
  | MlPipeline
  | Monitoring
  | Network
  | ObjectStorage
  | ReadReplicas
  | ShardedDatabase;

/** The name of a role: what a platform needs a construct for. */
export type ComponentKind = Component['kind'];

/** The specification of one kind. */
export type ComponentOf<Kind extends ComponentKind> = Extract<Component, { readonly kind: Kind }>;

/** Whether a component's loss is a loss of data, and so what promotion has to move rather than replace. */
export const holdsData: Readonly<Record<ComponentKind, boolean>> = {
  'app-servers': false,
  'audit-log': true,
  backup: true,
  cache: false,
  configuration: false,
  database: true,
  'distributed-database': true,
  dns: true,
  'edge-compute': false,
  'event-stream': true,
  frontend: true,
  'global-load-balancer': false,
  'gpu-pool': false,
  inference: false,
  'kubernetes-cluster': false,
  'load-balancer': false,
  'ml-pipeline': true,
  monitoring: false,
  network: false,
  'object-storage': true,
  'read-replicas': false,
  'sharded-database': true,
};

/** Whether a component is a database of rows, whatever it is spread over. */
export function isRelational({ kind }: Pick<Component, 'kind'>): boolean {
  return kind === 'database' || kind === 'sharded-database' || kind === 'distributed-database';
}

/**
 * Kinds whose resources carry a generation in their address, because promotion builds the next one beside the present one:
 * `digitalocean_database_cluster.database_g1`.
 */
export const carriesGeneration: Readonly<Record<ComponentKind, boolean>> = {
  'app-servers': true,
  'audit-log': false,
  backup: false,
  cache: true,
  configuration: false,
  database: true,
  'distributed-database': true,
  dns: false,
  'edge-compute': false,
  'event-stream': true,
  frontend: false,
  'global-load-balancer': false,
  'gpu-pool': true,
  inference: true,
  'kubernetes-cluster': true,
  'load-balancer': false,
  'ml-pipeline': false,
  monitoring: false,
  network: false,
  'object-storage': false,
  'read-replicas': true,
  'sharded-database': true,
};
