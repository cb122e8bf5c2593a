import type { Component } from '../../components/component';
import { isRelational } from '../../components/component';
import type { ComponentChange } from '../../components/change';
import type { MoveMethod } from '../types';
import type { Facts } from './facts';
import type { PlanInput } from './input';

/** How the data of a component travel. */
export interface DataMove {
  readonly change: ComponentChange & { readonly before: Component; readonly after: Component };
  readonly method: Extract<
    MoveMethod,
    'logical-replication' | 'logical-replication-shards' | 'dump' | 'object-copy' | 'rewarm' | 'cache-replication'
  >;
  readonly gb: number;
  /** Shards that are written to; 1 of a database that has none. */
  readonly shards: number;
}

/** The components whose data Terrace itself moves, in the order of the target tier. */
export function dataMoves({ changes, facts }: Pick<PlanInput, 'changes' | 'facts'>): readonly DataMove[] {
  return changes.flatMap((change) => {
    const { before, after, verdict } = change;
    if (verdict !== 'move' || before === undefined || after === undefined) return [];
    const carried = carriage({ ...change, before, after }, facts);
    return carried === undefined ? [] : [{ change: { ...change, before, after }, ...carried }];
  });
}

function carriage({ before, after }: DataMove['change'], facts: Facts): Omit<DataMove, 'change'> | undefined {
  if (isRelational(after))
    return {
      method: relationalMethod(before, after, facts),
      gb: facts.databaseGb,
      shards: after.kind === 'sharded-database' ? after.shards : 1,
    };
  if (after.kind === 'object-storage') return { method: 'object-copy', gb: facts.objectsGb, shards: 1 };
  if (after.kind === 'cache')
    return {
      method: facts.cacheUse === 'state' ? 'cache-replication' : 'rewarm',
      gb: facts.cacheUse === 'state' ? facts.cacheGb : 0,
      shards: 1,
    };
  return undefined;
}

/** Large objects do not travel by logical replication, distributed SQL subscribes to nothing, and several shards into one server is not what the engine does. */
function relationalMethod(before: Component, after: Component, { largeObjects, databaseMove }: Facts): DataMove['method'] {
  if (
    largeObjects === true ||
    databaseMove === 'dump' ||
    after.kind === 'distributed-database' ||
    before.kind === 'distributed-database' ||
    before.kind === 'sharded-database'
  )
    return 'dump';
  return after.kind === 'sharded-database' ? 'logical-replication-shards' : 'logical-replication';
}

/** Whether writes are switched by fence and drain, which is what a pause under a second is promised for. */
export function isOnline({ method }: Pick<DataMove, 'method'>): boolean {
  return method === 'logical-replication' || method === 'logical-replication-shards';
}

/** Whether `run` moves it: a dump fills one PostgreSQL server from one, neither shards nor distributed SQL, and nothing else goes there. */
export function isDriven({ method, change: { before, after } }: DataMove): boolean {
  return method !== 'dump' || (before.kind === 'database' && after.kind === 'database');
}
