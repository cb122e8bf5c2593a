import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A Markdown file of the project, by its path in it. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const skipped = new Set(['node_modules', 'dist', 'cdktf.out']);

/** Every Markdown file of the project. */
export function pages(): readonly Page[] {
  return markdownIn(root).map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : markdownIn(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });
}

/** Texts in fenced blocks and in code spans: what a reader types. */
export function codeIn(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body);
  const spans = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, body = '']) => body);
  return [...fenced.flatMap((body) => body.split('\n')), ...spans];
}

/** GitHub's anchors of a page's headings. */
export function anchorsIn(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
