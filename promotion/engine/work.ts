import type { Journal } from '../journal/journal';
import type { Route } from '../poolers/route';
import type { Session } from '../postgres/session';
import type { PromotionSettings, SideName } from './settings';

/** What is told while a promotion runs, for a person and as JSON lines. */
export interface Progress {
  readonly step: string;
  readonly what: string;
  readonly ms?: number;
  readonly [figure: string]: unknown;
}

/** What every step works with. */
export interface Work {
  readonly settings: PromotionSettings;
  /** The sessions that hold the locks. Every change of who may write runs in one of these, so that a dead engine's change has landed or never will. */
  readonly sides: Readonly<Record<SideName, readonly Session[]>>;
  readonly route: Route;
  readonly journal: Journal;
  readonly progress: (progress: Progress) => void;
  /** Called between any two actions; tests end the process here. */
  readonly reach: (point: string) => void;
}

/** One change of sides: the first cutover is epoch 1, its rollback 2, and so on. */
export interface Switch {
  readonly epoch: number;
  readonly from: SideName;
  readonly to: SideName;
}

/** Who is open after a number of changes of sides. */
export function openAfter(epoch: number): SideName {
  return epoch % 2 === 0 ? 'source' : 'target';
}

export function switchTo(epoch: number): Switch {
  return { epoch, from: openAfter(epoch - 1), to: openAfter(epoch) };
}

/** The first session of a side: where its marker lies. */
export function head(work: Work, side: SideName): Session {
  const [first] = work.sides[side];
  if (first === undefined) throw new Error(`no server on the side ${side}`);
  return first;
}
