/** One piece of a template: literal text, or the code between `${` and its `}`. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'code'; readonly code: string };

/** The start of an interpolation or of a directive. */
const opening = /[$%]\{/g;

/** Takes a text of Terraform's JSON syntax apart. `$${` and `%%{` are the two escapes and stand for `${` and `%{`. */
export function templateParts(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = 0;
  let literal = '';
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const escaped = match.index > rest && text[match.index - 1] === match[0][0];
    literal += text.slice(rest, escaped ? match.index - 1 : match.index);
    rest = escaped ? match.index : endOfCode(text, match.index + 2);
    if (escaped) literal += match[0];
    else {
      if (literal !== '') parts.push({ kind: 'text', text: literal });
      literal = '';
      parts.push({ kind: 'code', code: text.slice(match.index + 2, rest - 1) });
    }
    if (escaped) rest = match.index + 2;
    opening.lastIndex = rest;
  }
  literal += text.slice(rest);
  return literal === '' && parts.length > 0 ? parts : [...parts, { kind: 'text', text: literal }];
}

/** Index after the `}` that ends the code starting here; braces in quotes and nested braces do not count. */
function endOfCode(text: string, from: number): number {
  return endOf(text, from, '}');
}

/** Index after the quote that ends the literal starting here; a template inside may hold quotes of its own. */
function endOfQuote(text: string, from: number): number {
  const end = endOf(text, from, '"');
  return Math.min(end, text.length + 1);
}

/**
 * Index after what closes here: a brace of code or the quote of a literal, each of which may hold the other. Keeps what is open
 * in a list and not on the stack, because a text may nest them as deeply as it likes.
 */
function endOf(text: string, from: number, closing: '}' | '"'): number {
  const open: string[] = [closing];
  let at = from;
  while (at < text.length) {
    const inQuote = open.at(-1) === '"';
    const sign = text[at];
    if (sign === open.at(-1)) open.pop();
    else if (inQuote && (sign === '$' || sign === '%') && text[at + 1] === '{') {
      open.push('}');
      at += 1;
    } else if (inQuote && sign === '\\') at += 1;
    else if (!inQuote && sign === '"') open.push('"');
    else if (!inQuote && sign === '{') open.push('}');
    at += 1;
    if (open.length === 0) return at;
  }
  return text.length + 1;
}

/** A reference in code: `digitalocean_droplet.app[0].id` has type, name, key and path. */
export interface Traversal {
  readonly head: string;
  readonly name: string;
  /** Instance key as it stands in an address: `[0]` or `["eu"]`; absent for all instances. */
  readonly key?: string;
  /** What follows, such as `['id']`; empty for the whole. */
  readonly path: readonly string[];
  readonly text: string;
}

const traversalPattern = /(?<![\w.\]"-])([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)((?:\[[^\][]*\]|\.[\w*-]+)*)/g;

/** Every reference in a piece of code. Words in quotes are no references, templates in quotes are. */
export function traversals(code: string): readonly Traversal[] {
  const bare = withoutLiterals(code);
  return Array.from(bare.matchAll(traversalPattern), (match) => traversal(match));
}

function traversal(match: RegExpMatchArray): Traversal {
  const [text, head = '', name = '', tail = ''] = match;
  const key = /^\[(?:\d+|"[^"]*")\]/.exec(tail)?.[0];
  const path = tail
    .slice(key?.length ?? 0)
    .split(/[.[\]]/)
    .filter((step) => step !== '' && step !== '*');
  return { head, name, path, text, ...(key === undefined ? {} : { key }) };
}

/** Templates within templates are looked into this deeply; nobody writes more, and each level costs the length of the text. */
const deepest = 30;

/** Blanks quoted words, keeps instance keys, and brings templates in quotes to the surface. */
function withoutLiterals(code: string, depth = 0): string {
  if (!code.includes('"')) return code;
  let bare = '';
  let at = 0;
  while (at < code.length) {
    if (code[at] !== '"') {
      bare += code[at];
      at += 1;
      continue;
    }
    const end = endOfQuote(code, at + 1);
    bare += quoted(code.slice(at, end), bare.endsWith('['), depth);
    at = end;
  }
  return bare;
}

function quoted(literal: string, isKey: boolean, depth: number): string {
  const inner = literal.slice(1, -1);
  const code = depth === deepest ? [] : templateParts(inner).filter((part) => part.kind === 'code');
  if (code.length > 0) return ` ${code.map((part) => withoutLiterals(part.code, depth + 1)).join(' ')} `;
  return isKey ? literal : ' ';
}

/** The code of every interpolation in a text. */
export function codesIn(text: string): readonly string[] {
  return templateParts(text).flatMap((part) => (part.kind === 'code' ? [part.code] : []));
}
