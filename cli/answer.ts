import type { Io } from './io';
import { styleFor } from './style';

/** Warnings belong beside the answer, not into it. */
export function renderWarnings(warnings: readonly string[], io: Io): void {
  const { yellow } = styleFor(io, 'errors');
  for (const warning of warnings) io.err(`${yellow('warning:')} ${warning}\n`);
}

/** The one document of `--json`. */
export function printJson(document: unknown, io: Io): void {
  io.out(`${JSON.stringify(document, null, 2)}\n`);
}
