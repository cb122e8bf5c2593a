import type { SideName } from '../engine/settings';
import type { Goal } from '../next-phase';

/** Terraform's part of a promotion, as far as a rehearsal needs it. */
export interface Phases {
  /** Writes the phase into the environment file and applies what it says, behind the gate. @throws TerraceError when the gate stops it, or a plan after it is not empty */
  readonly enter: (goal: Goal) => Promise<void>;
}

/** What is entered before the copy begins. */
const BEFORE: readonly Goal[] = ['expand', 'migrate'];

/** What is entered around a change of sides: writes change sides first and addresses follow, and on the way back they do so too. */
const around: Readonly<Record<SideName, { readonly before: readonly Goal[]; readonly after: readonly Goal[] }>> = {
  target: { before: ['verify'], after: ['cutover', 'soak'] },
  source: { before: [], after: ['migrate'] },
};

/** What is entered when the new side has proven itself. */
const END: readonly Goal[] = ['contract', 'done'];

/** The goals of a rehearsal in its turns; none where Terraform has no part in it. */
export function turnsOf(phases: Phases | undefined) {
  const all = async (goals: readonly Goal[]): Promise<void> => {
    for (const goal of goals) await phases?.enter(goal);
  };
  return {
    begin: () => all(BEFORE),
    before: (open: SideName) => all(around[open].before),
    after: (open: SideName) => all(around[open].after),
    end: () => all(END),
  };
}
