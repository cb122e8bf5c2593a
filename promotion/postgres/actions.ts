import { invariantBroken } from '../engine/errors';
import { head, type Switch, type Work } from '../engine/work';
import { nudge, notConfirmed, positions } from './arrival';
import { type Sequence, sequences, slot } from './catalog';
import { writeFact } from './facts';
import { expel, open, openRoles, shut } from './fence';
import { dropLink, enable, kick, linksTo, prepareLink } from './links';
import { type Session, literal, pause } from './session';
import { isSplit } from './shards';
import { noteTimeline } from './timeline';
import { converging, differing, type Twins } from './verify';

/**
 * What a change of sides is made of. The engine calls these in order; a test takes one away to show that the suite notices.
 */
export interface Actions {
  /** No new session of the app on the side that is left. */
  readonly shut: (work: Work, change: Switch, roles: readonly string[]) => Promise<void>;
  /** No old one either. */
  readonly expel: (work: Work, change: Switch, roles: readonly string[]) => Promise<void>;
  /** Everything that was committed is on the other side. */
  readonly drain: (work: Work, change: Switch, end: number) => Promise<void>;
  /** No number is given twice. */
  readonly sequences: (work: Work, change: Switch) => Promise<void>;
  /** The way back, from this moment on. */
  readonly wayBack: (work: Work, change: Switch) => Promise<void>;
  /** The commit point. */
  readonly open: (work: Work, change: Switch, roles: readonly string[]) => Promise<void>;
  /** Tables that differ. */
  readonly compare: (work: Work, twins: Twins, snapshot: boolean) => Promise<readonly string[]>;
}

export const actions: Actions = {
  shut: async (work, { from }, roles) => {
    for (const session of work.sides[from]) await shut(session, roles);
  },
  expel: async (work, { from }, roles) => {
    for (const session of work.sides[from]) await expel(session, roles);
  },
  drain,
  sequences: copySequences,
  wayBack: async (work, { from }) => {
    for (const link of linksTo(work, from)) {
      await prepareLink(link, work.reach);
      await noteTimeline(link);
    }
  },
  open: openSide,
  compare: (work, twins, snapshot) => (snapshot ? differing(twins, isSplit(work)) : converging(twins, isSplit(work))),
};

/** Waits until the other side has confirmed everything up to a position that was read after the fence. */
async function drain(work: Work, { to }: Switch, end: number): Promise<void> {
  const links = linksTo(work, to);
  for (const link of links) await enable(link);
  const wanted = await positions(links);
  for (let round = 0; ; round += 1) {
    if (performance.now() > end) throw new Error('the other side has not confirmed everything yet');
    if ((await notConfirmed(links, wanted)).length === 0) return;
    await nudge(links);
    if (round > 0 && round % 1000 === 0) for (const link of links) await kick(link);
    await pause(2);
  }
}

/** The next number of every sequence is the one that the other side would give. Shards take turns, so that no two give the same. */
async function copySequences(work: Work, { from, to }: Switch): Promise<void> {
  const last = new Map<string, Sequence>();
  for (const session of work.sides[from])
    for (const each of await sequences(session)) last.set(each.name, further(each, last.get(each.name)));
  const receivers = work.sides[to];
  const turns = BigInt(work.sides.target.length);
  for (const [index, session] of receivers.entries()) {
    const statements = [...last.values()].map(({ name, value, given, step }) => {
      if (receivers.length === 1)
        return `${turns > 1n ? `alter sequence ${name} increment by ${step / turns};` : ''}select setval(${literal(name)}, ${value}, ${given});`;
      const next = given ? value + step : value;
      return `alter sequence ${name} increment by ${step * turns};select setval(${literal(name)}, ${next + step * BigInt(index)}, false);`;
    });
    if (statements.length > 0) await session.rows(statements.join(''));
  }
}

/** Of one sequence on two shards the one that has come further, in the direction in which it counts. */
function further(one: Sequence, other: Sequence | undefined): Sequence {
  if (other === undefined) return one;
  const ahead = one.step > 0n ? one.value > other.value : one.value < other.value;
  return ahead || (one.value === other.value && one.given) ? one : other;
}

/** The commit point lies on the first server; with several, the others follow, and the next run opens them if this one cannot. */
async function openSide(work: Work, { from, to, epoch }: Switch, roles: readonly string[]): Promise<void> {
  for (const session of work.sides[from])
    if ((await openRoles(session, roles)).length > 0) throw invariantBroken('the side that is left is open');
  for (const { publisher, name } of linksTo(work, from))
    if ((await slot(publisher, name)) === undefined) throw invariantBroken(`there is no way back: the slot ${name} is missing`);
  await open(head(work, to), roles, epoch);
}

/** What follows the commit point; all of it may run any number of times. */
export async function openRest(work: Work, { to, epoch }: Switch, roles: readonly string[]): Promise<void> {
  for (const session of work.sides[to]) if ((await openRoles(session, roles)).length < roles.length) await openOne(session, roles, epoch);
}

async function openOne(session: Session, roles: readonly string[], epoch: number): Promise<void> {
  await open(session, roles, epoch);
}

/** The old stream ends before the way back begins: changes would go round in a circle. */
export async function turnAround(work: Work, { from, to }: Switch): Promise<void> {
  for (const link of linksTo(work, to)) await dropLink(link);
  work.reach('reversing.dropped');
  for (const link of linksTo(work, from)) await enable(link);
}

export async function markVerified(work: Work, { epoch, to }: Switch): Promise<void> {
  await writeFact(head(work, to), 'verified', String(epoch));
}
