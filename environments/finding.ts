import { looksPrivate } from './grammar/secret';

/** Steps from the top of the file to a value: names of fields and places in lists. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with an environment, before its place in the file is known. */
export interface Finding {
  /** Stable name of the kind of problem. */
  readonly code: string;
  readonly message: string;
  readonly path: Path;
  /** Whether the field's name is to blame or what it holds. */
  readonly target: 'key' | 'value';
}

/** A path as a person writes it: `app.settings.LOG_LEVEL`, `access.allowedCidrs[1]`. */
export function dotted(path: Path): string {
  return path.map(step).join('').replace(/^\./, '');
}

function step(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[A-Za-z0-9_-]+$/.test(part) ? `.${part}` : `[${quote(part)}]`;
}

/** What was given, short and on one line. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'number' && !Number.isFinite(value) ? 'no finite number' : JSON.stringify(value);
}

/** A text in quotes, cut when it is long. Private keys are not repeated: what is printed ends in logs. */
export function quote(text: string): string {
  return looksPrivate(text) ? 'a private key' : `"${printable(text, 60)}"`;
}

/** A path or a message of somebody else on one line, cut when it is long. */
export function oneLine(text: string): string {
  return printable(text, 300).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
}

/** A text in which nothing can move the cursor or turn the writing direction, as JSON escapes it. */
function printable(text: string, longest: number): string {
  const short =
    text.length > longest
      ? `${Array.from(text.slice(0, longest + 1))
          .slice(0, -1)
          .join('')}...`
      : text;
  return JSON.stringify(short)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A finding about a value. */
export function finding(code: string, path: Path, message: string): Finding {
  return { code: `ENVIRONMENT_${code}`, path, message, target: 'value' };
}
