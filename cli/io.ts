import { createInterface } from 'node:readline/promises';
import type { Variables } from '../terraform';

/** Everything a command touches outside itself. */
export interface Io {
  readonly env: Variables;
  readonly cwd: string;
  /** To standard output: the answer. */
  readonly out: (text: string) => void;
  /** To standard error: progress, warnings, errors. */
  readonly err: (text: string) => void;
  /** Whether a person sits at each end. */
  readonly terminal: { readonly input: boolean; readonly output: boolean; readonly errors: boolean };
  /** Width of the terminal on standard error, in columns. */
  readonly columns: () => number;
  /** Asks on standard error and waits for a line; empty when the input ended. */
  readonly ask: (question: string) => Promise<string>;
}

/** This process. */
export function processIo(): Io {
  return {
    env: process.env,
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: { input: process.stdin.isTTY, output: process.stdout.isTTY, errors: process.stderr.isTTY },
    columns: () => process.stderr.columns || 80,
    ask,
  };
}

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((done) => reader.once('close', () => done('')));
  try {
    return await Promise.race([reader.question(question), ended]);
  } finally {
    reader.close();
  }
}
