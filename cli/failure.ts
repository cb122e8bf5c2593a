import { messageOf, forPerson, renderError, type TerraceError } from '../values/errors';
import type { Io } from './io';
import { styleFor } from './style';

/** What `--json` prints when a command fails. */
export interface FailureDocument {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly problems: readonly { readonly code: string; readonly message: string; readonly where?: string }[];
  };
}

/**
 * Reports what went wrong and says what to exit with. An error meant for a person is printed as it is; anything else is
 * a fault of ours, which is one line and how to report it, with the stack trace under TERRACE_DEBUG=1.
 */
export function reportFailure(error: unknown, io: Io, json: boolean): number {
  const known = forPerson(error);
  const message = known === undefined ? unexpected(error, io) : renderError(known);
  io.err(`${styleFor(io, 'errors').red('Error:')} ${message}\n`);
  if (json) io.out(`${JSON.stringify(document(known, message), null, 2)}\n`);
  return known?.exitCode ?? 1;
}

function unexpected(error: unknown, io: Io): string {
  const what = messageOf(error);
  const stack = io.env['TERRACE_DEBUG'] === '1' && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `something unexpected happened, which is a fault in Terrace: ${what.split('\n', 1).join('')}\nPlease report it with the output of the same command under TERRACE_DEBUG=1.${stack}`;
}

function document(known: TerraceError | undefined, message: string): FailureDocument {
  return {
    error:
      known === undefined
        ? { code: 'UNEXPECTED', message, problems: [] }
        : { code: known.code, message: known.message, problems: known.problems },
  };
}
