import type { Io } from './io';

/** Colours, or nothing at all. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

const plain = (text: string): string => text;

/** Text as it is. */
export const PLAIN: Style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain };

const COLOURED: Style = { bold: sgr(1), dim: sgr(2), red: sgr(31), yellow: sgr(33), green: sgr(32) };

/** Colours for a stream: only on a terminal, and never where NO_COLOR is set (no-color.org). */
export function styleFor(io: Io, stream: 'output' | 'errors'): Style {
  const refused = (io.env['NO_COLOR'] ?? '') !== '' || io.env['TERM'] === 'dumb';
  return io.terminal[stream] && !refused ? COLOURED : PLAIN;
}

function sgr(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}
