import { type ChildProcess, fork } from 'node:child_process';
import type { Phases } from '../../promotion/rehearse/phases';
import { packageFile } from '../../terraform/package-root';
import type { TierId } from '../../tiers/tier';
import { refusedThere } from './errors';
import type { Answered, Asked } from './phases-process';

/** Terraform's part of a rehearsal, on the stand-in. */
export interface RehearsedPhases extends Phases {
  /** What was done so far, in its order; after each a plain plan was empty. */
  readonly steps: readonly string[];
  readonly stop: () => void;
}

/**
 * Terraform's part in a process of its own: to synthesize holds a process up, and the apps of a rehearsal write in this one.
 * @throws `PROMOTION_REFUSED` for a pair that cannot be built; whatever Terraform says
 */
export async function rehearsedPhases(from: TierId, to: TierId, say: (line: string) => void): Promise<RehearsedPhases> {
  const child = fork(packageFile('dist', 'cli', 'promote', 'phases-process.js'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = (): void => void (child.connected && child.disconnect());
  const steps: string[] = [];
  const ask = async (asked: Asked): Promise<void> => {
    const told = await answerOf(child, asked);
    if ('failed' in told) throw refusedThere(told.failed);
    if (told.said === undefined) return;
    steps.push(told.said);
    say(`Terraform: ${told.said}`);
  };
  try {
    await ask({ from, to });
  } catch (error) {
    stop();
    throw error;
  }
  return { enter: (goal) => ask({ goal }), steps, stop };
}

function answerOf(child: ChildProcess, asked: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`the process of Terraform's part ended with ${code ?? 'a signal'}`));
    child.once('exit', gone);
    child.once('message', (told: Answered) => {
      child.off('exit', gone);
      resolve(told);
    });
    child.send(asked);
  });
}
