/** A value that can be written as a TypeScript literal. */
export type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/** A value as TypeScript on one line, in the project's style: single quotes, bare keys where possible. */
export function literal(value: Plain): string {
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return objectLiteral(value);
  return String(value);
}

/** A list as TypeScript with one element per line, so that a changed fact is one changed line. */
export function listLiteral(rows: readonly Plain[]): string {
  return `[\n${rows.map((row) => `  ${literal(row)},\n`).join('')}]`;
}

/** A record as TypeScript with one member per line. */
export function keyedLiteral(members: { readonly [key: string]: Plain }): string {
  return `{\n${Object.entries(members)
    .map(([key, member]) => `  ${keyLiteral(key)}: ${literal(member)},\n`)
    .join('')}}`;
}

/**
 * Any value as TypeScript, broken into lines where it is too wide for one.
 * @param indent spaces before the lines that follow the first
 */
export function layout(value: Plain, indent = 0, width = 150): string {
  const inline = literal(value);
  if (typeof value !== 'object' || value === null || inline.length + indent <= width) return inline;
  const inner = ' '.repeat(indent + 2);
  const [open, close] = isList(value) ? '[]' : '{}';
  return `${open}\n${entries(value, indent + 2, width)
    .map((entry) => `${inner}${entry},\n`)
    .join('')}${' '.repeat(indent)}${close}`;
}

function entries(value: readonly Plain[] | { readonly [key: string]: Plain }, indent: number, width: number): readonly string[] {
  if (isList(value)) return value.map((item) => layout(item, indent, width));
  return Object.entries(value).map(([key, member]) => `${keyLiteral(key)}: ${layout(member, indent, width)}`);
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function objectLiteral(value: { readonly [key: string]: Plain }): string {
  const members = Object.entries(value).map(([key, member]) => `${keyLiteral(key)}: ${literal(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function keyLiteral(key: string): string {
  // Bare or quoted, this one would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
