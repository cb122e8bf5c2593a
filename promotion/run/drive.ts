import { stageOf } from '../../stacks/transition';
import { contentsDiffer, invariantBroken } from '../engine/errors';
import { EXIT } from '../engine/exit';
import { move } from '../movers/move';
import type { Goal } from '../next-phase';
import type { Mover } from '../types';
import { decide, type Facts, type Intent, type Step } from './decide';
import { refused } from './errors';

/** What is written down and built of an environment now. */
export interface Place {
  readonly environment: string;
  readonly tier: Facts['tier'];
  readonly platform: Facts['platform'];
  readonly promotion: Facts['promotion'];
  readonly resizes: boolean;
  readonly layered: boolean;
}

/** Everything that a promotion touches. Tests give their own. */
export interface Ports {
  /** Reads the environment file anew. */
  readonly read: () => Promise<Place>;
  /** Whether the file stands where deploys read it; undefined where that is the file itself. */
  readonly stands: () => Promise<{ readonly stands: boolean; readonly where: string } | undefined>;
  /** Whether a plain plan of what the file says is empty. */
  readonly isDeployed: () => Promise<boolean>;
  /** Plans, asks the gate, applies, and plans again. @throws `PROMOTION_STOPPED`, `PROMOTION_NOT_SETTLED` */
  readonly deploy: () => Promise<void>;
  /** Writes a phase, or the end, into the environment file, and shows the difference. */
  readonly write: (goal: Goal) => Promise<void>;
  /** Whether somebody has asked that nothing is cut over before the next run. */
  readonly isPaused: () => Promise<boolean>;
  /** What moves the data, by what the state holds now. */
  readonly movers: () => Promise<readonly Mover[]>;
  /** Tells what is done now, of what. */
  readonly say: (of: string, what: string) => void;
}

/** How a run ended. */
export interface Ended {
  readonly code: number;
  readonly step: Extract<Step, { readonly do: 'wait' | 'end' }>;
  readonly place: Place;
  /** Where deploys read the file. */
  readonly where: string | undefined;
}

/** What this run has done in the present phase; all of it can be done again. */
interface Done {
  deployed: boolean | undefined;
  copied: boolean;
  cleaned: boolean;
}

/**
 * Goes on from wherever a promotion stands, as far as it may. Killed at any point and started again, it goes on: what has been done is read
 * from the environment file, the state and the databases.
 * @throws TerraceError with what a person has to do
 */
export async function drive(intent: Intent, ports: Ports): Promise<Ended> {
  let [done, asked, last] = [nothing(), intent, ''];
  for (;;) {
    const place = await ports.read();
    const standing = await ports.stands();
    const movers = needsMovers(place) ? await ports.movers() : [];
    const moves = await Promise.all(movers.map(async (mover) => ({ ...(await mover.standing()), id: mover.id })));
    const paused = asked.kind === 'promote' && cutsOver(place) && (await ports.isPaused());
    const step = decide({ ...place, ...done, stands: standing?.stands, moves, paused }, asked);
    const now = JSON.stringify([step, place.promotion, done, moves.map(({ id, open, state, verified }) => [id, open, state, verified])]);
    if (now === last) throw invariantBroken(`"${step.do}" was done, and everything stands where it stood`);
    last = now;
    if (step.do === 'refuse') throw refused(step.why, place);
    if (step.do === 'wait' || step.do === 'end')
      return { code: step.do === 'wait' ? EXIT.waiting : EXIT.done, step, place, where: standing?.where };
    await perform(step, ports, movers, done);
    // Said once, done once: where somebody paused the change of sides meanwhile, it has to be said again.
    if (step.do === 'cutOver' && asked.kind === 'promote') asked = { ...asked, go: false };
    if (step.do !== 'write') continue;
    done = { ...nothing(), deployed: sameConfiguration(place, step.goal) ? done.deployed : undefined };
  }
}

function nothing(): Done {
  return { deployed: undefined, copied: false, cleaned: false };
}

/** Phases that share a configuration are the same to the byte, so that what was empty stays so. */
function sameConfiguration({ promotion }: Place, goal: Goal): boolean {
  return promotion !== undefined && goal !== 'done' && stageOf[promotion.phase] === stageOf[goal];
}

/** Before `migrate` there is nothing to move to. */
function needsMovers({ promotion }: Place): boolean {
  return promotion !== undefined && promotion.phase !== 'expand';
}

/** Phases in which a run may change sides. */
function cutsOver({ promotion }: Place): boolean {
  return promotion?.phase === 'verify' || promotion?.phase === 'cutover';
}

type Work = Exclude<Step, { readonly do: 'refuse' | 'wait' | 'end' }>;

async function perform(step: Work, ports: Ports, movers: readonly Mover[], done: Done): Promise<void> {
  if (step.do === 'write') return ports.write(step.goal);
  if (step.do === 'look') return void (done.deployed = await ports.isDeployed());
  if (step.do === 'deploy') {
    await ports.deploy();
    return void (done.deployed = true);
  }
  for (const mover of step.do === 'reverse' ? movers.toReversed() : movers)
    await acts[step.do](mover, (what) => ports.say(mover.id, what), ports.isPaused);
  if (step.do === 'copy') done.copied = true;
  if (step.do === 'cleanUp') done.cleaned = true;
}

type Act = (mover: Mover, tell: (what: string) => void, isPaused: Ports['isPaused']) => Promise<unknown>;

const acts: Readonly<Record<'copy' | 'cutOver' | 'settle' | 'reverse' | 'cleanUp', Act>> = {
  copy: (mover, tell) => move(mover, { open: 'target', untilReady: true }, tell),
  cutOver: (mover, tell, isPaused) => move(mover, { open: 'target' }, tell, isPaused),
  settle: async (mover) => {
    await mover.cutOver();
    const found = await mover.verify();
    if (found.length > 0) throw contentsDiffer(found);
  },
  reverse: (mover, tell) => move(mover, { open: 'source' }, tell),
  cleanUp: (mover) => mover.cleanUp(),
};
