import { exitCodeOf } from '../../../../promotion/engine/exit';

/** What an engine is asked for: everything up to the fence, and the one side or the other. */
export const ready = { open: 'target', untilReady: true } as const;
export const cutOver = { open: 'target' } as const;
export const back = { open: 'source' } as const;

/** How an engine refused: its code, its exit, and all that it said. */
export async function refused(work: Promise<unknown>): Promise<{ code: string; exit: number; text: string }> {
  try {
    await work;
  } catch (error) {
    const { code, message, problems = [] } = error as { code: string; message: string; problems?: { message: string }[] };
    return { code, exit: exitCodeOf(error), text: [message, ...problems.map((problem) => problem.message)].join('\n') };
  }
  throw new Error('it was not refused');
}
