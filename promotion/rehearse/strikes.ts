import { statSync } from 'node:fs';
import { readJournal } from '../journal/journal';
import { pause } from '../postgres/session';
import type { EngineRun } from './engine-process';
import { type Killed, moved, type PlannedKill, striking, type Victim } from './kills';
import type { Server } from './servers';
import type { Stretch } from './silence';

/** Milliseconds between two looks at the journal. */
const EVERY = 2;

/** Who is killed, and what is told of it. */
interface Prey {
  readonly journal: string;
  readonly source: Server;
  readonly targets: readonly Server[];
  readonly say: (line: string) => void;
}

/** Carries planned kills out while engines run. */
export interface Strikes {
  /** Strikes with what is planned for a phase, one after the other, until the engine has ended. */
  readonly during: (engine: EngineRun, phase: number) => Promise<void>;
  /** Those that met somebody while an engine was at work. */
  readonly killed: () => Killed;
  /** The times in which a killed server was away. */
  readonly outages: readonly Stretch[];
}

export function strikesOf(planned: readonly PlannedKill[], prey: Prey): Strikes {
  const killed: Record<Victim, number> = { engine: 0, source: 0, target: 0 };
  const outages: Stretch[] = [];
  let left = planned;
  const strike = async ({ victim, away, which }: PlannedKill, engine: EngineRun): Promise<void> => {
    if (victim === 'engine') {
      engine.kill();
      if ((await engine.ended).code === null) tell(victim);
      return;
    }
    const server = victim === 'source' ? prey.source : (prey.targets[Math.floor(which * prey.targets.length)] as Server);
    tell(victim);
    const from = performance.now();
    await server.kill();
    await pause(away);
    await server.start();
    outages.push({ from, to: performance.now() });
  };
  const tell = (victim: Victim): void => {
    killed[victim] += 1;
    prey.say(`kill ${killed.engine + killed.source + killed.target}: ${victim}`);
  };
  const during = async (engine: EngineRun, phase: number): Promise<void> => {
    left = moved(left, phase);
    for (let kill = left[0]; kill?.phase === phase; kill = left[0]) {
      if (!(await begun(prey.journal, striking(kill), engine))) return;
      await pause(kill.after);
      if (engine.over()) return;
      left = left.slice(1);
      await strike(kill, engine);
    }
  };
  return { during, killed: () => killed, outages };
}

/** Waits until an engine begins one of some steps. @returns false where it ended before that */
async function begun(journal: string, steps: ReadonlySet<string>, engine: EngineRun): Promise<boolean> {
  const seen = readJournal(journal).at(-1)?.seq ?? 0;
  for (let size = -1; !engine.over(); await pause(EVERY)) {
    const now = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
    if (now === size) continue;
    size = now;
    if (readJournal(journal).some(({ seq, step, phase }) => seq > seen && phase === 'intent' && steps.has(step))) return true;
  }
  return false;
}
