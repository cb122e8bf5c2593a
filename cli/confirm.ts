import type { TerraceError } from '../values/errors';
import { notConfirmed } from './errors';
import type { Io } from './io';

/**
 * Asks a person to type one exact answer.
 * @param nobody what to refuse with where no person can be asked
 */
export async function confirmed(io: Io, question: string, answer: string, nobody: () => TerraceError): Promise<void> {
  if (!io.terminal.input || !io.terminal.errors) throw nobody();
  if ((await io.ask(question)).trim() !== answer) throw notConfirmed();
}
