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

/** An error as a person gets it: one of ours, or what the operating system refused; undefined for a fault in Terrace. */
export function forPerson(error: unknown): TerraceError | undefined {
  if (error instanceof TerraceError) return error;
  return isSystemError(error) ? refusedBySystem(error) : undefined;
}

/** An error of the operating system that names the file. */
export interface SystemError {
  readonly code: string;
  readonly syscall: string;
  readonly path: string;
}

function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    ['code', 'syscall', 'path'].every((key) => typeof (error as unknown as Record<string, unknown>)[key] === 'string')
  );
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  ENOENT: 'it is not there, or is a link to nothing',
  EEXIST: 'something else is there, perhaps a link to nothing',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
};

/** A file or folder that the system does not let us read or write, which nobody can foresee and only the user can mend. */
export function refusedBySystem({ code, syscall, path }: SystemError): TerraceError {
  return new TerraceError(
    'SYSTEM_REFUSED',
    `The system refused to ${syscall} ${path}: ${systemReasons[code] ?? 'it says no more than the code'} (${code}). Make that possible, or work in another folder, and run this again.`,
  );
}

/** What an error says; one of a socket is not always of this realm, and anything may be thrown. */
export function messageOf(error: unknown): string {
  return String((error as { readonly message?: unknown } | null)?.message ?? error);
}
