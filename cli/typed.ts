/** A command as a person has to type it to mean the environment that is at hand. */
export type Typed = (
  command: 'deploy' | 'diff' | 'destroy' | 'acknowledge',
  /** What comes behind it: a tier, options. */
  words: string,
) => string;

/** What the everyday commands are called for the stand-in, so that nobody is led from there to what is real. */
export const inSandbox: Readonly<Record<string, string>> = { deploy: 'sandbox apply', diff: 'sandbox plan', destroy: 'sandbox destroy' };

/**
 * @param reference how the environment was named; where it was not, the next command finds it in the same way
 * @param names of commands that are called otherwise there
 */
export function typedFor(reference: string | undefined, names: Readonly<Record<string, string>> = {}): Typed {
  return (command, words) => `terrace ${names[command] ?? command} ${words}${reference === undefined ? '' : ` -e ${quoted(reference)}`}`;
}

/** A word as a shell takes it for one. */
export function quoted(word: string): string {
  return /^[\w./:@,=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
