import type { Work } from './work';

/** Does one named act: what is meant is written down before it, what was done after it, and a test may end the process in between. */
export async function step<T>(work: Work, name: string, act: () => Promise<T>): Promise<T> {
  work.journal.note(name, 'intent');
  work.reach(`${name}.before`);
  const began = performance.now();
  const result = await act();
  work.reach(`${name}.acted`);
  const ms = Math.round(performance.now() - began);
  work.journal.note(name, 'done', { ms });
  work.progress({ step: name, what: 'done', ms });
  work.reach(`${name}.after`);
  return result;
}
