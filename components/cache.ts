import type { ComponentBase } from './component-base';

/** Valkey (Redis protocol) for cached values and sessions. What it holds can be lost without losing data. */
export interface Cache extends ComponentBase {
  readonly kind: 'cache';
  readonly engine: 'valkey';
  /** Major version. */
  readonly version: string;
  /** Nodes that hold the same: the primary and its standbys; of each shard, where there are several. */
  readonly nodes: number;
  /** Parts that the keys are dealt out over, for clients that speak the cluster protocol. @default 1, for every client */
  readonly shards?: number;
  /** Memory of each node, in GiB. */
  readonly memoryGib: number;
}
