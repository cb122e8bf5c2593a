import type { Facts } from '../plan';
import { type DataMove, dataMoves } from '../plan/moves';
import type { ComponentChange } from '../../components/change';
import type { Problem } from '../../values/errors';
import type { PromoteOptions } from '../engine/promote';
import type { PromotionSettings } from '../engine/settings';
import { postgresMover } from '../movers/postgres';
import { dumpMover } from '../postgres/dump';
import type { Mover } from '../types';

/** What a mover is made of. */
export interface Moving {
  readonly move: DataMove;
  /** Of the database's two sides. */
  readonly settings: PromotionSettings;
  readonly options: PromoteOptions;
}

type Make = (moving: Moving) => Mover;

/** Every way in which data move, that a run drives. A new one is one line here. */
const makers: Readonly<Partial<Record<DataMove['method'], Make>>> = {
  'logical-replication': ({ settings, options }) => postgresMover(settings, options),
  'logical-replication-shards': ({ settings, options }) => postgresMover(settings, options),
  dump: ({ settings, options }) => dumpMover(settings, options),
};

/** Ways in which nothing is moved: the new side fills itself. */
const still: ReadonlySet<DataMove['method']> = new Set(['rewarm']);

/** A dump fills one PostgreSQL server from one: neither shards nor distributed SQL. */
function isDriven({ method, change: { before, after } }: DataMove): boolean {
  return makers[method] !== undefined && (method !== 'dump' || (before.kind === 'database' && after.kind === 'database'));
}

/** Components whose data a run has to move, in the order of the target tier. */
export function movesOf(changes: readonly ComponentChange[], facts: Facts): readonly DataMove[] {
  return dataMoves({ changes, facts }).filter(({ method, gb }) => !still.has(method) && !(method === 'object-copy' && gb === 0));
}

/** Moves that nobody drives yet; each has to be made by hand, so that a run does not begin. */
export function undriven(moves: readonly DataMove[]): readonly Problem[] {
  return moves.filter((each) => !isDriven(each)).map(({ change: { id }, method }) => ({ code: 'PROMOTION_MOVE', where: id, message: `moves by ${method}, which "run" does not drive yet. Move it by hand and go phase by phase: terrace promote phase.` }));
}

/** What moves the data of these components. */
export function moversOf(moves: readonly DataMove[], settings: PromotionSettings, options: PromoteOptions): readonly Mover[] {
  return moves.flatMap((move) => makers[move.method]?.({ move, settings, options }) ?? []);
}
