import type { Command } from 'commander';
import type { Io } from './io';
import type { OpenProject } from './project';

/** What the commands run on; tests give their own. */
export interface Means {
  readonly open: OpenProject;
}

/** Carries a command out. Resolves to what to exit with. */
export type Run = (means: Means, io: Io) => Promise<number>;

/** Takes what the command line asks for; it runs when the whole line was read. */
export type Choose = (action: Run) => void;

/** Adds a command, and what chooses it, to a program. */
export type Add = (program: Command, choose: Choose) => void;

/** Options that every command takes. */
export interface Common {
  readonly environment?: string;
  readonly json?: boolean;
}

/** Begins a command that knows the environment and prints JSON on demand. */
export function sub(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option('-e, --environment <name>', 'environment: a name in environments/, or a file (default: TERRACE_ENVIRONMENT, else production)')
    .option('--json', 'print one JSON document and nothing else');
}
