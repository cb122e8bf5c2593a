import type { ComponentBase } from './component-base';
import type { ShardedDatabase } from './sharded-database';

/** Engines of distributed SQL that a new environment can begin with. */
export const distributedEngines = ['aurora-dsql'] as const;

export type DistributedEngine = (typeof distributedEngines)[number];

/** What an environment may have where a tier has distributed SQL: shards that it brought along, or an engine. */
export const databaseEngines = ['shards', ...distributedEngines] as const;

export type DatabaseEngine = (typeof databaseEngines)[number];

/** SQL spread over regions behind one endpoint. */
export interface DistributedDatabase extends ComponentBase {
  readonly kind: 'distributed-database';
  readonly engine: DistributedEngine;
  readonly regions: number;
  /** Storage that the provider has agreed to, in TiB. @default - what an account has unasked */
  readonly storageTib?: number;
  /** What an environment has in its place that arrives from a tier with shards and keeps them. */
  readonly keeps: ShardedDatabase;
}
