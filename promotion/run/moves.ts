import type { Facts } from '../plan';
import { type DataMove, dataMoves, isDriven } from '../plan/moves';
import type { ComponentChange } from '../../components/change';
import { componentTitle } from '../../components/title';
import type { Problem } from '../../values/errors';
import type { PromoteOptions } from '../engine/promote';
import type { PromotionSettings } from '../engine/settings';
import { moverOf, type MoveSettings } from '../movers/mover-of';
import { postgresMover } from '../movers/postgres';
import { dumpMover } from '../postgres/dump';
import type { Mover } from '../types';
import { isDerived } from './derived';

/** What movers are made of. */
export interface Means {
  /** Of the database's two sides; undefined once one of them has left the state. */
  readonly settings: PromotionSettings | undefined;
  /** The settings of other moves, by component: a person's, else those that follow from the state. */
  readonly others: Readonly<Record<string, MoveSettings>>;
  readonly options: PromoteOptions;
}

/** Ways in which the database moves. */
const makers: Readonly<Partial<Record<DataMove['method'], (settings: PromotionSettings, options: PromoteOptions) => Mover>>> = {
  'logical-replication': postgresMover,
  'logical-replication-shards': postgresMover,
  dump: dumpMover,
};

/** Ways in which nothing is moved: the new side fills itself. */
const still: ReadonlySet<DataMove['method']> = new Set(['rewarm']);

/** Whether a move is of databases that the state names, and in a way that is built. */
export function isOfState(move: DataMove): boolean {
  return makers[move.method] !== undefined && isDriven(move);
}

/** Components whose data a run has to move, in the order of the target tier. */
export function movesOf(changes: readonly ComponentChange[], facts: Facts): readonly DataMove[] {
  return dataMoves({ changes, facts }).filter(({ method, gb }) => !still.has(method) && !(method === 'object-copy' && gb === 0));
}

/** Moves of which neither the state nor a person says enough: a run does not begin. @param given components whose settings a person has given */
export function undriven(moves: readonly DataMove[], given: readonly string[]): readonly Problem[] {
  return moves
    .filter((move) => !isOfState(move) && !isDerived(move) && !given.includes(move.change.id))
    .map((move) => ({ code: 'PROMOTION_MOVE', where: `moves.${move.change.id}`, message: remedyOf(move) }));
}

function remedyOf(move: DataMove): string {
  const { before, after } = move.change;
  return isDriven(move)
    ? `It moves by ${move.method}, and the state does not say between what. Name a file with its settings (docs/rehearse.md).`
    : `${componentTitle(before)} into ${componentTitle(after)}: run does not drive this dump. Dump and restore it yourself while nothing writes, and go phase by phase: terrace promote phase, with --write; then terrace deploy (docs/promote.md).`;
}

/** What moves the data of these components. */
export function moversOf(moves: readonly DataMove[], { settings, others, options }: Means): readonly Mover[] {
  return moves.flatMap((move) => {
    const other = others[move.change.id];
    if (other !== undefined) return moverOf(other, options);
    return settings === undefined || !isOfState(move) ? [] : (makers[move.method]?.(settings, options) ?? []);
  });
}
