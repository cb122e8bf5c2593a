import type { ComponentBase } from './component-base';

/** Which buckets a shard holds, both ends included. */
export interface ShardRange {
  /** Name of the shard: `shard-1`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** PostgreSQL cut into shards by key: every row lives in one of them. */
export interface ShardedDatabase extends ComponentBase {
  readonly kind: 'sharded-database';
  readonly version: string;
  readonly shards: number;
  /** Key ranges that shards are built from; a new shard takes some, and no row changes its bucket. */
  readonly buckets: number;
  /** Which shard holds which buckets, in the order of the buckets. @default - dealt out in runs, which differ in length by one at most */
  readonly map?: readonly ShardRange[];
  /** Nodes of each shard: the primary and its standbys. */
  readonly nodes: number;
  /** vCPUs of each node, its own. */
  readonly vcpus: number;
  /** Memory of each node, in GiB. */
  readonly memoryGib: number;
  /** Read replicas of each shard in other regions. */
  readonly replicas: number;
  /** See `Managed`. @default false */
  readonly movable?: boolean;
}
