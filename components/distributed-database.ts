import type { ComponentBase } from './component-base';
import type { ShardedDatabase } from './sharded-database';

/** What each engine of distributed SQL has to be told of its size, where the tier says it. */
export interface EngineSizes {
  /** It has no servers to size. */
  readonly 'aurora-dsql': Readonly<Record<never, never>>;
  /** Groups of servers with rows, each a primary with its standbys, and a coordinator like them, in pods of the tier's first cluster. */
  readonly citus: {
    readonly workers: number;
    readonly nodes: number;
    readonly vcpus: number;
    readonly memoryGib: number;
    readonly volumeGib: number;
  };
  /** A primary with a standby in another zone, and a pool that answers reads. */
  readonly alloydb: { readonly vcpus: number; readonly readers: number };
  readonly spanner: { readonly nodes: number };
}

/** An engine of distributed SQL that a new environment can begin with. */
export type DistributedEngine = keyof EngineSizes;

/** Where each engine stands: a service of one cloud, or the tier's own cluster. */
export const enginePlaces: Readonly<Record<DistributedEngine, 'aws' | 'google' | 'cluster'>> = {
  'aurora-dsql': 'aws',
  citus: 'cluster',
  alloydb: 'google',
  spanner: 'google',
};

/**
 * Engines of one cloud that answer in the internet, to whoever that cloud knows: pods in another one are known by a token of their cluster.
 */
export const federatedEngines: ReadonlySet<DistributedEngine> = new Set(['aurora-dsql', 'spanner']);

/** Clusters whose pods do not get at the rows of an engine, and why; the others' do. The VPN between the clouds leads to the network on AWS alone. */
export const engineGaps: Readonly<Partial<Record<DistributedEngine, string>>> = {
  alloydb: "has addresses of Google's network only, and pods of the clusters on AWS are told of its endpoint and do not reach it",
};

/** The cloud whose engine pods of other clouds sign in to; undefined where there is none. */
export function federatedCloud({ engine }: Pick<DistributedDatabase, 'engine'>): 'aws' | 'google' | undefined {
  const place = enginePlaces[engine];
  return place === 'cluster' || !federatedEngines.has(engine) ? undefined : place;
}

export const distributedEngines = ['aurora-dsql', 'citus', 'alloydb', 'spanner'] as const satisfies readonly DistributedEngine[];

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
  /** Region that keeps the log of a database that takes writes in two others. @default - it stands in the home region alone */
  readonly witness?: string;
  /** Engines that the tier offers, with the size of each. */
  readonly offers: Readonly<Partial<EngineSizes>>;
  /** What an environment has in its place that arrives from a tier with shards and keeps them. */
  readonly keeps: ShardedDatabase;
}
