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
  return `{\n${Object.entries(members).map(([key, member]) => `  ${keyLiteral(key)}: ${literal(member)},\n`).join('')}}`;
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function objectLiteral(value: { readonly [key: string]: Plain }): string {
  const members = Object.entries(value).map(([key, member]) => `${keyLiteral(key)}: ${literal(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function keyLiteral(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
