import type { Work } from './work';

/** Does one named act, before and after which a test may end the process. */
export type Act = <T>(name: string, act: () => Promise<T>) => Promise<T>;

export function acting(reach: (point: string) => void = () => undefined): Act {
  return async (name, act) => {
    reach(`${name}.before`);
    const result = await act();
    reach(`${name}.acted`);
    return result;
  };
}

/** An act of the engine: what is meant is written down before it, and what was done after it. */
export async function step<T>(work: Work, name: string, act: () => Promise<T>): Promise<T> {
  work.journal.note(name, 'intent');
  const began = performance.now();
  const result = await acting(work.reach)(name, act);
  const ms = Math.round(performance.now() - began);
  work.journal.note(name, 'done', { ms });
  work.progress({ step: name, what: 'done', ms });
  work.reach(`${name}.after`);
  return result;
}
