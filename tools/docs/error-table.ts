import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { markdownTable } from './regions';

interface NamedError {
  readonly code: string;
  readonly meaning: string;
  readonly exit: string;
  readonly file: string;
}

/** A problem is one of several that an error tells at once. */
const ofItsError = 'of its error';

/** Folders that hold no room of the house. */
const skipped = new Set(['node_modules', 'dist', 'cdktf.out', 'test', 'docs', 'bench']);

/** Every error that a person can meet, read from the `errors.ts` of each room. */
export function errorTable(): string {
  const errors = errorFiles(packageFile()).flatMap(errorsIn);
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  return markdownTable(
    ['code', 'when', 'exit code', 'where'],
    codes.map((code) => row(errors.filter((each) => each.code === code))),
  );
}

/** One code may have several causes. */
function row(errors: readonly NamedError[]): readonly string[] {
  const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
  const files = distinct(errors.map(({ file }) => `[${file}](../${file})`));
  return [
    `\`${errors[0]?.code ?? ''}\``,
    distinct(errors.map(({ meaning }) => meaning)).join(' Or: '),
    distinct(errors.map(({ exit }) => exit)).join(', '),
    files.join(', '),
  ];
}

function errorFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : errorFiles(join(folder, entry.name));
    return /^(?:.+-)?errors\.ts$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

/** One error is a comment, a function, and the error or the problem that the function makes: the form that every `errors.ts` has. */
function errorsIn(path: string): readonly NamedError[] {
  const text = readFileSync(path, 'utf8');
  const file = relative(packageFile(), path);
  return text.split(/^(?=\/\*\*)/m).flatMap((part) => {
    const meaning = /^\/\*\*([\s\S]*?)\*\//.exec(part)?.[1];
    const [, before, code] = /^export function [\s\S]*?(new TerraceError\(\s*|\bcode: )'([\w-]+)'/m.exec(part) ?? [];
    if (meaning === undefined || before === undefined || code === undefined) return [];
    return [{ code, meaning: prose(meaning), exit: before === 'code: ' ? ofItsError : exitCode(part), file }];
  });
}

function prose(comment: string): string {
  return comment
    .replace(/^\s*\*/gm, ' ')
    .replace(/@\w+[\s\S]*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function exitCode(code: string): string {
  return /,\s*2,?\s*\);/.test(code) ? '2' : '1';
}
