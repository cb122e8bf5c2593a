/** One thing that is wrong in an input, with the place where it stands. */
export interface Problem {
  /** Stable name of the kind of problem, for scripts. */
  readonly code: string;
  /** What was wrong, what was given, what is allowed. One or two sentences. */
  readonly message: string;
  /** Where: `file:line:column`, a construct path or a resource address. */
  readonly where?: string;
}

/**
 * An error meant for a person: its text is enough to act on, so it is printed without a stack trace.
 * Made by the named functions in each room's `errors.ts`, never by `new` elsewhere.
 */
export class TerraceError extends Error {
  override readonly name = 'TerraceError';

  constructor(
    /** Stable name of the error, for scripts and documentation. */
    readonly code: string,
    message: string,
    /** Everything that was found wrong; empty when the message says it all. */
    readonly problems: readonly Problem[] = [],
    /** What a command exits with: 2 for bad input, 1 for everything else. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** Renders an error as a person reads it: the message, then one line for each problem. */
export function renderError(error: TerraceError): string {
  return [error.message, ...error.problems.map(renderProblem)].join('\n');
}

function renderProblem(problem: Problem): string {
  return problem.where === undefined ? `  ${problem.message}` : `  ${problem.where}  ${problem.message}`;
}
