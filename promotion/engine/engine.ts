import { type Actions, actions as honest } from '../postgres/actions';
import { areGone, changeSides, finishChange, giveUp, type Run, verifyChange } from '../postgres/change';
import { epochOf, fact } from '../postgres/facts';
import { openRoles } from '../postgres/fence';
import { linksTo } from '../postgres/links';
import { preparation } from '../postgres/prepare';
import { appRoles } from '../postgres/roles';
import type { Twins } from '../postgres/verify';
import { TerraceError } from '../../values/errors';
import { contentsDiffer, contentsDifferStill } from './errors';
import { EXIT, exitCodeOf } from './exit';
import type { SideName } from './settings';
import { step } from './step';
import { head, openAfter, switchTo, type Work } from './work';

/** How far a run goes. */
export interface Goal {
  /** Which side shall be open at the end. */
  readonly open: SideName;
  /** Stop before the first change of sides, and wait for somebody to say go. @default false */
  readonly untilReady?: boolean;
}

export interface Outcome {
  readonly open: SideName;
  /** How many changes of sides have been committed in all. */
  readonly epoch: number;
  readonly waiting: boolean;
}

/**
 * Goes on from wherever the databases stand, to the goal. The same function starts, resumes, and goes back: what has been done is read from
 * the databases, never from the journal.
 */
export async function advance(work: Work, goal: Goal, actions: Actions = honest): Promise<Outcome> {
  const run: Run = (name, act) => step(work, name, act);
  let epoch = await epochOf(work.sides);
  // Held back on the side that is open: a change to the other side had begun, before which all that belongs to the last one was finished.
  const changing = await isFenced(work, openAfter(epoch));
  if (epoch === 0 && !changing) await prepare(work, run);
  if (epoch > 0 && !changing) await settle(work, epoch, run, actions);
  if (openAfter(epoch) === goal.open) {
    await letGo(work, epoch, run);
    if (epoch > 0 && changing) await settle(work, epoch, run, actions);
  }
  while (openAfter(epoch) !== goal.open) {
    if ((goal.untilReady === true || (goal.open === 'target' && (await isPaused(work)))) && !changing)
      return { open: openAfter(epoch), epoch, waiting: true };
    const change = switchTo(epoch + 1);
    const twins = await changeSides(work, change, actions, run);
    epoch = change.epoch;
    await settle(work, epoch, run, actions, twins);
  }
  return { open: openAfter(epoch), epoch, waiting: false };
}

/** Somebody has asked that nothing is cut over now. Writes may go back all the same: who says so says it after the pause. */
async function isPaused(work: Work): Promise<boolean> {
  return (await fact(head(work, 'source'), 'paused')) === 'yes';
}

async function isFenced(work: Work, side: SideName): Promise<boolean> {
  if ((await fact(head(work, 'source'), 'roles')) === undefined) return false;
  return (await openRoles(head(work, side), await appRoles(work))).length === 0;
}

async function prepare(work: Work, run: Run): Promise<void> {
  for (const each of preparation(work)) if (!(await each.done())) await run(each.name, () => each.act());
}

/** After a commit point: what follows it, and whether both sides hold the same. A difference leads back to the side that was open before. */
async function settle(work: Work, epoch: number, run: Run, actions: Actions, twins?: Twins): Promise<void> {
  const change = switchTo(epoch);
  await finishChange(work, change, run);
  const verified = (await fact(head(work, change.to), 'verified')) === String(epoch);
  if (verified) return;
  const found = await run('verified', () => verifyChange(work, change, actions, twins));
  if (found.length === 0) return;
  work.journal.note('verified', 'error', { facts: { differ: found } });
  if (change.to !== 'target') throw contentsDiffer(found);
  const gone = await back(work, epoch, run, actions).catch((error: unknown) => stays(found, error));
  await finishChange(work, gone, run);
  throw contentsDiffer(found);
}

/** Where the way back is refused as well, that the sides differ must not be lost in what refuses it. */
function stays(found: readonly string[], error: unknown): never {
  throw error instanceof TerraceError && exitCodeOf(error) !== EXIT.again ? contentsDifferStill(found, error) : error;
}

async function back(work: Work, epoch: number, run: Run, actions: Actions): Promise<ReturnType<typeof switchTo>> {
  const change = switchTo(epoch + 1);
  await changeSides(work, change, actions, run);
  return change;
}

/** Writes that an earlier run has held back for a change that is no longer wanted are let go. */
async function letGo(work: Work, epoch: number, run: Run): Promise<void> {
  const [roles, change] = [await appRoles(work), switchTo(epoch + 1)];
  const open = await Promise.all(work.sides[change.from].map(async (session) => (await openRoles(session, roles)).length === roles.length));
  const led = work.settings.route.kind === 'none' ? change.from : await work.route.points();
  // A run that died while it let them go has left what was made for the way back: its slot would keep changes that nobody reads.
  if (!open.every(Boolean) || led !== change.from || !(await areGone(linksTo(work, change.from))))
    await run('given-up', () => giveUp(work, change, roles));
}
