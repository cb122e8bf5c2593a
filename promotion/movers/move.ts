import { blocked, contentsDiffer } from '../engine/errors';
import type { Goal } from '../engine/engine';
import type { Mover, MoveStanding, SideName } from '../types';

/** How a run ended. */
export interface Moved {
  readonly open: SideName;
  /** Everything is there, and somebody has to say go. */
  readonly waiting: boolean;
}

/**
 * Goes on from wherever a move stands, to the goal. The same for every kind of data: what has been done is asked of the mover, which reads it
 * from what holds the data. Sides that differ after a cutover lead back to the old one, where that loses nothing.
 * @param isPaused whether somebody has asked that nothing is cut over now; a cutover that has begun is finished all the same
 * @throws `PROMOTION_BLOCKED`, `PROMOTION_CONTENTS_DIFFER`, `PROMOTION_ONE_WAY`
 */
export async function move(
  mover: Mover,
  { open, untilReady = false }: Goal,
  tell: (step: string) => void = () => undefined,
  isPaused: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Moved> {
  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    tell(name);
    return await act();
  };
  if (open === 'source') {
    await step('reverse', () => mover.reverse());
    return { open, waiting: false };
  }
  const began = await mover.standing();
  if (began.open === 'source') {
    await step('copy', () => mover.copy());
    await step('catch-up', () => mover.catchUp());
    // A cutover that an earlier run had begun is finished, whatever this one was asked for.
    const now = (await mover.standing()).open;
    if (now === 'source' && (untilReady || (!isChanging(began) && (await isPaused())))) return { open: now, waiting: true };
    if (now === 'source') await step('cut over', () => mover.cutOver());
  } else if (isChanging(began)) await step('cut over', () => mover.cutOver());
  const found = await step('verify', () => mover.verify());
  if (found.length === 0) return { open, waiting: false };
  if ((await mover.standing()).reversible.yes) await step('reverse', () => mover.reverse());
  throw contentsDiffer(found);
}

/** Refuses all at once what forbids a move. @throws `PROMOTION_BLOCKED` */
export async function refuseBlocked(mover: Pick<Mover, 'preflight'>): Promise<void> {
  const found = await mover.preflight();
  if (found.length > 0) throw blocked(found);
}

/** A change of sides has begun, and not everything that follows it is done. */
export function isChanging({ state }: Pick<MoveStanding, 'state'>): boolean {
  return changing.has(state);
}

/** Words of every mover for that; see `MoveStanding`. */
const changing: ReadonlySet<string> = new Set(['fenced', 'opened', 'routed', 'reversing']);
